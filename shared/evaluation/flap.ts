import type { Hold } from '../contracts/alert.ts'
import { type VerdictWord, verdictsWorstFirst } from '../contracts/verdicts.ts'
import type { Instant } from '../contracts/words.ts'

/** A check that changes its verdict so often within the window is flapping: three times down and up again. */
export const FLAP_CHANGES = 6

/** The shortest window, for checks that run each minute or more often. */
export const FLAP_WINDOW_MS = 1_800_000

/** The window of one that runs less often is so many of its intervals long, up to a day. */
const WINDOW_INTERVALS = 30
const LONGEST_WINDOW_MS = 86_400_000

/** A check's changes of verdict, newest last, and the state it is held in while it flaps. */
export interface Flapping {
  changes: Instant[]
  held?: VerdictWord
  /** While it is held: since when, and why. */
  hold?: Hold
  /** While it is held: when it is let go unless it changes again. */
  calmAt?: Instant
}

/**
 * The window in which a check of this interval flaps if it changes too often, ms. A verdict takes some runs, so that of rare ones
 * is long.
 */
export function flapWindowMs(intervalMs: number): number {
  return Math.min(LONGEST_WINDOW_MS, Math.max(FLAP_WINDOW_MS, WINDOW_INTERVALS * intervalMs))
}

/** For how long nothing may change until a check that is held is let go, ms. */
export function calmMs(windowMs: number): number {
  return windowMs / 2
}

/**
 * Holds a check that changes too often in its worse state, until it is calm. `raw` is what the vantages say now, `before` what
 * they said last.
 */
export function holdFlapping(
  flapping: Flapping,
  raw: VerdictWord,
  before: VerdictWord | undefined,
  now: Instant,
  windowMs = FLAP_WINDOW_MS,
): { verdict: VerdictWord; flapping: Flapping } {
  const isChange = before !== undefined && before !== raw && before !== 'unknown' && raw !== 'unknown'
  const recent = flapping.changes.filter((at) => now - at < windowMs)
  const changes = isChange ? [...recent, now].slice(-FLAP_CHANGES) : recent
  const calmAt = (changes.at(-1) ?? 0) + calmMs(windowMs)
  if (flapping.held !== undefined) {
    if (now >= calmAt) return { verdict: raw, flapping: { changes: [] } }
    const held = worse(flapping.held, raw)
    return { verdict: held, flapping: { ...flapping, changes, held, calmAt } }
  }
  if (changes.length < FLAP_CHANGES) return { verdict: raw, flapping: { changes } }
  const held = worse(raw, before ?? raw)
  const hold = { since: now, changes: changes.length, withinMs: windowMs }
  return { verdict: held, flapping: { changes, held, hold, calmAt } }
}

function worse(a: VerdictWord, b: VerdictWord): VerdictWord {
  return verdictsWorstFirst.indexOf(a) < verdictsWorstFirst.indexOf(b) ? a : b
}
