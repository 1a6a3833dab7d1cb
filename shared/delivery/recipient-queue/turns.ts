import type { Instant } from '../../contracts/words.ts'
import type { StoreIo } from '../../store/io.ts'
import { turnsKey } from '../../store/keys.ts'
import type { Row } from '../../store/table.ts'
import { expiryOf, waitForRateLimit } from '../rate-limit.ts'
import type { Pace } from './pace.ts'

/** A good hour of half minutes, for which a table is written six times: a longer pause is learnt of again by the next message. */
const CLOSED_WINDOWS = 144

/** A vendor that asks for so long a pause speaks of all messages to a recipient, not of this one. */
const MINUTE_MS = 60_000

/** A counter that stands so high: its turns are kept for the recipient's queue. */
const KEPT = 1_000_000

/** Mainland vendors count the days of Beijing (UTC+8). */
const BEIJING_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** So many of a day's messages are left for what goes on: nobody needs to act on an end. */
const KEPT_FOR_TROUBLE = 3

/** A turn at a vendor. Gives how long to wait, ms; 0 is now. */
export function waitForTurn(recipient: string, { posts, windowMs }: Pace, io: StoreIo): Promise<number> {
  return waitForRateLimit(recipient, posts, windowMs, io)
}

/** Takes one of the `perDay` messages that a recipient may get today, if one is left. `tellsOfEnd`: nobody needs to act on it. */
export async function takeOfDay(recipient: string, perDay: number, tellsOfEnd: boolean, io: StoreIo): Promise<boolean> {
  const day = Math.floor((io.now() + BEIJING_MS) / DAY_MS)
  const limit = tellsOfEnd ? perDay - KEPT_FOR_TROUBLE : perDay
  const taken = await io.incidents.count(turnsKey(`${recipient}#day`, day), { limit, expiresAt: expiryOf(day, DAY_MS) })
  return taken !== undefined
}

/** When turns are next given out, at least `afterMs` from now. */
export function nextTurnsAt({ windowMs }: Pace, now: Instant, afterMs = 0): Instant {
  return Math.ceil(Math.max(now + 1, now + afterMs) / windowMs) * windowMs
}

/** Whether two moments share their turns. */
export function shareTurns({ windowMs }: Pace, one: Instant, other: Instant): boolean {
  return Math.floor(one / windowMs) === Math.floor(other / windowMs)
}

/**
 * Keeps all turns that are given out at a later time for a recipient's queue, and closes those until then: nobody posts around those
 * who wait.
 */
export async function keepTurns(recipient: string, pace: Pace, at: Instant, io: StoreIo): Promise<void> {
  if (at <= io.now() || shareTurns(pace, at, io.now())) return
  const kept = row(recipient, pace, Math.floor(at / pace.windowMs), KEPT)
  await io.incidents.put([...closedUntil(recipient, pace, at, io.now()), kept])
}

/**
 * Nobody posts to a recipient for `pauseMs`, if that is a pause of the recipient and not of one message: every instance finds it closed
 * where it asks for its turn anyway.
 */
export async function pauseTurns(recipient: string, pace: Pace, pauseMs: number, io: StoreIo): Promise<void> {
  if (pauseMs < MINUTE_MS) return
  await io.incidents.put(closedUntil(recipient, pace, nextTurnsAt(pace, io.now(), pauseMs), io.now()))
}

/**
 * Takes the turns that a recipient's queue has now: all that were kept for it (`kept`), once, else at most `wanted` of those that
 * everybody takes.
 */
export async function takeTurns(
  recipient: string,
  pace: Pace,
  wanted: number,
  io: StoreIo,
): Promise<{ turns: number; kept: boolean }> {
  const window = Math.floor(io.now() / pace.windowMs)
  const known = await io.incidents.get(turnsKey(recipient, window))
  if (known?.count === KEPT) {
    await io.incidents.put([row(recipient, pace, window, pace.posts)])
    return { turns: pace.posts, kept: true }
  }
  let turns = 0
  while (turns < wanted && (await waitForTurn(recipient, pace, io)) === 0) turns++
  return { turns, kept: false }
}

/** Gives turns that were kept for a recipient's queue, and that it has no use for, to everybody. */
export async function giveBackTurns(recipient: string, pace: Pace, used: number, io: StoreIo): Promise<void> {
  await io.incidents.put([row(recipient, pace, Math.floor(io.now() / pace.windowMs), used)])
}

function closedUntil(recipient: string, pace: Pace, end: Instant, now: Instant): Row[] {
  const first = Math.floor(now / pace.windowMs)
  const count = Math.min(CLOSED_WINDOWS, Math.floor(end / pace.windowMs) - first)
  return Array.from({ length: count }, (_, index) => row(recipient, pace, first + index, pace.posts))
}

function row(recipient: string, { windowMs }: Pace, window: number, count: number): Row {
  return { ...turnsKey(recipient, window), count, expiresAt: expiryOf(window, windowMs) }
}
