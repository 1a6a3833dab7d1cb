import { duration } from '../../contracts/duration.ts'
import type { Mistake } from './mistakes.config.ts'
import type { Remaining } from './remaining.ts'

/** How long something must go on that is given for months or years. */
export const left = duration('1h', '400d')

interface RemainingKeys {
  degraded?: number | undefined
  down?: number | undefined
}

export function bothRemaining({ degraded, down }: RemainingKeys): Remaining {
  return {
    ...(degraded === undefined ? {} : { degradedMs: degraded }),
    ...(down === undefined ? {} : { downMs: down }),
  }
}

/** What is wrong with both, by key: what begins no sooner than `down` warns of nothing. */
export function remainingMistakes({ degraded, down }: RemainingKeys): Mistake[] {
  if (degraded === undefined || down === undefined || degraded > down) return []
  return [['degraded', 'must be longer than `down`: it is the earlier warning']]
}
