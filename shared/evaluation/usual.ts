import type { Observation } from '../contracts/report.ts'
import type { HourOfCheck } from './history.ts'
import { checkKey } from './record.ts'

/** What is usual for a check at a vantage: the median of the last hours, and how far it strays. */
export interface Usual {
  medianMs: number
  /** Between the median and the 95th percentile. */
  spreadMs: number
}

/** With fewer runs nothing is usual yet: half an hour of minutes. */
const FEWEST_RUNS = 30

/** What the last hours say is usual, by check key. */
export function usualOf(hours: HourOfCheck[][]): Map<number, Usual> {
  const byKey = Map.groupBy(
    hours.flat().filter(({ medianMs }) => medianMs > 0),
    ({ key }) => key,
  )
  const usual = new Map<number, Usual>()
  for (const [key, own] of byKey) {
    if (own.reduce((sum, { runs }) => sum + runs, 0) < FEWEST_RUNS) continue
    const medianMs = middle(own.map((hour) => hour.medianMs))
    usual.set(key, { medianMs, spreadMs: middle(own.map((hour) => Math.max(0, hour.p95Ms - hour.medianMs))) })
  }
  return usual
}

/**
 * An answer that took `times` as long as usual is degraded, though no fixed limit says so. It must stray further than answers
 * usually do, so that a target that is always restless is left alone.
 */
export function comparedWithUsual(observation: Observation, times: number, usual: Map<number, Usual>): Observation {
  const known = usual.get(checkKey(observation.check))
  const { latencyMs, outcome } = observation
  if (known === undefined || latencyMs === undefined || outcome !== 'up') return observation
  if (latencyMs < times * known.medianMs || latencyMs <= known.medianMs + 2 * known.spreadMs) return observation
  const detail = `${(latencyMs / known.medianMs).toFixed(1)}x slower than usual (${known.medianMs}ms)`
  return { ...observation, outcome: 'degraded', detail }
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
