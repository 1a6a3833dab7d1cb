import { DAY_MS } from '../contracts/milliseconds.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { auditKey } from './keys.ts'
import { held, statesIn } from './shape.ts'

/** An auditor asks for the last year, and a bit. */
const KEPT_MS = 400 * 86_400_000

/** By which door somebody asked for a change. What is done by phone, by text or on the command line stands in incidents' timelines. */
export type Door = 'console' | 'api' | 'link'

/** That somebody asked for a change, and what was answered. */
export interface AuditEntry {
  at: Instant
  /** Their contact, or as their way to sign in knows them; a program by the beginning of its token's digest. */
  who: string
  name?: string
  via: Door
  /** The address that they asked from. */
  from: string
  /** What they asked for, such as `acknowledge`; what a room does not name is by its method. */
  action: string
  /** What it was about. */
  path: string
  /** As HTTP has it. */
  status: number
}
/** The version, and form, in which it is kept. */
export const auditShape: Shape<AuditEntry> = { current: 1 }

/** Keeps an entry. What somebody has done stands whether or not this does: that it does not is logged. */
export async function keepAudit(
  entry: AuditEntry,
  { incidents, token, log }: Pick<StoreIo, 'incidents' | 'log'> & { token(): string },
): Promise<void> {
  const row = { ...auditKey(entry.at, token()), ...held(entry, auditShape) }
  const expiresAt = Math.floor((entry.at + KEPT_MS) / 1000)
  await incidents.put([{ ...row, expiresAt }]).catch((error: unknown) => {
    log({ level: 'error', event: 'audit not kept', error: String(error), entry: { ...entry } })
  })
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
