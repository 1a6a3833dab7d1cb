import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { DAY_MS } from '../../contracts/milliseconds.ts'
import { isActive, type Silence } from '../../incidents/pause/silence.ts'
import { whenDown } from '../../incidents/pause/when-down.ts'
import type { MaintainedAt } from '../../store/history.ts'
import type { StoreIo } from '../../store/io.ts'
import { recently } from '../../store/recently.ts'
import { readSilences } from '../../store/silences.ts'
import type { Table } from '../../store/table.ts'

/** Each report asks for it: one that somebody has just made begins so much late in the history, ms. */
const FRESH_MS = 30_000

/** Of what is over longer than this no report comes any more but one that was held up for a day. */
const OVER_MS = DAY_MS

type Io = Pick<StoreIo, 'incidents' | 'log' | 'now'>

/** By table. */
const readers = new WeakMap<Table, (key: string) => Promise<Silence[]>>()

/**
 * Says over which checks maintenance lies at a time: that of the configuration, and what somebody has planned. What reads windows is loaded
 * where there are any. Where the table does not tell, that of the configuration counts.
 */
export async function maintainedOf(
  { checks, maintenance = {} }: Pick<CompiledConfig, 'checks' | 'maintenance'>,
  io: Io,
): Promise<MaintainedAt> {
  const planned = (await lately(io)).filter((one) => one.maintenance && one.endsAt > io.now() - OVER_MS)
  if (Object.keys(maintenance).length + planned.length === 0) return () => new Set()
  const [{ activeWindows }, { compileMatchers }, { isSilencedBy }] = await Promise.all([
    import('../../incidents/pause/windows.ts'),
    import('../../incidents/pause/matcher.ts'),
    import('../../incidents/pause/silenced.ts'),
  ])
  return (at) => {
    const active = planned.filter((one) => isActive(one, at))
    const matches = activeWindows(maintenance, at).map(({ match }) => compileMatchers(match))
    if (matches.length + active.length === 0) return new Set()
    const isMaintained = (down: ReturnType<typeof whenDown>) =>
      matches.some((isFor) => isFor(down)) || active.some((one) => isSilencedBy(one, down))
    return new Set(checks.filter((check) => isMaintained(whenDown(check))).map(({ id }) => id))
  }
}

async function lately(io: Io): Promise<Silence[]> {
  const read = readers.get(io.incidents) ?? recently(() => readSilences(io), FRESH_MS, io.now)
  readers.set(io.incidents, read)
  return read('').catch((error: unknown) => {
    io.log({ level: 'warn', event: 'planned work unknown', error: String(error) })
    return []
  })
}
