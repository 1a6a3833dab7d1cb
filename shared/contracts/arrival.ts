import type { Instant } from './words.ts'

/** When a message came to us, and what its sender says of that. */
export interface Arrival {
  /** When our queue took it, UTC ms: the same however often it is brought, forwarded or driven again. */
  takenAt: Instant
  /** Its place among what came in one message, from 0. */
  position?: number
  /** Who sent it; absent, or `unknown`: nobody knows. */
  source?: string
  /** When, by the sender's clock, UTC ms. */
  at?: Instant | undefined
}

/** A standard queue lets messages overtake each other by so much. */
const OVERTAKING_MS = 5_000

/**
 * Below 0 when `one` came before `other`, 0 when they are one message or came at once. Our queue's clock decides: a sender's may be
 * wrong, or may tell when the trouble began. It sorts only what one sender sent within seconds by one clock that runs as ours does.
 */
export function inOrder(one: Arrival, other: Arrival): number {
  const queued = one.takenAt - other.takenAt
  const sent = sentApart(one, other)
  if (sent !== undefined && Math.abs(queued) <= OVERTAKING_MS && Math.abs(sent) <= OVERTAKING_MS) return sent
  return queued === 0 ? (one.position ?? 0) - (other.position ?? 0) : queued
}

/** How much later one sender sent `one` than `other`, by its own clock, ms; undefined when nothing can be said. */
function sentApart(one: Arrival, other: Arrival): number | undefined {
  const isOneSender = one.source !== undefined && one.source === other.source && one.source !== 'unknown'
  if (!isOneSender || one.at === undefined || other.at === undefined || one.at === other.at) return undefined
  return one.at - other.at
}
