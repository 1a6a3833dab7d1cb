import type { Limits } from '../channels/channel.ts'
import type { StoreIo } from '../store/io.ts'
import { turnsKey } from '../store/keys.ts'

/** Our own patience, and what is left of it at least after a vendor's lock-out. */
const KEEP_TRYING_MS = 15 * 60_000
const AFTER_LOCK_OUT_MS = 5 * 60_000

/** A counter per window, in the table that all instances share. Gives how long to wait, ms; 0 is now. */
export async function waitForRateLimit(what: string, limit: number, windowMs: number, io: StoreIo): Promise<number> {
  const now = io.now()
  const window = Math.floor(now / windowMs)
  const expiresAt = expiryOf(window, windowMs)
  const count = await io.incidents.count(turnsKey(what, window), { limit, expiresAt })
  return count === undefined ? (window + 1) * windowMs - now : 0
}

/** Epoch seconds. */
function expiryOf(window: number, windowMs: number): number {
  return Math.ceil(((window + 2) * windowMs) / 1000) + 60
}

/** The posts of a robot are counted by half minutes. */
const POSTS_WINDOW_MS = 30_000

/** A table writes 25 items in one request (DynamoDB, BatchWriteItem): a longer pause is learnt of again by the next post. */
const PAUSED_WINDOWS = 25

/** `perMinute` counts a minute: a vendor that asks for so long a pause speaks of all posts of a robot, not of this one. */
const MINUTE_MS = 60_000

/**
 * Asks for one post to a vendor that counts those of any sixty seconds and may lock out whoever sends one too many: a minute touches
 * three of our windows, so each has a third of its posts. Gives how long to wait, ms; 0 is now.
 */
export function waitForPost(what: string, perMinute: number, io: StoreIo): Promise<number> {
  return waitForRateLimit(what, postsInWindow(perMinute), POSTS_WINDOW_MS, io)
}

/**
 * Nobody posts to a robot for `pauseMs`, if that is a pause of the robot and not of one message: the rate limit counts as used up
 * until then, so that every instance finds it so where it asks anyway.
 */
export async function pausePosts(what: string, perMinute: number, pauseMs: number, io: StoreIo): Promise<void> {
  if (pauseMs < MINUTE_MS) return
  const first = Math.floor(io.now() / POSTS_WINDOW_MS)
  const last = Math.ceil((io.now() + pauseMs) / POSTS_WINDOW_MS) - 1
  const windows = Array.from({ length: Math.min(last - first + 1, PAUSED_WINDOWS) }, (_, index) => first + index)
  await io.incidents.put(
    windows.map((window) => ({
      ...turnsKey(what, window),
      count: postsInWindow(perMinute),
      expiresAt: expiryOf(window, POSTS_WINDOW_MS),
    })),
  )
}

/** A refused message is tried again for so long after it was decided, ms: longer than its vendor may lock us out. */
export function keepTryingMs({ lockOutMs = 0 }: Pick<Limits, 'lockOutMs'>): number {
  return Math.max(KEEP_TRYING_MS, lockOutMs + AFTER_LOCK_OUT_MS)
}

function postsInWindow(perMinute: number): number {
  return Math.max(1, Math.floor(perMinute / 3))
}
