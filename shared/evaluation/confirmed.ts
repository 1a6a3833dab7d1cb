import type { Fact } from '../contracts/fact.ts'
import type { Instant } from '../contracts/words.ts'

/** What one check of a region found. `unknown` says nothing about it: it is busy, or we were. */
export interface RegionResult {
  found: 'well' | 'faulty' | 'unknown'
  fault?: Fact
  /** Its bot was spoken to, and not only a session opened. */
  spoken?: true
}

/** So many of the last n checks make a region well, or faulty. */
export interface Confirm {
  m: number
  n: number
}

/** What is known of a region by its last checks. */
export interface Confirmed {
  /** Its last results, the newest last: `w` well, `f` faulty. Those that say nothing are left out. */
  results: string
  is: 'well' | 'faulty' | 'unknown'
  /** Since when every check has found it well. */
  wellSince?: Instant
  /** What the newest check found that did not find it well. */
  fault?: Fact
}

/** What is known of a region that no check has looked at. */
export const UNKNOWN: Confirmed = { results: '', is: 'unknown' }

/** What is known with one more result. */
export function confirmed(
  before: Confirmed,
  result: RegionResult | undefined,
  { m, n }: Confirm,
  now: Instant,
): Confirmed {
  if (result === undefined || result.found === 'unknown') return before
  const isWell = result.found === 'well'
  const results = (before.results + (isWell ? 'w' : 'f')).slice(-n)
  const same = [...results].filter((one) => one === results.at(-1)).length
  const is = same >= m ? result.found : before.is
  if (!isWell) return { results, is, ...(result.fault && { fault: result.fault }) }
  return {
    results,
    is,
    wellSince: before.wellSince ?? now,
    // Until it counts as well again, people ask what was the matter.
    ...(is !== 'well' && before.fault && { fault: before.fault }),
  }
}
