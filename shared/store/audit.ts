import { createHash } from 'node:crypto'
import { DAY_MS } from '../contracts/milliseconds.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { auditKey } from './keys.ts'
import { held, statesIn } from './shape.ts'

/** An auditor asks for the last year, and a bit. */
const KEPT_MS = 400 * 86_400_000

/** What one deed has changed is kept in so many lines of so many characters. */
const MOST_CHANGES = 100
const CHANGE_CHARACTERS = 300

/** By which door somebody asked for a change. What is done by phone or by text stands in incidents' timelines. */
export type Door = 'console' | 'api' | 'link' | 'cli'

/** That somebody asked for a change, and what was answered. */
export interface AuditEntry {
  at: Instant
  /** Their contact, or as their way to sign in knows them; a program by the beginning of its token's digest. */
  who: string
  name?: string
  via: Door
  /** The address that they asked from; of a command, the user and machine where it ran, and whom AWS took it for. */
  from: string
  /** What they asked for, such as `acknowledge`; what a room does not name is by its method. */
  action: string
  /** What it was about. */
  path: string
  /** What became of it, as HTTP has it. Absent: it had begun, and whoever did it has not said more: it may have been done. */
  status?: number
  /** What was changed, a line each, where that is more than `path` says. No address is in it but masked. */
  changes?: string[]
}
/** The version, and form, in which it is kept. */
export const auditShape: Shape<AuditEntry> = { current: 1 }

type Begun = Omit<AuditEntry, 'status'>

/**
 * Keeps that something begins, before it is done: whoever dies after that has left it. Resolves with what says how it ended; where that can't
 * be kept, it stays as begun, and the log has the rest. Rejects when the table does, unless what is done `tells` of itself, by the same
 * write as its change: that neither fails by an audit nor waits for it.
 */
export async function beginAudit(
  begun: Begun,
  { incidents, token, log }: Pick<StoreIo, 'incidents' | 'log'> & { token(): string },
  { tells = false }: { tells?: boolean } = {},
): Promise<(ended: Partial<Begun> & { status: number }) => Promise<void>> {
  const name = token()
  const keep = (entry: AuditEntry) => incidents.put([rowOf(entry, name)])
  const logged = (entry: AuditEntry) => (error: unknown) =>
    log({ level: 'error', event: 'audit not kept', error: String(error), entry: { ...entry } })
  const kept = keep(begun).catch((error: unknown) => {
    logged(begun)(error)
    if (!tells) throw error
  })
  if (!tells) await kept
  return async (ended) => {
    // Or the beginning, if it is written late, would stand in place of the end.
    await kept
    // The same moment as before: it is one entry.
    const entry = { ...begun, ...ended, at: begun.at }
    await keep(entry).catch(logged(entry))
  }
}

/**
 * Keeps an entry of a command that says it twice, as begun and with what became of it: that is one entry, however often either is said.
 * Rejects when the table does.
 */
export async function putDeed(entry: AuditEntry, { incidents }: { incidents: Pick<StoreIo['incidents'], 'put'> }) {
  const { at: _, status: __, changes = [], ...same } = entry
  const name = createHash('sha256').update(JSON.stringify(same)).digest('base64url').slice(0, NAME_CHARACTERS)
  const kept = changes.slice(0, MOST_CHANGES).map((line) => line.slice(0, CHANGE_CHARACTERS))
  const more = changes.length > MOST_CHANGES ? [`+${changes.length - MOST_CHANGES}`] : []
  await incidents.put([rowOf({ ...entry, ...(changes.length > 0 && { changes: [...kept, ...more] }) }, name)])
}

/** 132 bits: no two deeds of a moment share a name. */
const NAME_CHARACTERS = 22

function rowOf(entry: AuditEntry, name: string) {
  const expiresAt = Math.floor((entry.at + KEPT_MS) / 1000)
  return { ...auditKey(entry.at, name), ...held(entry, auditShape), expiresAt }
}

/**
 * What was asked for from the beginning of a day, of UTC, until its end or before: the newest first, `limit` at most. Rejects when the table
 * does.
 */
export async function readAudit(
  day: Instant,
  limit: number,
  { incidents, log }: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<AuditEntry[]> {
  const { pk, sk: from } = auditKey(day, '')
  const { sk: until } = auditKey(day + DAY_MS, '')
  const rows = await incidents.newest(pk, from, until, limit)
  return statesIn(rows, auditShape, incidents, log).map(({ state }) => state)
}
