import type { Shape } from './versions.ts'
import type { Instant } from './words.ts'

/** What a transition decides. The same state object means that nothing changes and nothing is written. */
export interface Decision<S, F, Reason extends string = string> {
  state: S | undefined
  outbox: F[]
  /** Why, for logs and tests: one of the machine's codes, such as `stale step`. */
  reason: Reason
}

export type Transition<S, E, F> = (state: S | undefined, event: E, now: Instant) => Decision<S, F>

/** `first`: before all others of the same decision. `last`: after all others, since nobody waits for it. Others side by side. */
export type Order = 'first' | 'beside' | 'last'

/** Who carries out effects: `anybody` who decides them, or only the function that has a `gateway` to vendors. */
export type Carrier = 'anybody' | 'gateway' | 'peers'

/** What holds for all effects of one type. `decidedAt` is when an effect was decided, UTC ms. */
export interface EffectRule<F, S> {
  order: Order | ((effect: F, decidedAt: Instant) => Order)
  carriedBy: Carrier
  /**
   * The rows to keep, of an effect that only puts something on record, idempotent and urgent to nobody: it waits in the outbox of `item`
   * until something else of that is carried out, and is then written together with other records, by `ApplyIo.record`.
   */
  record?(item: never, entry: Entry<F>): object[]
  /** It brings about an event which makes it spent: no write of its own clears it once it is delivered. */
  clearsItself?(effect: F, decidedAt: Instant): boolean
  /** It has no use in this state any more: it is dropped with the next write. */
  isSpent?(effect: F, state: S): boolean
}

/** A state machine of the path, as the mechanism keeps it in a table. What becomes of its effects stands in `shared/engine/effects`. */
export interface Machine<S, E, F> {
  /** Of the state and of its effects: both are kept in one item. */
  shape: Shape<S>
  transition: Transition<S, E, F>
  /** When somebody has to look at this state even if no event comes, UTC ms. */
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
export type Delivered<E> =
  | { status: 'done'; events?: E[] }
  | { status: 'later'; afterMs: number; uncertain?: boolean; events?: E[] }
