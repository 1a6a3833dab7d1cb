import { asWritten } from '../../shared/contracts/words.ts'
import type { LogLine } from './backend.ts'
import { chosenFunction, type Session } from './session.ts'
import { say } from './words.ts'

const DEFAULT_START = '10m'

/** Between two looks with `--tail`, in milliseconds, unless `--interval` says otherwise. */
const INTERVAL_MS = 1000

/** How far back each further look goes, in milliseconds: lines become searchable some seconds after they are written. */
const LATENESS_MS = 60_000

/** `logs`: the lines since `--startTime`, and with `--tail` those to come, each once. `--tail` ends when the process does. */
export async function showLogs(session: Session): Promise<void> {
  const { backend, options, writers, io, fault } = session
  const { unit, definition } = chosenFunction(session)
  const interval = Number(options.interval ?? INTERVAL_MS)
  if (!(interval >= 100)) throw fault(say.interval(String(options.interval)))
  const { filter } = options
  const shown = new Map<string, number>()
  let from = startOf('--startTime', options.startTime ?? DEFAULT_START, io.now(), session)

  for (;;) {
    const to = io.now()
    const lines = await backend.logs(unit, definition.name, { from, to, ...(filter === undefined ? {} : { filter }) })
    for (const line of lines.filter(({ id }) => !shown.has(id))) {
      shown.set(line.id, line.at)
      writers.writeText(asWritten(textOf(line)))
    }
    if (!options.tail) return
    from = Math.max(from, to - LATENESS_MS)
    for (const [id, at] of shown) if (at < from) shown.delete(id)
    await io.wait(interval)
  }
}

/**
 * The value of an option: `10m`, `2h`, `1d`, `30s` back from `now`, or a time (`2026-11-21T08:00:00Z`; digits alone are
 * milliseconds). UTC, in milliseconds.
 */
export function startOf(option: string, text: string, now: number, { fault }: Pick<Session, 'fault'>): number {
  const back = /^(\d+)([smhd])$/.exec(text)
  if (back)
    return now - Number(back[1]) * { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[back[2] as 's' | 'm' | 'h' | 'd']
  const at = /^\d{10,}$/.test(text) ? Number(text) : Date.parse(text)
  if (Number.isNaN(at)) throw fault(say.noTime(option, text))
  return at
}

function textOf({ at, text }: LogLine): string {
  return `${new Date(at).toISOString()} ${text.trimEnd()}`
}
