import type { Instant } from '../../contracts/words.ts'
import type { StoreIo } from '../../store/io.ts'
import { turnsKey } from '../../store/keys.ts'
import type { Row } from '../../store/table.ts'
import { expiryOf, waitForRateLimit } from '../rate-limit.ts'

/** The turns for posts of a robot are counted by half minutes. */
const WINDOW_MS = 30_000

/** A good hour, for whose windows a table is written six times: a longer pause is learnt of again by the next post. */
const CLOSED_WINDOWS = 144

/** `perMinute` counts a minute: a vendor that asks for so long a pause speaks of all posts of a robot, not of this one. */
const MINUTE_MS = 60_000

/** A counter that stands so high: its turns are kept for the robot's queue. */
const KEPT = 1_000_000

/**
 * A turn at a vendor that counts the posts of any sixty seconds, and may hear nothing for ten minutes after one too many
 * (DingTalk, 130101): a minute touches three of our windows, so each has a third of its posts. Gives how long to wait, ms; 0 is now.
 */
export function waitForPost(robot: string, perMinute: number, io: StoreIo): Promise<number> {
  return waitForRateLimit(robot, postsInWindow(perMinute), WINDOW_MS, io)
}

/** When turns are next given out, at least `afterMs` from now. */
export function nextTurnsAt(now: Instant, afterMs = 0): Instant {
  return Math.ceil(Math.max(now + 1, now + afterMs) / WINDOW_MS) * WINDOW_MS
}

/** Whether two moments share their turns. */
export function shareTurns(one: Instant, other: Instant): boolean {
  return Math.floor(one / WINDOW_MS) === Math.floor(other / WINDOW_MS)
}

/**
 * Keeps all turns that are given out at a later time for a robot's queue, and closes those until then: nobody posts around those
 * who wait.
 */
export async function keepTurns(robot: string, perMinute: number, at: Instant, io: StoreIo): Promise<void> {
  if (at <= io.now() || shareTurns(at, io.now())) return
  await io.incidents.put([...closedUntil(robot, perMinute, at, io.now()), row(robot, Math.floor(at / WINDOW_MS), KEPT)])
}

/**
 * Nobody posts to a robot for `pauseMs`, if that is a pause of the robot and not of one message: every instance finds it closed where
 * it asks for its turn anyway.
 */
export async function pausePosts(robot: string, perMinute: number, pauseMs: number, io: StoreIo): Promise<void> {
  if (pauseMs < MINUTE_MS) return
  await io.incidents.put(closedUntil(robot, perMinute, nextTurnsAt(io.now(), pauseMs), io.now()))
}

/**
 * Takes the turns that a robot's queue has now: all that were kept for it (`kept`), once, else at most `wanted` of those that
 * everybody takes.
 */
export async function takeTurns(
  robot: string,
  perMinute: number,
  wanted: number,
  io: StoreIo,
): Promise<{ turns: number; kept: boolean }> {
  const window = Math.floor(io.now() / WINDOW_MS)
  const known = await io.incidents.get(turnsKey(robot, window))
  if (known?.count === KEPT) {
    await io.incidents.put([row(robot, window, postsInWindow(perMinute))])
    return { turns: postsInWindow(perMinute), kept: true }
  }
  let turns = 0
  while (turns < wanted && (await waitForPost(robot, perMinute, io)) === 0) turns++
  return { turns, kept: false }
}

/** Gives turns that were kept for a robot's queue, and that it has no use for, to everybody. */
export async function giveBackTurns(robot: string, used: number, io: StoreIo): Promise<void> {
  await io.incidents.put([row(robot, Math.floor(io.now() / WINDOW_MS), used)])
}

function closedUntil(robot: string, perMinute: number, end: Instant, now: Instant): Row[] {
  const first = Math.floor(now / WINDOW_MS)
  const count = Math.min(CLOSED_WINDOWS, Math.floor(end / WINDOW_MS) - first)
  return Array.from({ length: count }, (_, index) => row(robot, first + index, postsInWindow(perMinute)))
}

function row(robot: string, window: number, count: number): Row {
  return { ...turnsKey(robot, window), count, expiresAt: expiryOf(window, WINDOW_MS) }
}

function postsInWindow(perMinute: number): number {
  return Math.max(1, Math.floor(perMinute / 3))
}
