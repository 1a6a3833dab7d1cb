import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import type { StoreIo } from '../../store/io.ts'
import { rateLimitKey } from '../../store/keys.ts'
import type { Row, RowKey } from '../../store/table.ts'
import { expiryOf, waitForRateLimit } from '../rate-limit.ts'
import type { Pace } from './pace.ts'

/** A good hour of half minutes, for which a table is written six times: a longer pause is learnt of again by the next message. */
const CLOSED_WINDOWS = 144

/** A vendor that asks for so long a pause speaks of all messages to a recipient, not of this one. */
const LONG_PAUSE_MS = MINUTE_MS

/** A counter that stands so high: its messages are reserved for the recipient's queue. */
const RESERVED = 1_000_000

/** Mainland vendors count the days of Beijing (UTC+8). */
const BEIJING_MS = 8 * HOUR_MS

/** So many of a day's messages are left for what goes on: nobody needs to act on an end. */
const KEPT_FOR_TROUBLE = 3

/**
 * Takes one of the `perDay` messages that a recipient may get today (in Beijing). False: none is left, or, for a message that only
 * tells of an end (`tellsOfEnd`), only the few that are kept for troubles.
 */
export async function takeOfDay(recipient: string, perDay: number, tellsOfEnd: boolean, io: StoreIo): Promise<boolean> {
  const day = dayOf(io)
  const limit = tellsOfEnd ? perDay - KEPT_FOR_TROUBLE : perDay
  const taken = await io.incidents.count(dayKey(recipient, day), { limit, expiresAt: expiryOf(day, DAY_MS) })
  return taken !== undefined
}

/** Gives one of today's messages back that the vendor has not taken. */
export async function giveBackOfDay(recipient: string, io: StoreIo): Promise<void> {
  const day = dayOf(io)
  await io.incidents.count(dayKey(recipient, day), { by: -1, expiresAt: expiryOf(day, DAY_MS) })
}

function dayOf({ now }: StoreIo): number {
  return Math.floor((now() + BEIJING_MS) / DAY_MS)
}

function dayKey(recipient: string, day: number): RowKey {
  return rateLimitKey(`${recipient}#day`, day)
}

/** The beginning of the first window that is at least `afterMs` from now. */
export function nextWindowAt({ windowMs }: Pace, now: Instant, afterMs = 0): Instant {
  return Math.ceil(Math.max(now + 1, now + afterMs) / windowMs) * windowMs
}

/** Whether two moments are in the same window. */
export function isSameWindow({ windowMs }: Pace, one: Instant, other: Instant): boolean {
  return Math.floor(one / windowMs) === Math.floor(other / windowMs)
}

/**
 * Reserves the window at a later time for a recipient's queue, and closes those until then: nobody posts around what waits.
 */
export async function reserveWindow(recipient: string, pace: Pace, at: Instant, io: StoreIo): Promise<void> {
  if (at <= io.now() || isSameWindow(pace, at, io.now())) return
  const reserved = row(recipient, pace, Math.floor(at / pace.windowMs), RESERVED)
  await io.incidents.put([...closedUntil(recipient, pace, at, io.now()), reserved])
}

/**
 * Closes the windows of the next `pauseMs` to everybody, if that is a pause of the recipient and not of one message: every instance
 * finds that out where it asks for the rate limit anyway.
 */
export async function closeWindows(recipient: string, pace: Pace, pauseMs: number, io: StoreIo): Promise<void> {
  if (pauseMs < LONG_PAUSE_MS) return
  await io.incidents.put(closedUntil(recipient, pace, nextWindowAt(pace, io.now(), pauseMs), io.now()))
}

/**
 * Takes how many messages a recipient's queue may post in this window: all of one that is reserved for it (`reserved`), once, else at
 * most `wanted` of what the rate limit leaves to everybody.
 */
export async function takePosts(
  recipient: string,
  pace: Pace,
  wanted: number,
  io: StoreIo,
): Promise<{ posts: number; reserved: boolean }> {
  const window = Math.floor(io.now() / pace.windowMs)
  const known = await io.incidents.get(rateLimitKey(recipient, window))
  if (known?.count === RESERVED) {
    await io.incidents.put([row(recipient, pace, window, pace.posts)])
    return { posts: pace.posts, reserved: true }
  }
  let posts = 0
  while (posts < wanted && (await waitForRateLimit(recipient, pace.posts, pace.windowMs, io)) === 0) posts++
  return { posts, reserved: false }
}

/** Gives what is left of a reserved window, of which the queue has `used` so many, to everybody. */
export async function giveBackPosts(recipient: string, pace: Pace, used: number, io: StoreIo): Promise<void> {
  await io.incidents.put([row(recipient, pace, Math.floor(io.now() / pace.windowMs), used)])
}

function closedUntil(recipient: string, pace: Pace, end: Instant, now: Instant): Row[] {
  const first = Math.floor(now / pace.windowMs)
  const count = Math.min(CLOSED_WINDOWS, Math.floor(end / pace.windowMs) - first)
  return Array.from({ length: count }, (_, index) => row(recipient, pace, first + index, pace.posts))
}

function row(recipient: string, { windowMs }: Pace, window: number, count: number): Row {
  return { ...rateLimitKey(recipient, window), count, expiresAt: expiryOf(window, windowMs) }
}
