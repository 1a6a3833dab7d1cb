import type { LogEntry } from '../contracts/log-entry.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import { inboundMemoryKey, inboundSeenKey } from './keys.ts'
import { held, statesIn } from './shape.ts'
import type { Table } from './table.ts'

/** What is kept of a request for later ones is kept so long: a cluster that runs longer is told without its beginning. */
const KEPT_MS = 90 * 86_400_000

/** So often at most it is written down that a format was heard of. */
const SEEN_EVERY_MS = 60_000

/** Where it is kept, and what says what can't be read there. */
interface Io {
  checks: Pick<Table, 'name' | 'put' | 'query'>
  now(): Instant
  log(entry: LogEntry): void
}

/** A text that is kept under a name, about one thing of a project. */
interface Kept {
  text: string
}
/** The version, and form, of what a format keeps of others' requests. */
export const keptShape: Shape<Kept> = { current: 1 }

/** When a format was last heard of for a project, and how many alerts it brought then. */
export interface Seen {
  at: Instant
  alerts: number
}
/** The version, and form, in which when a format was last heard of is kept. */
export const seenShape: Shape<Seen> = { current: 1 }

/** Keeps a text about a thing under a name, and gives all that is kept of this thing, by names. Rejects if the table does. */
export async function rememberInbound(
  thing: { format: string; project: string; of: string },
  { name, text }: { name: string; text: string },
  io: Io,
): Promise<Record<string, string>> {
  const key = inboundMemoryKey(thing, name)
  const row = { ...key, ...held({ text }, keptShape), expiresAt: expiry(io.now()) }
  const [rows] = await Promise.all([io.checks.query(key.pk, ''), io.checks.put([row])])
  const known = statesIn(rows, keptShape, io.checks, io.log).map(({ row: { sk }, state }) => [sk, state.text])
  return Object.fromEntries([...known, [name, text]])
}

/** Writes down that a format was heard of for a project, once a minute of each. Rejects if the table does. */
export function seenRecorder(): (heard: { format: string; project: string; alerts: number }, io: Io) => Promise<void> {
  const written = new Map<string, Instant>()
  return async ({ format, project, alerts }, io) => {
    const now = io.now()
    const name = `${project}#${format}`
    if (now - (written.get(name) ?? Number.NEGATIVE_INFINITY) < SEEN_EVERY_MS) return
    written.set(name, now)
    await io.checks.put([
      { ...inboundSeenKey(project, format), ...held({ at: now, alerts }, seenShape), expiresAt: expiry(now) },
    ])
  }
}

/** When each format was last heard of for a project, by its name. */
export async function readSeen(project: string, io: Pick<Io, 'checks' | 'log'>): Promise<Record<string, Seen>> {
  const rows = await io.checks.query(inboundSeenKey(project, '').pk, '')
  return Object.fromEntries(statesIn(rows, seenShape, io.checks, io.log).map(({ row: { sk }, state }) => [sk, state]))
}

function expiry(now: Instant): number {
  return Math.floor((now + KEPT_MS) / 1000)
}
