import { createHash } from 'node:crypto'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { endedSessionsKey } from './keys.ts'
import { held, statesIn } from './shape.ts'

/** Longer than any session lasts, ms: what is over by itself need not be known. */
const KEPT_MS = 2 * 86_400_000

/** The version, and form, in which it is kept. */
export const endedSessionsShape: Shape<{ at: Instant }> = { current: 1 }

/** Ends every session of somebody that was begun until now; `who` is any name that roles are given to, or their provider's id. */
export async function endSessions(who: string, { incidents, now }: Pick<StoreIo, 'incidents' | 'now'>): Promise<void> {
  const at = now()
  const expiresAt = Math.floor((at + KEPT_MS) / 1000)
  await incidents.put([{ ...keyOf(who), ...held({ at }, endedSessionsShape), expiresAt }])
}

/** When sessions of somebody were last ended, by any of their names; undefined: never. Rejects when the table does. */
export async function sessionsEndedAt(
  names: string[],
  { incidents, log }: Pick<StoreIo, 'incidents' | 'log'>,
): Promise<Instant | undefined> {
  const rows = await incidents.getMany([...new Set(names)].map(keyOf))
  const times = statesIn(rows, endedSessionsShape, incidents, log).map(({ state }) => state.at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** An address is nothing that a key should tell. */
function keyOf(who: string) {
  return endedSessionsKey(createHash('sha256').update(who).digest('hex'))
}
