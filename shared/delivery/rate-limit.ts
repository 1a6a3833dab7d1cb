import type { Limits } from '../channels/channel.ts'
import type { StoreIo } from '../store/io.ts'
import { rateLimitKey } from '../store/keys.ts'

/** Our own patience, and what is left of it at least after a vendor's lock-out. */
const KEEP_TRYING_MS = 15 * 60_000
const AFTER_LOCK_OUT_MS = 5 * 60_000

/** A counter per window, in the table that all instances share. Gives how long to wait, ms; 0 is now. */
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

/** A refused message is tried again for so long after it was decided, ms: longer than its vendor may lock us out. */
export function keepTryingMs({ lockOutMs = 0 }: Pick<Limits, 'lockOutMs'>): number {
  return Math.max(KEEP_TRYING_MS, lockOutMs + AFTER_LOCK_OUT_MS)
}
