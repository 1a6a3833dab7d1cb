import { createHash } from 'node:crypto'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { endedSessionsKey } from './keys.ts'
import { held, stateIn, statesIn } from './shape.ts'

/** Longer than any session lasts, ms: what is over by itself need not be known. */
export const ENDED_KEPT_MS = 2 * 86_400_000

/** The version, and form, in which it is kept. */
export const endedSessionsShape: Shape<{ at: Instant }> = { current: 1 }

/** That sessions were ended: whose, as a digest, and until when they had begun. */
export interface EndedSessions {
  who: string
  at: Instant
}

/** Others may end the same at the same moment. */
const ATTEMPTS = 5

/** Ends every session of somebody that was begun until now; `who` is any name that roles are given to, or their provider's id. */
export async function endSessions(who: string, { incidents, now }: Pick<StoreIo, 'incidents' | 'now'>): Promise<void> {
  await keepEnded({ who: digestOf(who), at: now() }, { incidents })
}

/** Keeps that sessions were ended, unless later ones of the same person were. Rejects if others always come first. */
export async function keepEnded({ who, at }: EndedSessions, { incidents }: Pick<StoreIo, 'incidents'>): Promise<void> {
  const key = endedSessionsKey(who)
  const expiresAt = Math.floor((at + ENDED_KEPT_MS) / 1000)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await incidents.get(key)
    if ((stateIn(row, endedSessionsShape, incidents)?.at ?? Number.NEGATIVE_INFINITY) >= at) return
    const version = row?.version ?? 0
    const next = { ...key, ...held({ at }, endedSessionsShape), version: version + 1, expiresAt }
    if (await incidents.putIfVersion(next, version)) return
  }
  throw new Error('Others always ended these sessions first')
}

/** Whose sessions were ended in the last days. One that cannot be read is left out, and the log says so. */
export async function readEnded({ incidents, log }: Pick<StoreIo, 'incidents' | 'log'>): Promise<EndedSessions[]> {
  const { pk, sk: prefix } = endedSessionsKey('')
  const rows = await incidents.query(pk, prefix)
  return statesIn(rows, endedSessionsShape, incidents, log).map(({ row, state: { at } }) => ({
    who: row.sk.slice(prefix.length),
    at,
  }))
}

/** When sessions of somebody were last ended, by any of their names; undefined: never. Rejects when the table does. */
export async function sessionsEndedAt(
  names: string[],
  { incidents, log }: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<Instant | undefined> {
  const rows = await incidents.getMany([...new Set(names)].map((name) => endedSessionsKey(digestOf(name))))
  const times = statesIn(rows, endedSessionsShape, incidents, log).map(({ state }) => state.at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** An address is nothing that a key should tell. */
function digestOf(who: string): string {
  return createHash('sha256').update(who).digest('hex')
}
