import type { StoreIo } from '../store/io.ts'

/** A counter per window, in the table that all instances share. Gives how long to wait, ms; 0 is now. */
export async function waitForRateLimit(what: string, limit: number, windowMs: number, io: StoreIo): Promise<number> {
  const now = io.now()
  const window = Math.floor(now / windowMs)
  const expiresAt = Math.ceil(((window + 2) * windowMs) / 1000) + 60
  const turn = await io.incidents.count({ pk: `rate#${what}`, sk: String(window) }, { limit, expiresAt })
  return turn === undefined ? (window + 1) * windowMs - now : 0
}

/** The turns for posts of a robot are counted by half minutes. */
const POSTS_WINDOW_MS = 30_000

/**
 * A turn at a vendor that counts the posts of any sixty seconds, and may hear nothing for ten minutes after one too many
 * (DingTalk, 130101): a minute touches three of our windows, so each has a third of its posts.
 */
export function waitForPost(what: string, perMinute: number, io: StoreIo): Promise<number> {
  return waitForRateLimit(what, Math.max(1, Math.floor(perMinute / 3)), POSTS_WINDOW_MS, io)
}
