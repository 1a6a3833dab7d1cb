import { type Took, withTook } from '../contracts/took.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import { CANARY_LATE_MS } from '../evaluation/path-state.ts'
import type { StoreIo } from './io.ts'
import { canaryKey } from './keys.ts'
import { held, stateIn } from './shape.ts'

/** What a region is, as those say that a canary has come through; other regions compare it with theirs. */
export interface Marks {
  /** Of the code that it runs. */
  version?: string
  /** Stands for the secret that it seals with, and does not tell it. */
  secret?: string
  /** How far its functions' clock is ahead of its queue's, ms. */
  aheadMs?: number
}

/** The last canary that has come through both queues. */
export interface Canary extends Marks {
  /** When the first queue took it. */
  at: Instant
  /** Since when none has been late. */
  since: Instant
  /** How long they have taken until `page` had them; absent of one that an older release has kept. */
  took?: Took
}
/** The version, and form, in which the last canary is kept. */
export const canaryShape: Shape<Canary> = { current: 1 }

/** Which queue of `evaluate` a canary began in. */
export type CanaryOf = 'events' | 'overflow'

/** Keeps a canary that has come through; one that was overtaken changes nothing. */
export async function keepCanary(
  at: Instant,
  { incidents, now }: Pick<StoreIo, 'incidents' | 'now'>,
  of: CanaryOf = 'events',
  marks: Marks = {},
): Promise<void> {
  const last = await canaryIn({ incidents }, of)
  if (last !== undefined && last.at >= at) return
  const since = last === undefined || at - last.at > CANARY_LATE_MS ? at : last.since
  // Clocks of two machines differ by a little.
  const took = withTook(last?.took ?? {}, Math.max(0, now() - at))
  await incidents.put([{ ...canaryKey(of), ...held({ ...marks, at, since, took }, canaryShape) }])
}

/** The last canary that has come through; undefined before the first. Rejects when the table does. */
export async function canaryIn(
  { incidents }: Pick<StoreIo, 'incidents'>,
  of: CanaryOf = 'events',
): Promise<Canary | undefined> {
  return stateIn(await incidents.get(canaryKey(of)), canaryShape, incidents)
}

/** Whether what comes to a region's queues is worked on, and for how long without a gap, ms. */
export interface Health {
  isWell: boolean
  wellForMs: number
}

/** The health of a region by its last canary. */
export function healthBy(last: Canary | undefined, now: Instant): Health {
  const isWell = last !== undefined && now - last.at <= CANARY_LATE_MS
  return { isWell, wellForMs: isWell ? Math.max(0, now - last.since) : 0 }
}

/** The same of the region that this table is of. Rejects when the table does. */
export async function healthIn({ incidents, now }: Pick<StoreIo, 'incidents' | 'now'>): Promise<Health> {
  return healthBy(await canaryIn({ incidents }), now())
}
