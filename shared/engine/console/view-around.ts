import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import { HOUR_MS, MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import { type HourOfCheck, hourOf, type Run, sumUp, withMaintenance } from '../../evaluation/history.ts'
import { usualOf } from '../../evaluation/usual.ts'
import type { VantageState } from '../../evaluation/vantage.ts'
import type { Incident } from '../../incidents/incident.ts'
import { readHours, readRuns } from '../../store/history.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVantages } from '../../store/vantages.ts'
import { shareOf } from './uptime.ts'
import type { Bar, Series } from './view-check.ts'
import { keysAt, usualOver } from './view-checks.ts'

const BEFORE_MS = HOUR_MS
const AFTER_MS = 30 * MINUTE_MS
/** Of what goes on for longer its beginning is drawn: nobody reads a night by its minutes. */
const MOST_MS = 6 * HOUR_MS

const steps = [1, 2, 5, 10, 30, 60].map((minutes) => minutes * MINUTE_MS)
/** As many bars as a phone can show. */
const MOST_BARS = 100

/** What was usual before it: of so many hours. */
const USUAL_MS = 24 * HOUR_MS

/** A time that is looked at, and how long a bar of it is, ms. */
export interface Stretch {
  from: Instant
  until: Instant
  barMs: number
}

/** The time around an incident, in whole bars: no bar is shorter than its check's interval, or there would be gaps between runs. */
export function stretchAround(
  { openedAt, resolved }: Pick<Incident, 'openedAt' | 'resolved'>,
  { intervalMs }: Pick<CompiledCheck, 'intervalMs'>,
  now: Instant,
): Stretch {
  const from = openedAt - BEFORE_MS
  const until = Math.min(now, (resolved?.at ?? now) + AFTER_MS, from + MOST_MS)
  const barMs =
    steps.find((step) => step >= intervalMs && (until - from) / step <= MOST_BARS) ?? Math.max(HOUR_MS, intervalMs)
  const wholeBars = (at: Instant, round: (value: number) => number) => round(at / barMs) * barMs
  return { from: wholeBars(from, Math.floor), until: wholeBars(until, Math.ceil), barMs }
}

/**
 * How a check was in a stretch from each vantage, with what was usual in the day before; runs are kept for a week. A vantage has an item for
 * each run and hour, whatever the number of its checks. Rejects when the table does.
 */
export async function latencyAround(
  check: Pick<CompiledCheck, 'id' | 'from'>,
  stretch: Stretch,
  countsMaintenance: boolean,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<Series[]> {
  const { from, until } = stretch
  const all = await readVantages(check.from, io)
  const series = await Promise.all(
    all.map(async ({ state }) => {
      const keys = keysAt(check.id, state)
      const isWanted = ({ key }: { key: number }) => keys.some((one) => one.key === key)
      const { vantage, function: name } = state
      const [runs, hours] = await Promise.all([
        readRuns(vantage, name, from, until, io, isWanted),
        readHours(vantage, name, hourOf(from) - USUAL_MS, hourOf(from), io, isWanted),
      ])
      return keys.map((one) => seriesOf(one, runs, hours, stretch, countsMaintenance))
    }),
  )
  return series.flat().filter(({ bars }) => bars.length > 0)
}

function seriesOf(
  { vantage, key }: { vantage: VantageState['vantage']; key: number },
  runs: Run[],
  hours: { checks: HourOfCheck[] }[],
  { barMs }: Stretch,
  countsMaintenance: boolean,
): Series {
  const byBar = Map.groupBy(runs, ({ at }) => Math.floor(at / barMs) * barMs)
  const bars = [...byBar].flatMap(([at, own]) =>
    sumUp(own, at + barMs)
      .filter((one) => one.key === key)
      .map(({ key: _, ...bar }): Bar => ({ at, ...(countsMaintenance ? withMaintenance(bar) : bar) })),
  )
  const band = usualOf(hours.map(({ checks }) => checks)).get(key)
  const share = shareOf(bars)
  return { vantage, bars, ...usualOver(bars), ...(band && { band }), ...(share !== undefined && { share }) }
}
