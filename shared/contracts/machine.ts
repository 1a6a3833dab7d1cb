import type { Instant } from './words.ts'

/** What a transition decides. The same state object means that nothing changes and nothing is written. */
export interface Decision<S, F> {
  state: S | undefined
  outbox: F[]
  /** Why, in a few words, for logs and tests: `stale step`, `layer ended: unanswered`. */
  reason: string
}

export type Transition<S, E, F> = (state: S | undefined, event: E, now: Instant) => Decision<S, F>

/** A state machine of the path, as the mechanism keeps it in a table. */
export interface Machine<S, E, F> {
  transition: Transition<S, E, F>
  /** Effects that are carried out before all others of the same decision. */
  first?(effect: F): boolean
  /** Effects that are carried out after all others: nobody waits for them, `decidedAt` being when they were decided. Records are, too. */
  last?(effect: F, decidedAt: Instant): boolean
  /**
   * Effects that only put something on record, idempotent and urgent to nobody: they wait in the outbox until something else of
   * the item is carried out, and are then delivered together, by `ActIo.record`.
   */
  isRecord?(effect: F): boolean
  /** Effects that bring about an event which makes them spent: no write of its own clears them once they are delivered. */
  clearsItself?(effect: F, decidedAt: Instant): boolean
  /** Whether an effect has no use in this state any more: it is dropped with the next write. */
  isSpent?(effect: F, state: S): boolean
  /** When somebody has to look at this state even if no event comes. */
  dueAt?(state: S): Instant | undefined
  /** Where lists show the item. */
  listed?(state: S): { listed: string; openedAt: Instant } | undefined
  /** When the item may be forgotten, epoch seconds. */
  expiresAt?(state: S): number | undefined
}

/** An effect that was decided and written, and is to be carried out. */
export interface Entry<F> {
  /** `version.index`: unique in the item's life. */
  id: string
  effect: F
  decidedAt: Instant
  /** While this is in the future somebody is delivering the entry; once it has passed, they have crashed. 0: nobody took it. */
  leaseUntil: Instant
  /** Not to be tried before. */
  notBefore: Instant
  /** How often it was put off. */
  tries: number
  /** How often a try ended without a known result: a crash in the middle, or a lost answer. */
  uncertain: number
}

/** What became of a try to deliver an effect. `uncertain`: it may have taken effect, the answer was lost. */
export type Delivered<E> = { status: 'done'; events?: E[] } | { status: 'later'; afterMs: number; uncertain?: boolean }
