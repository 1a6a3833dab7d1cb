import type { Fact } from '../contracts/fact.ts'
import { HOUR_MS } from '../contracts/milliseconds.ts'
import type { Observation } from '../contracts/report.ts'
import type { HourOfCheck } from './history.ts'
import { checkKey } from './record.ts'
import { placeId } from './vantage.ts'

/** What is usual for a check at a vantage: the median of the last hours, and how far it strays. */
export interface Usual {
  medianMs: number
  /** Between the median and the 95th percentile. */
  spreadMs: number
}

/** `times` has one decimal. */
export type SlowerThanUsual = Fact<'slower-than-usual', { tookMs: number; times: number; usualMs: number }>

/** With fewer runs nothing is usual yet. */
const FEWEST_RUNS = 12

/** Checks that run more rarely than this have too few runs in the day that is looked at. */
export const LONGEST_USUAL_INTERVAL_MS = (24 * HOUR_MS) / FEWEST_RUNS

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
 * Compares how long an answer took with what is usual for its check (`usual`, by check key): gives the observation as degraded if it
 * took `times` as long or longer, though no fixed limit says so, else as it was. It must stray further than answers usually do, so
 * that a target whose times always vary is left alone.
 */
export function comparedWithUsual(observation: Observation, times: number, usual: Map<number, Usual>): Observation {
  const { check, places } = observation
  const whole = compared(observation, times, usual.get(checkKey(check)))
  if (places === undefined) return whole
  const ofPlace = (vantage: string) => usual.get(checkKey(placeId(check, vantage)))
  return { ...whole, places: places.map((place) => compared(place, times, ofPlace(place.vantage))) }
}

function compared<T extends Pick<Observation, 'outcome' | 'latencyMs'>>(seen: T, times: number, usual?: Usual): T {
  const { latencyMs, outcome } = seen
  if (usual === undefined || latencyMs === undefined || outcome !== 'up') return seen
  if (latencyMs < times * usual.medianMs || latencyMs <= usual.medianMs + 2 * usual.spreadMs) return seen
  const tookMs = Math.round(latencyMs)
  const args = { tookMs, times: Math.round((10 * latencyMs) / usual.medianMs) / 10, usualMs: usual.medianMs }
  return { ...seen, outcome: 'degraded', fault: { code: 'slower-than-usual', args } satisfies SlowerThanUsual }
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
