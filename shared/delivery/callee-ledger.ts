import type { CalleeLimits, CallWindow } from '../channels/channel.ts'
import { DAY_MS, HOUR_MS } from '../contracts/milliseconds.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from '../store/io.ts'
import { calleeKey } from '../store/keys.ts'
import { putOwn, writersOf, writtenBy } from '../store/own-write.ts'
import { held, stateIn } from '../store/shape.ts'
import type { Row } from '../store/table.ts'

/** What one number was called by one vendor: every call that was asked for, also those that failed. Oldest first. */
export interface CalleeLedger {
  calls: Instant[]
  /** When the vendor was asked last, be it that it refused for now. */
  askedAt: Instant
}
/** The version, and form, in which a number's calls are kept. */
export const calleeLedgerShape: Shape<CalleeLedger> = { current: 1 }

/** A request may be on its way for so long, ms: the vendor's windows may begin, and take a call in, as much later than ours. */
const MARGIN_MS = 5_000

/** `afterMs`: the earliest that the number may be called again. */
export interface Forbidden {
  window: CallWindow
  afterMs: number
}

/** What forbids a call now; undefined: nothing. The windows are any stretch of their length, so stricter than those from a first call. */
export function forbidden(
  ledger: CalleeLedger | undefined,
  windows: CallWindow[],
  gapMs: number,
  now: Instant,
): Forbidden | undefined {
  if (ledger === undefined) return undefined
  const gap = { window: { calls: 1, ms: gapMs }, afterMs: ledger.askedAt + gapMs - now }
  const full = windows.flatMap((window): Forbidden[] => {
    const oldest = ledger.calls.at(-window.calls)
    const began = window.fromHour === undefined ? oldest : lastHour(window.fromHour, now)
    if (oldest === undefined || began === undefined || oldest + MARGIN_MS < began) return []
    return [{ window, afterMs: began + window.ms + MARGIN_MS - now }]
  })
  return [gap, ...full].filter(({ afterMs }) => afterMs > 0).sort((a, b) => b.afterMs - a.afterMs)[0]
}

/** China has one time, without summer time. */
const CHINA_MS = 8 * HOUR_MS

/** When this hour of China's time was last. */
function lastHour(hour: number, now: Instant): Instant {
  return now - ((now + CHINA_MS - hour * HOUR_MS) % DAY_MS)
}

/**
 * Enters a call of this token to a number, which is to be asked for at once after it; gives what forbids it, and then nothing is entered.
 * Whoever enters at the same moment is seen: a number never gets two of the calls that it may get one of. What was entered although the
 * answer to that was lost forbids nothing to itself. `keptMs`: it is remembered for so long at least, whatever the windows.
 */
export async function enterCall(
  { callee, token, keptMs = 0 }: { callee: string; token: string; keptMs?: number },
  windows: CallWindow[],
  { gapMs }: Pick<CalleeLimits, 'gapMs'>,
  io: Pick<StoreIo, 'incidents' | 'now'>,
): Promise<Forbidden | undefined> {
  const longest = Math.max(gapMs, keptMs, ...windows.map(({ ms }) => ms + MARGIN_MS))
  let row = await io.incidents.get(calleeKey(callee))
  for (;;) {
    const ledger = stateIn(row, calleeLedgerShape, io.incidents)
    const now = io.now()
    const why = forbidden(ledger, windows, gapMs, now)
    if (why !== undefined) return why
    const calls = [...(ledger?.calls ?? []).filter((at) => now - at < longest), now]
    // The same call is entered again after its vendor has put it off.
    const writers = writtenBy(`${token}@${now}`, writersOf(row))
    const before = row?.version ?? 0
    const loss = await putOwn(rowOf(callee, { calls, askedAt: now }, longest, before), writers, before, io.incidents)
    if (loss === undefined) return undefined
    row = loss.row
  }
}

/** Takes the last call back: the vendor refused it for now and has placed none. Asking again at once stays forbidden. */
export async function takeBack(callee: string, io: Pick<StoreIo, 'incidents' | 'now'>): Promise<void> {
  const row = await io.incidents.get(calleeKey(callee))
  const ledger = stateIn(row, calleeLedgerShape, io.incidents)
  if (ledger === undefined || ledger.calls.at(-1) !== ledger.askedAt) return
  // Whoever has written meanwhile has entered a call of their own: then one too many is counted.
  const longest = (row?.expiresAt ?? 0) * 1000 - ledger.askedAt
  const before = row?.version ?? 0
  await io.incidents.putIfVersion(
    rowOf(callee, { ...ledger, calls: ledger.calls.slice(0, -1) }, longest, before),
    before,
  )
}

function rowOf(callee: string, ledger: CalleeLedger, keptMs: number, before: number): Row & { version: number } {
  const expiresAt = Math.ceil((ledger.askedAt + keptMs) / 1000)
  return { ...calleeKey(callee), version: before + 1, ...held(ledger, calleeLedgerShape), expiresAt }
}
