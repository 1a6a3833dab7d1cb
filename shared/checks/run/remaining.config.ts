import { duration } from '../../contracts/duration.ts'
import { type Mistake, mistake } from '../../contracts/mistake.ts'
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

/** The mistakes of the two keys: a `degraded` that begins no sooner than `down` would warn of nothing. */
export function remainingMistakes({ degraded, down }: RemainingKeys): [key: string, mistake: Mistake][] {
  if (degraded === undefined || down === undefined || degraded > down) return []
  const words = { en: 'must be longer than `down`: it is the earlier warning', zh: '应比 `down` 更长：它是提前的提醒' }
  return [['degraded', mistake('warning-too-late', words)]]
}
