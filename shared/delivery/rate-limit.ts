import type { StoreIo } from '../store/io.ts'
import type { RowKey } from '../store/table.ts'

/** A counter per window, in the table that all instances share. Gives how long to wait, ms; 0 is now. */
export async function waitForRateLimit(what: string, limit: number, windowMs: number, io: StoreIo): Promise<number> {
  const now = io.now()
  const window = Math.floor(now / windowMs)
  const expiresAt = expiryOf(window, windowMs)
  const turn = await io.incidents.count(counterKey(what, window), { limit, expiresAt })
  return turn === undefined ? (window + 1) * windowMs - now : 0
}

function counterKey(what: string, window: number): RowKey {
  return { pk: `rate#${what}`, sk: String(window) }
}

/** Epoch seconds. */
function expiryOf(window: number, windowMs: number): number {
  return Math.ceil(((window + 2) * windowMs) / 1000) + 60
}

/** The turns for posts of a robot are counted by half minutes. */
const POSTS_WINDOW_MS = 30_000

/** A table writes 25 items in one request (DynamoDB, BatchWriteItem): no vendor's own pause is longer than ten minutes. */
const PAUSED_WINDOWS = 25

/**
 * A turn at a vendor that counts the posts of any sixty seconds, and may hear nothing for ten minutes after one too many
 * (DingTalk, 130101): a minute touches three of our windows, so each has a third of its posts.
 */
export function waitForPost(what: string, perMinute: number, io: StoreIo): Promise<number> {
  return waitForRateLimit(what, postsInWindow(perMinute), POSTS_WINDOW_MS, io)
}

/**
 * Nobody posts to a robot for `pauseMs`: all turns until then count as taken, so that every instance finds it paused where it asks
 * for its turn anyway.
 */
export async function pausePosts(what: string, perMinute: number, pauseMs: number, io: StoreIo): Promise<void> {
  const first = Math.floor(io.now() / POSTS_WINDOW_MS)
  const last = Math.ceil((io.now() + pauseMs) / POSTS_WINDOW_MS) - 1
  const windows = Array.from({ length: Math.min(last - first + 1, PAUSED_WINDOWS) }, (_, index) => first + index)
  await io.incidents.put(
    windows.map((window) => ({
      ...counterKey(what, window),
      count: postsInWindow(perMinute),
      expiresAt: expiryOf(window, POSTS_WINDOW_MS),
    })),
  )
}

function postsInWindow(perMinute: number): number {
  return Math.max(1, Math.floor(perMinute / 3))
}
