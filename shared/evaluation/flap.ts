import type { Instant, VerdictWord } from '../contracts/words.ts'

/** A check that changes its verdict so often within the window is flapping: three times down and up again. */
export const FLAP_CHANGES = 6
export const FLAP_WINDOW_MS = 1_800_000

/** It is let go when nothing has changed for so long. */
export const CALM_MS = 900_000

/** A check's changes of verdict, newest last, and the state it is held in while it flaps. */
export interface Flapping {
  changes: Instant[]
  held?: VerdictWord
}

const badness: VerdictWord[] = ['up', 'unknown', 'degraded', 'down']

/**
 * Holds a check that changes too often in its worse state, until it is calm. `raw` is what the vantages say now, `before` what
 * they said last.
 */
export function holdFlapping(
  flapping: Flapping,
  raw: VerdictWord,
  before: VerdictWord | undefined,
  now: Instant,
): { verdict: VerdictWord; flapping: Flapping } {
  const isChange = before !== undefined && before !== raw && before !== 'unknown' && raw !== 'unknown'
  const recent = flapping.changes.filter((at) => now - at < FLAP_WINDOW_MS)
  const changes = isChange ? [...recent, now].slice(-FLAP_CHANGES) : recent
  const last = changes.at(-1) ?? 0
  if (flapping.held !== undefined) {
    if (now - last >= CALM_MS) return { verdict: raw, flapping: { changes: [] } }
    const held = worse(flapping.held, raw)
    return { verdict: held, flapping: { changes, held } }
  }
  if (changes.length < FLAP_CHANGES) return { verdict: raw, flapping: { changes } }
  const held = worse(raw, before ?? raw)
  return { verdict: held, flapping: { changes, held } }
}

function worse(a: VerdictWord, b: VerdictWord): VerdictWord {
  return badness.indexOf(a) > badness.indexOf(b) ? a : b
}
