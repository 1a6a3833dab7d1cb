import { setTimeout as wait } from 'node:timers/promises'
import type { CheckIo } from '../kind.ts'

/** So many may begin at once; what follows keeps the pace. */
const AT_FIRST = 20

/** Each call resolves when its turn has come: within any second no more than `perSecond` turns. Rejects when `scope` ends. */
export function rateLimit(perSecond: number, { monotonic }: Pick<CheckIo, 'monotonic'>, scope: AbortSignal) {
  const gapMs = 1000 / (perSecond - AT_FIRST)
  let takenUntil = Number.NEGATIVE_INFINITY
  return async (): Promise<void> => {
    const now = monotonic()
    takenUntil = Math.max(now, takenUntil) + gapMs
    const waitMs = takenUntil - now - AT_FIRST * gapMs
    if (waitMs > 0) await wait(waitMs, undefined, { signal: scope })
  }
}
