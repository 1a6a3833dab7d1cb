import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import type { CheckFault } from '../words.ts'
import { fact, seenFault } from './fault.ts'
import { type Limits, overLimit } from './limits.ts'
import { PhaseClock } from './phase-clock.ts'
import { Timeout, withinLimit } from './time-limit.ts'

/**
 * Runs the work of a check within its time. Whatever it ends with is an observation: what `work` makes of the target, or the
 * fault that it rejects with, and the phases until then. When its time is over, that says what it waited for: what `late` makes
 * of the limit, or the phase.
 */
export async function observe(
  io: CheckIo,
  deadline: Instant,
  work: (clock: PhaseClock, scope: AbortSignal) => Promise<RunResult>,
  late: (limitMs: number) => CheckFault | undefined = () => undefined,
): Promise<RunResult> {
  const clock = new PhaseClock(io.monotonic)
  try {
    return await withinLimit(io, deadline, (scope) => work(clock, scope))
  } catch (error) {
    const seen = error instanceof Timeout ? timedOut(error, clock, late) : seenFault(error)
    clock.end()
    return { ...seen, ...clock.measuredPhases() }
  }
}

function timedOut(
  { outcome, limitMs }: Timeout,
  { current }: PhaseClock,
  late: (limitMs: number) => CheckFault | undefined,
) {
  const args = { limitMs, ...(current === undefined ? {} : { waitingFor: current }) }
  return { outcome, fault: late(limitMs) ?? fact('timeout', args) }
}

/** What an answer comes to that is there and right: only its time can still be too long. */
export function outcomeByTime(limits: { down: Limits; degraded: Limits }, clock: PhaseClock): RunResult {
  const measured = clock.measured()
  for (const outcome of ['down', 'degraded'] as const) {
    const fault = overLimit(limits[outcome], measured)
    if (fault !== undefined) return { outcome, fault, ...measured }
  }
  return { outcome: 'up', ...measured }
}
