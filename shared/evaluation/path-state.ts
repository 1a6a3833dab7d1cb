import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'

/**
 * What may be wrong with the path itself. `path-late`: what the events queue takes does not come through to the table, or not in time. `…-age`:
 * what a queue holds is not worked off. `…-backlog`: what could be taken stays. `…-failing`: the same messages come again and again.
 * `…-dlq`: messages were given up.
 */
export const pathTroubles = [
  'path-late',
  'events-failing',
  'escalation-backlog',
  'escalation-failing',
  'overflow-age',
  'subscribers-age',
  'aws-events-age',
  'events-dlq',
  'escalation-dlq',
  'subscribers-dlq',
  'aws-events-dlq',
] as const
export type PathTrouble = (typeof pathTroubles)[number]

/** A canary sets out each minute: after so long without one, ms, what the events queue takes is not worked on. */
export const CANARY_LATE_MS = 150_000

/** Messages that could be taken, and those that somebody is at. Approximate, as SQS counts them. */
export interface Depth {
  waiting: number
  inFlight: number
}

/** The queues that watch looks at; those of subscribers and of AWS's own events only where there are any. */
export interface PathDepths {
  events: Depth
  overflow: Depth
  escalation: Depth
  subscribers?: Depth
  'aws-events'?: Depth
  'events-dlq': Depth
  'escalation-dlq': Depth
  'subscribers-dlq'?: Depth
  'aws-events-dlq'?: Depth
}

/** What watch sees of the path in a minute. */
export interface PathSample {
  depths: PathDepths
  /** When the events queue, and the overflow queue, took the last canary that has come through; absent before the first. */
  canaries: { events?: Instant; overflow?: Instant }
}

/** Minutes in which something was seen, none left out. */
export interface Series {
  from: Instant
  last: Instant
  times: number
}

/** It changes only while something is seen: a quiet minute writes nothing. */
export interface PathState {
  seen: Partial<Record<PathTrouble, Series>>
  /** What people have been told of and is not over: since when it is so, and when it was last seen. */
  told: Partial<Record<PathTrouble, { since: Instant; last: Instant }>>
}

/** The version, and form, in which it is kept. */
export const pathShape: Shape<PathState> = { current: 1 }

/** People are to hear that something is wrong, or is over; `depths` as they were then. */
export interface PathEffect {
  type: 'tell'
  trouble: PathTrouble
  isOver: boolean
  since: Instant
  depths: PathDepths
}
