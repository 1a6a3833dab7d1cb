import type { CompiledCheck, CompiledConfig } from '../../contracts/compiled-config.ts'
import { HOUR_MS, MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Instant, VerdictWord } from '../../contracts/words.ts'
import { firstCertificateEnd } from '../../evaluation/certificate.ts'
import type { VantageView } from '../../evaluation/consensus.ts'
import { addUp, type HourOfCheck, hourOf, joined, type Latency, type Maintained } from '../../evaluation/history.ts'
import { type Usual, usualOf } from '../../evaluation/usual.ts'
import { seenOf } from '../../evaluation/vantages.ts'
import type { Incident } from '../../incidents/incident.ts'
import { newestGenerations } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVantages } from '../../store/vantages.ts'
import { readVerdicts } from '../../store/verdicts.ts'
import { shareOf } from './uptime.ts'
import { type FunctionHistory, keysAt, usualOver } from './view-checks.ts'

export { phaseNames } from '../../evaluation/history.ts'

/** What may be looked at, in hours, and how many of these stand together in one bar. */
export const spans = {
  day: { hours: 24, each: 1 },
  week: { hours: 168, each: 1 },
  month: { hours: 720, each: 4 },
} as const
export type Span = keyof typeof spans

/** So many of the newest incidents of a check are looked at for those within the span. */
const MOST_INCIDENTS = 30

/** An hour, or some hours, of a check at one vantage. */
export interface Bar extends Omit<HourOfCheck, 'key'> {
  at: Instant
}

/** How a check has been, seen from one vantage or place. */
export interface Series {
  vantage: string
  /** The oldest first; there is none of a time of which nothing is known. */
  bars: Bar[]
  /** What counts as usual in this span. */
  band?: Usual
  usual?: Latency
  /** Of each of `phaseNames`, what is usual; absent: its kind has none. */
  phases?: Latency[]
  share?: number
}

export interface CheckView {
  check: CompiledCheck
  verdict: VerdictWord
  since?: Instant
  /** What each vantage saw last. */
  seen: VantageView[]
  /** Absent: no vantage is shown a certificate. */
  certificateEnds?: Instant
  span: Span
  from: Instant
  until: Instant
  /** How long a bar is, ms. */
  barMs: number
  /** Those that were going on in this span, the newest first. */
  incidents: Incident[]
}

type Io = Pick<StoreIo, 'checks' | 'incidents' | 'log' | 'now'>

/** Reads what is known of one check, but for its series; undefined when there is none of this id. Rejects when a table does. */
export async function viewCheck(
  id: string,
  span: Span,
  config: Pick<CompiledConfig, 'checks'>,
  io: Io,
): Promise<CheckView | undefined> {
  const check = config.checks.find((one) => one.id === id)
  if (check === undefined) return undefined
  const { from, until, barMs } = stretchOf(span, io.now())
  const [[state], vantages, incidents] = await Promise.all([
    readVerdicts([id], io),
    readVantages(check.from, io),
    incidentsOf(check, from, io),
  ])
  const seen = seenOf(check, vantages)
  const certificateEnds = firstCertificateEnd(check, seen, until)
  return {
    check,
    verdict: state?.verdict ?? 'unknown',
    ...(state && { since: state.since }),
    seen,
    ...(certificateEnds !== undefined && { certificateEnds }),
    span,
    from,
    until,
    barMs,
    incidents,
  }
}

/** How one check has been from each vantage, by what is kept of it since the beginning of the span. */
export function seriesIn(id: string, span: Span, histories: FunctionHistory[]): Series[] {
  const { barMs } = stretchOf(span, 0)
  return histories
    .flatMap(({ state, hours }) => keysAt(id, state).map(({ vantage, key }) => seriesOf(vantage, key, hours, barMs)))
    .filter(({ bars }) => bars.length > 0)
}

/** From when until when, and how long a bar is. */
export function stretchOf(span: Span, until: Instant) {
  const { hours, each } = spans[span]
  const barMs = each * HOUR_MS
  return { from: Math.floor((hourOf(until) - (hours - 1) * HOUR_MS) / barMs) * barMs, until, barMs }
}

/**
 * When maintenance lay over a check, by what each run from any vantage was kept with, and not by what is configured since: from when until
 * when, the first first. A check that runs seldom was under it between two such runs, too.
 */
export function maintenanceOf(
  series: { bars: Pick<Bar, 'maintained'>[] }[],
  { intervalMs }: Pick<CompiledCheck, 'intervalMs'>,
) {
  const spells = series.flatMap(({ bars }) => bars.flatMap(({ maintained }) => maintained?.spells ?? []))
  return joined(spells, intervalMs + MINUTE_MS)
}

async function incidentsOf({ id, project }: CompiledCheck, from: Instant, io: Io): Promise<Incident[]> {
  const keys = [id, `${id}:degraded`]
  const all = await Promise.all(keys.map((groupKey) => newestGenerations({ project, groupKey }, MOST_INCIDENTS, io)))
  return all
    .flat()
    .filter(({ resolved }) => resolved === undefined || resolved.at >= from)
    .toSorted((one, other) => other.openedAt - one.openedAt)
}

function seriesOf(
  vantage: string,
  key: number,
  summed: { at: Instant; checks: HourOfCheck[] }[],
  barMs: number,
): Series {
  const own = summed.flatMap(({ at, checks }) => {
    const found = checks.find((one) => one.key === key)
    return found === undefined ? [] : [{ at, ...found }]
  })
  const bars = [...Map.groupBy(own, ({ at }) => Math.floor(at / barMs) * barMs)].map(([at, hours]) => barOf(at, hours))
  const band = usualOf(own.map((hour) => [hour])).get(key)
  const phases = phasesOver(own)
  const share = shareOf(own)
  return {
    vantage,
    bars,
    ...(band && { band }),
    ...usualOver(own),
    ...(phases && { phases }),
    ...(share !== undefined && { share }),
  }
}

function barOf(at: Instant, hours: HourOfCheck[]): Bar {
  const sum = (of: 'runs' | 'up' | 'down') => hours.reduce((all, hour) => all + hour[of], 0)
  const { usual = { medianMs: 0, p95Ms: 0 } } = usualOver(hours)
  const [{ upMs, knownMs } = { upMs: 0, knownMs: 0 }] = addUp([hours])
  const phases = phasesOver(hours)
  const maintained = hours.flatMap((hour) => hour.maintained ?? [])
  return {
    ...{ at, runs: sum('runs'), up: sum('up'), down: sum('down'), upMs, knownMs, ...usual },
    ...(phases && { phases }),
    ...(maintained.length > 0 && { maintained: together(maintained) }),
  }
}

function together(all: Maintained[]): Maintained {
  const sum = (of: 'upMs' | 'knownMs') => all.reduce((ms, one) => ms + one[of], 0)
  return { upMs: sum('upMs'), knownMs: sum('knownMs'), spells: joined(all.flatMap(({ spells }) => spells)) }
}

/** What is usual of each phase over some hours. */
function phasesOver(hours: HourOfCheck[]): Latency[] | undefined {
  const known = hours.flatMap(({ phases, medianMs }) => (phases === undefined || medianMs === 0 ? [] : [phases]))
  if (known.length === 0) return undefined
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  return (known[0] ?? []).map((_, phase) => ({
    medianMs: middle(known.map((hour) => hour[phase]?.medianMs ?? 0)),
    p95Ms: middle(known.map((hour) => hour[phase]?.p95Ms ?? 0)),
  }))
}
