import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, Seen } from '../kind.ts'
import { seenFault } from './fault.ts'
import { type Limits, overLimit, spoken } from './limits.ts'
import { PhaseClock } from './phase-clock.ts'
import { Timeout, withinLimit } from './time-limit.ts'

/**
 * Runs the work of a check within its time. Whatever it ends with is an observation: what `work` makes of the target, or the
 * fault that it rejects with, and the phases until then. When its time is over, that says what it waited for: `wanting`, or the
 * phase.
 */
export async function observe(
  io: CheckIo,
  deadline: Instant,
  work: (clock: PhaseClock, scope: AbortSignal) => Promise<Seen>,
  wanting: () => string | undefined = () => undefined,
): Promise<Seen> {
  const clock = new PhaseClock(io.monotonic)
  try {
    return await withinLimit(io, deadline, (scope) => work(clock, scope))
  } catch (error) {
    const waited = wanting() ?? (clock.current && spoken(clock.current))
    const during = error instanceof Timeout && waited ? ` (${waited})` : ''
    clock.end()
    const { outcome, detail } = seenFault(error)
    return { outcome, detail: detail + during, ...clock.measuredPhases() }
  }
}

/** The judgement of an answer that came and is right: only its time can still be too long. */
export function judgeTime(limits: { down: Limits; degraded: Limits }, clock: PhaseClock): Seen {
  const measured = clock.measured()
  for (const outcome of ['down', 'degraded'] as const) {
    const detail = overLimit(limits[outcome], measured)
    if (detail !== undefined) return { outcome, detail, ...measured }
  }
  return { outcome: 'up', ...measured }
}
