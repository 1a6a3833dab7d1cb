import type { Instant } from '../contracts/words.ts'

/** How the group of an incident has grown. */
export interface Growth {
  /** How many of its alerts have joined, and how many people have heard of. */
  joined: number
  told: number
  /** When they heard. */
  at: Instant
  /** When they are to hear of the others. */
  dueAt?: Instant
}
