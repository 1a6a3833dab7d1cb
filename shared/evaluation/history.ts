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
  /** It ran while maintenance lay over its check, whatever is configured since. */
  maintained?: true
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
 * For how long a check answered, be it slowly, of how long something is known of it: each run counts until the next, so that many at once
 * weigh little.
 */
export interface Availability {
  upMs: number
  knownMs: number
}

/** How available a check was under maintenance, which is not part of how it was outside of it. */
export interface Maintained extends Availability {
  /** From when until when that was, the first of them first. */
  spells: [Instant, Instant][]
}

/**
 * An hour of one check at one vantage, for charts and for what is usual. Latencies are of runs that got an answer; availability is that
 * outside of maintenance, as in a day.
 */
export interface HourOfCheck extends Latency, Availability {
  key: number
  runs: number
  up: number
  down: number
  /** Of each of `phaseNames`; absent: its kind has none. */
  phases?: Latency[]
  /** Absent: there was none. */
  maintained?: Maintained
}

/** A day of one check at one vantage, by UTC. */
export interface DayOfCheck extends Availability {
  key: number
  /** Absent: there was none. */
  maintained?: Availability
}

/**
 * The points of the history that a report makes: one for each of its observations, and for each place of these. `maintained` are the ids of
 * the checks over which maintenance lies.
 */
export function pointsOf(observations: Observation[], maintained: ReadonlySet<string> = nobody): Point[] {
  const seen = observations.flatMap(({ check, places = [], ...own }) => [
    { check, id: check, ...own },
    ...places.map((place) => ({ check, id: placeId(check, place.vantage), ...place })),
  ])
  return seen.map(({ check, id, outcome, latencyMs = 0, phases }) => ({
    key: checkKey(id),
    outcome,
    latencyMs,
    ...(phases !== undefined && { phases: phaseNames.map((name) => phases[name] ?? 0) }),
    ...(maintained.has(check) && { maintained: true as const }),
  }))
}

const nobody: ReadonlySet<string> = new Set()

/** Sums up the runs of an hour, or another time that ends at `until`, per check; they come oldest first. */
export function sumUp(runs: Run[], until: Instant): HourOfCheck[] {
  const points = runs.flatMap(({ at, points }) => points.map((point) => ({ at, ...point })))
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

function isUp(outcome: VerdictWord): boolean {
  return outcome === 'up' || outcome === 'degraded'
}

/** After the last run nothing is known for longer than twice what lay between two of them: a probe has fallen silent. */
function availability(
  own: (Point & { at: Instant })[],
  until: Instant,
): Pick<HourOfCheck, keyof Availability | 'maintained'> {
  const between = own.slice(1).map(({ at }, index) => at - (own[index]?.at ?? at))
  const last = between.length === 0 ? Number.POSITIVE_INFINITY : 2 * Math.max(...between)
  const spans = own.map((point, index) => ({
    ...point,
    ms: Math.max(1, between[index] ?? Math.min(until - point.at, last)),
  }))
  const [planned, others] = [
    spans.filter(({ maintained }) => maintained),
    spans.filter(({ maintained }) => !maintained),
  ]
  if (planned.length === 0) return availabilityIn(others)
  const spells = joined(planned.map(({ at, ms }) => [at, at + ms]))
  return { ...availabilityIn(others), maintained: { ...availabilityIn(planned), spells } }
}

function availabilityIn(spans: { outcome: VerdictWord; ms: number }[]): Availability {
  const known = spans.filter(({ outcome }) => outcome !== 'unknown')
  const sum = (of: typeof spans) => of.reduce((all, { ms }) => all + ms, 0)
  return { upMs: sum(known.filter(({ outcome }) => isUp(outcome))), knownMs: sum(known) }
}

/** Spells in the order in which they begin, and those as one between which less than `gapMs` lies. */
export function joined(spells: [Instant, Instant][], gapMs = 1): [Instant, Instant][] {
  const all: [Instant, Instant][] = []
  for (const [from, until] of spells.toSorted(([one], [other]) => one - other)) {
    const last = all.at(-1)
    if (last !== undefined && from < last[1] + gapMs) last[1] = Math.max(last[1], until)
    else all.push([from, until])
  }
  return all
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
export function addUp(hours: DayOfCheck[][]): DayOfCheck[] {
  const days = new Map<number, DayOfCheck>()
  for (const { key, maintained, ...known } of hours.flat()) {
    const day = days.get(key) ?? { key, upMs: 0, knownMs: 0 }
    days.set(key, day)
    add(day, known)
    if (maintained !== undefined) {
      day.maintained ??= { upMs: 0, knownMs: 0 }
      add(day.maintained, maintained)
    }
  }
  return [...days.values()]
}

/** The same with what was seen under maintenance as part of its availability. */
export function withMaintenance<A extends Availability & { maintained?: Availability }>(of: A): A {
  const { upMs, knownMs, maintained } = of
  return maintained === undefined ? of : { ...of, upMs: upMs + maintained.upMs, knownMs: knownMs + maintained.knownMs }
}

function add(to: Availability, { upMs, knownMs }: Availability): void {
  to.upMs += upMs
  to.knownMs += knownMs
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
