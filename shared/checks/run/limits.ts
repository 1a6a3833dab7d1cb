import type { Phases } from '../../contracts/report.ts'
import type { NetworkFault } from '../network/faults.ts'
import { fact } from './fault.ts'
import type { PhaseClock } from './phase-clock.ts'

/** The most milliseconds that a check may take in all, and for each phase. A phase that did not happen took none. */
export type Limits = { latency?: number } & { [Phase in keyof Phases]?: number }

/** The limit that a check is over; undefined if none. */
export function overLimit(
  limits: Limits,
  { latencyMs, phases }: ReturnType<PhaseClock['measured']>,
): NetworkFault | undefined {
  for (const [name, limitMs] of Object.entries(limits)) {
    const of = name as keyof Limits
    const took = of === 'latency' ? latencyMs : phases?.[of]
    if (took !== undefined && took > limitMs) return fact('over-limit', { of, tookMs: Math.ceil(took), limitMs })
  }
  return undefined
}
