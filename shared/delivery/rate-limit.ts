import type { Limits } from '../channels/channel.ts'
import type { StoreIo } from '../store/io.ts'
import { rateLimitKey } from '../store/keys.ts'

/** Our own patience, and what is left of it at least after a vendor's lock-out. */
const KEEP_TRYING_MS = 15 * 60_000
const AFTER_LOCK_OUT_MS = 5 * 60_000

/**
 * Takes one of the `limit` places that the present window of `windowMs` has for `what`, by a counter that all instances share.
 * Resolves to 0 if it got one, else to the time until the next window, ms.
 */
export async function waitForRateLimit(what: string, limit: number, windowMs: number, io: StoreIo): Promise<number> {
  const now = io.now()
  const window = Math.floor(now / windowMs)
  const expiresAt = expiryOf(window, windowMs)
  const count = await io.incidents.count(rateLimitKey(what, window), { limit, expiresAt })
  return count === undefined ? (window + 1) * windowMs - now : 0
}

/** When a window's counter may be forgotten, epoch seconds. */
export function expiryOf(window: number, windowMs: number): number {
  return Math.ceil(((window + 2) * windowMs) / 1000) + 60
}

/** For how long after its decision a message that is refused for now is tried again, ms: longer than its vendor may lock us out. */
export function keepTryingMs({ lockOutMs = 0 }: Pick<Limits, 'lockOutMs'>): number {
  return Math.max(KEEP_TRYING_MS, lockOutMs + AFTER_LOCK_OUT_MS)
}
