import { DAY_MS, HOUR_MS } from '../contracts/milliseconds.ts'
import type { Observation, Phases } from '../contracts/report.ts'
import type { VerdictWord } from '../contracts/verdicts.ts'
import type { Instant } from '../contracts/words.ts'
import { checkKey } from './record.ts'
import { placeId } from './vantage.ts'

/** The parts of a request, in the order in which they happen, and in which history keeps their times. */
export const phaseNames = ['dns', 'connect', 'tls', 'firstByte', 'download'] as const satisfies (keyof Phases)[]

/** One run of one check, as history keeps it. */
export interface Point {
  key: number
  outcome: VerdictWord
  latencyMs: number
  /** How long each of `phaseNames` took, ms; 0 for one that did not happen. Absent: its kind has none. */
  phases?: number[]
}

/** What one run of a probe function has seen, as history keeps it. */
export interface Run {
  at: Instant
  points: Point[]
}

/** Median and 95th percentile, ms; 0 without any answer. */
export interface Latency {
  medianMs: number
  p95Ms: number
}

/**
 * For how long a check answered, be it slowly, of how long something is known of it outside of maintenance: each run counts until the
 * next, so that many at once weigh little.
 */
export interface Availability {
  upMs: number
  knownMs: number
}

/** An hour of one check at one vantage, for charts and for what is usual. Latencies are of runs that got an answer. */
export interface HourOfCheck extends Latency, Availability {
  key: number
  runs: number
  up: number
  down: number
  /** Of each of `phaseNames`; absent: its kind has none. */
  phases?: Latency[]
}

/** A day of one check at one vantage, by UTC. */
export interface DayOfCheck extends Availability {
  key: number
}

/** The points of the history that a report makes: one for each of its observations, and for each place of these. */
export function pointsOf(observations: Observation[]): Point[] {
  const seen = observations.flatMap(({ check, places = [], ...own }) => [
    { id: check, ...own },
    ...places.map((place) => ({ id: placeId(check, place.vantage), ...place })),
  ])
  return seen.map(({ id, outcome, latencyMs = 0, phases }) => ({
    key: checkKey(id),
    outcome,
    latencyMs,
    ...(phases !== undefined && { phases: phaseNames.map((name) => phases[name] ?? 0) }),
  }))
}

/** The keys of the checks over which maintenance lay at a time. */
export type LeftOut = (at: Instant) => ReadonlySet<number>

/**
 * Sums up the runs of an hour, or another time that ends at `until`, per check; they come oldest first. Maintenance counts neither as
 * up nor as down.
 */
export function sumUp(runs: Run[], until: Instant, leftOut: LeftOut = () => nobody): HourOfCheck[] {
  const points = runs.flatMap(({ at, points }) => {
    const out = leftOut(at)
    return points.map((point) => ({ at, isLeftOut: out.has(point.key), ...point }))
  })
  const byKey = Map.groupBy(points, ({ key }) => key)
  return [...byKey].map(([key, own]) => {
    const answered = own.filter(({ outcome, latencyMs }) => isUp(outcome) && latencyMs > 0)
    const count = (outcome: VerdictWord) => own.filter((point) => point.outcome === outcome).length
    return {
      key,
      runs: own.length,
      up: count('up'),
      down: count('down'),
      ...availability(own, until),
      ...latencyOf(answered.map(({ latencyMs }) => latencyMs)),
      ...phasesOf(answered),
    }
  })
}

const nobody: ReadonlySet<number> = new Set()

function isUp(outcome: VerdictWord): boolean {
  return outcome === 'up' || outcome === 'degraded'
}

/** After the last run nothing is known for longer than twice what lay between two of them: a probe has fallen silent. */
function availability(own: { at: Instant; outcome: VerdictWord; isLeftOut: boolean }[], until: Instant): Availability {
  const between = own.slice(1).map(({ at }, index) => at - (own[index]?.at ?? at))
  const last = between.length === 0 ? Number.POSITIVE_INFINITY : 2 * Math.max(...between)
  const spans = own.map((point, index) => ({
    ...point,
    ms: Math.max(1, between[index] ?? Math.min(until - point.at, last)),
  }))
  const known = spans.filter(({ outcome, isLeftOut }) => outcome !== 'unknown' && !isLeftOut)
  const sum = (of: typeof spans) => of.reduce((all, { ms }) => all + ms, 0)
  return { upMs: sum(known.filter(({ outcome }) => isUp(outcome))), knownMs: sum(known) }
}

function latencyOf(latencies: number[]): Latency {
  const sorted = latencies.toSorted((a, b) => a - b)
  return { medianMs: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) }
}

function phasesOf(answered: Point[]): Pick<HourOfCheck, 'phases'> {
  const all = answered.flatMap(({ phases }) => (phases === undefined ? [] : [phases]))
  if (all.length === 0) return {}
  return { phases: phaseNames.map((_, index) => latencyOf(all.map((phases) => phases[index] ?? 0))) }
}

/** Adds up the hours of a day, or other stretches, per check. */
export function addUp(hours: ({ key: number } & Availability)[][]): DayOfCheck[] {
  const days = new Map<number, DayOfCheck>()
  for (const { key, upMs, knownMs } of hours.flat()) {
    const day = days.get(key)
    if (day === undefined) days.set(key, { key, upMs, knownMs })
    else {
      day.upMs += upMs
      day.knownMs += knownMs
    }
  }
  return [...days.values()]
}

/** The value at a fraction of the sorted list (nearest rank); 0 for an empty one. */
function quantile(sorted: number[], fraction: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)] ?? 0
}

/** The start of the hour that a time is in. */
export function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR_MS) * HOUR_MS
}

/** The start of the day that a time is in, by UTC. */
export function dayOf(at: Instant): Instant {
  return Math.floor(at / DAY_MS) * DAY_MS
}
