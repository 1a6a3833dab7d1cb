import { MINUTE_MS } from '../contracts/milliseconds.ts'
import type { Instant } from '../contracts/words.ts'
import { columnsOf, deflated, inflated, rowsOf } from '../evaluation/columns.ts'
import { type DayOfCheck, joined, type Maintained } from '../evaluation/history.ts'
import type { Row } from './table.ts'

/** 8 bytes of key, 8 with a bit for each minute of the hour, and two numbers of 4. */
const BYTES = 24

const MINUTES = 60

/**
 * What maintenance lay over in the hour, or day, that began at `start`, as an attribute of its item: none where there was none, and the
 * release before does without it. Of an hour it is known by the minute.
 */
export function maintainedColumn(checks: DayOfCheck[], start: Instant): Pick<Row, 'maintained'> {
  const rows = checks.flatMap(({ key, maintained }) => {
    if (maintained === undefined) return []
    const bytes = Buffer.alloc(BYTES)
    bytes.writeBigUInt64BE(BigInt(key), 0)
    bytes.writeBigUInt64BE('spells' in maintained ? minutesOf(maintained as Maintained, start) : 0n, 8)
    bytes.writeUInt32BE(Math.round(maintained.upMs), 16)
    bytes.writeUInt32BE(Math.round(maintained.knownMs), 20)
    return [bytes]
  })
  return rows.length === 0 ? {} : { maintained: deflated(columnsOf(Buffer.concat(rows), BYTES)) }
}

/** What `maintainedColumn` has kept of each check, by its key. Throws for what it has not made. */
export function maintainedIn(packed: string, start: Instant): Map<number, Maintained> {
  const columns = inflated(packed)
  if (columns.length % BYTES !== 0) throw new RangeError(`it has no rows of ${BYTES} bytes`)
  const rows = rowsOf(columns, BYTES)
  const all = new Map<number, Maintained>()
  for (let at = 0; at < rows.length; at += BYTES)
    all.set(Number(rows.readBigUInt64BE(at)), {
      upMs: rows.readUInt32BE(at + 16),
      knownMs: rows.readUInt32BE(at + 20),
      spells: spellsOf(rows.readBigUInt64BE(at + 8), start),
    })
  return all
}

/** Each spell is at least a minute, and begins and ends at the nearest. */
function minutesOf({ spells }: Maintained, start: Instant): bigint {
  const minuteOf = (at: Instant) => Math.round((at - start) / MINUTE_MS)
  let bits = 0n
  for (const [from, until] of spells)
    for (let minute = minuteOf(from); minute < Math.max(minuteOf(from) + 1, minuteOf(until)); minute++)
      if (minute < MINUTES) bits |= 1n << BigInt(minute)
  return bits
}

function spellsOf(bits: bigint, start: Instant): [Instant, Instant][] {
  const minutes = Array.from({ length: MINUTES }, (_, minute) => minute).filter(
    (minute) => (bits >> BigInt(minute)) & 1n,
  )
  return joined(minutes.map((minute) => [start + minute * MINUTE_MS, start + (minute + 1) * MINUTE_MS]))
}
