import { fact } from '../run/fault.ts'
import { unreadable } from './source.ts'

/**
 * Commits, ends and starts of partitions, groups, and partitions of members that one run keeps; each takes about a hundred bytes.
 * 1,000 groups of 100 partitions each, all different, come to 400,000.
 */
const MOST_ENTRIES = 600_000

/** Counts what a run keeps. */
export interface Room {
  /** Throws a fault when it is too much. */
  take(entries: number): void
}

/** Makes the counter of one run, which may keep `MOST_ENTRIES`. */
export function roomOfRun(): Room {
  let taken = 0
  return {
    take(entries) {
      taken += entries
      if (taken > MOST_ENTRIES) throw unreadable(fact('kafka-too-much', { entries: MOST_ENTRIES }))
    },
  }
}
