import type { Phases } from '../../contracts/report.ts'
import type { PhaseClock } from './phase-clock.ts'

/** The most milliseconds that a check may take in all, and for each phase. A phase that did not happen took none. */
export type Limits = { latency?: number } & { [Phase in keyof Phases]?: number }

/** The limit that a check is over, in a short phrase; undefined if none. */
export function overLimit(
  limits: Limits,
  { latencyMs, phases }: ReturnType<PhaseClock['measured']>,
): string | undefined {
  for (const [name, limitMs] of Object.entries(limits)) {
    const took = name === 'latency' ? latencyMs : phases?.[name as keyof Phases]
    if (took !== undefined && took > limitMs) {
      return `${name === 'latency' ? '' : `${spoken(name)} `}${Math.ceil(took)}ms, limit ${limitMs}ms`
    }
  }
  return undefined
}

const words: Record<string, string> = { dns: 'DNS', tls: 'TLS', firstByte: 'first byte' }

/** A phase as people read it. */
export function spoken(phase: string): string {
  return words[phase] ?? phase
}
