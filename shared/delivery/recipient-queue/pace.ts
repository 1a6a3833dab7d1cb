import type { Limits } from '../../channels/channel.ts'

/** How fast a recipient may be sent messages. */
export type Pace = {
  /** Messages in one window. */
  posts: number
  /** Windows are counted from the epoch, ms. */
  windowMs: number
  /** Messages in a day of Beijing; absent: no limit of the vendor's. */
  perDay?: number
}

/** A robot's messages are counted by half minutes. */
const ROBOT_WINDOW_MS = 30_000

/**
 * A person gets two texts in a minute: one of the trouble, and one of what became of it or of the next trouble. What else comes
 * meanwhile joins the next text, as it would join a call.
 */
const CONVERSATION: Pace = { posts: 2, windowMs: 60_000 }

/**
 * The pace of a vendor that counts the posts of any sixty seconds, and may hear nothing for ten minutes after one too many
 * (DingTalk, 130101): a minute touches three of our windows, so each has a third of its posts. Where the vendor counts what one person
 * gets in a day, a storm is to take as little of that as it can. Undefined: nothing ever waits.
 */
export function paceOf({ perMinute, perDay }: Pick<Limits, 'perMinute' | 'perDay'>): Pace | undefined {
  if (perMinute !== undefined) return { posts: Math.max(1, Math.floor(perMinute / 3)), windowMs: ROBOT_WINDOW_MS }
  return perDay === undefined ? undefined : { ...CONVERSATION, perDay }
}
