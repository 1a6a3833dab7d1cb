import { mapAtMost } from '../contracts/at-most.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../contracts/milliseconds.ts'
import type { Report } from '../contracts/report.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import {
  addUp,
  type DayOfCheck,
  dayOf,
  type HourOfCheck,
  hourOf,
  pointsOf,
  type Run,
  sumUp,
} from '../evaluation/history.ts'
import { type Usual, usualOf } from '../evaluation/usual.ts'
import { CLOCK_AHEAD_MS, skewMsOf } from '../evaluation/vantage.ts'
import { dayShape, hourShape, onlyOf, pointsShape, type Wanted } from './history-shapes.ts'
import type { StoreIo } from './io.ts'
import { dayKey, historyPrefix, hourKey, runKey } from './keys.ts'
import { maintainedColumn, maintainedIn } from './maintained-shape.ts'
import { held, statesIn } from './shape.ts'
import type { Row, RowKey } from './table.ts'

/** Runs are kept for a week, so that one can be replayed, hours and days for over a year. */
export const KEPT_RUNS_MS = 8 * DAY_MS
const KEPT_SUMS_MS = 400 * DAY_MS

/** What is usual is what the last six whole hours say; of a check with too few runs in them, the last day. */
const USUAL_HOURS = 6
const HOURS_OF_A_DAY = 24

/** So many parts of a time are read side by side: of a function with thousands of checks each is some megabytes. */
const PARTS_AT_ONCE = 4

/** An hour is summed up once its last reports have had time to arrive. */
const LATE_REPORTS_MS = 120_000

const SUM_UP_AT_ONCE_MS = 5 * MINUTE_MS
const SUM_UP_AGAIN_MS = 10 * MINUTE_MS

/** 10^7 ms are some hours, 10^8 ms about a day, 10^10 ms some months. */
const HOUR_DIGITS = 7
const DAY_DIGITS = 8
const SEASON_DIGITS = 10

/** Says of which checks, by their ids, maintenance lies over a time. */
export type MaintainedAt = (at: Instant) => ReadonlySet<string>

/**
 * Keeps what a report saw, and whether that was under maintenance, in one item that a repeat writes again. `sentAt` is the queue's clock: a
 * sender's may be ahead.
 */
export async function rememberReport(
  report: Report,
  sentAt: Instant,
  io: Pick<StoreIo, 'checks'>,
  maintainedAt?: MaintainedAt,
): Promise<void> {
  if (report.observations.length === 0) return
  const at = Math.min(report.runner.startedAt - skewMsOf(report, sentAt), sentAt + CLOCK_AHEAD_MS)
  const run = report.runner.run.slice(-12)
  await io.checks.put([
    {
      ...runKey(report.vantage, report.runner.function, at, run),
      ...held(pointsOf(report.observations, maintainedAt?.(at)), pointsShape),
      expiresAt: Math.floor((at + KEPT_RUNS_MS) / 1000),
    },
  ])
}

/**
 * Whether the last whole hour is to be looked for: in each of the first minutes in which it can be summed up, and every ten minutes then,
 * for whoever does that may fail.
 */
export function isTimeToSumUp(now: Instant): boolean {
  const sinceMs = now - hourOf(now) - LATE_REPORTS_MS
  return sinceMs >= 0 && (sinceMs < SUM_UP_AT_ONCE_MS || sinceMs % SUM_UP_AGAIN_MS < MINUTE_MS)
}

/**
 * Sums up the last whole hour of a probe function, unless that has been done: one item for all its checks, and one for the day so far.
 * The hour is written last: if this ends in between, all of it is done again.
 */
export async function sumUpHour(
  vantage: string,
  name: string,
  io: Pick<StoreIo, 'checks' | 'log' | 'now'>,
): Promise<void> {
  const hour = hourOf(io.now()) - HOUR_MS
  if (io.now() < hour + HOUR_MS + LATE_REPORTS_MS) return
  const key = hourKey(vantage, name, hour)
  if ((await io.checks.get(key)) !== undefined) return
  const day = dayOf(hour)
  const [runs, before] = await Promise.all([
    readRuns(vantage, name, hour, hour + HOUR_MS, io),
    readHours(vantage, name, day, hour, io),
  ])
  const summed = sumUp(runs, hour + HOUR_MS)
  const whole = addUp([...before.map(({ checks }) => checks), summed])
  const expiresAt = Math.floor((hour + KEPT_SUMS_MS) / 1000)
  const put = (of: RowKey, what: Pick<Row, 'v' | 'state' | 'maintained'>) =>
    io.checks.put([{ ...of, ...what, expiresAt }])
  await put(dayKey(vantage, name, day), { ...held(whole, dayShape), ...maintainedColumn(whole, day) })
  await put(key, { ...held(summed, hourShape), ...maintainedColumn(summed, hour) })
}

/** What the runs of a probe function between two times have seen, oldest first; kept for a week. */
export async function readRuns(
  vantage: string,
  name: string,
  from: Instant,
  until: Instant,
  io: Pick<StoreIo, 'checks' | 'log'>,
  wanted?: Wanted,
): Promise<Run[]> {
  const parts = await readBetween(
    (at) => runKey(vantage, name, at, ''),
    onlyOf(pointsShape, wanted),
    [from, until],
    HOUR_DIGITS,
    io,
  )
  return parts.map(({ at, state }) => ({ at, points: state }))
}

/** The hours of a probe function between two times, oldest first. */
export async function readHours(
  vantage: string,
  name: string,
  from: Instant,
  until: Instant,
  io: Pick<StoreIo, 'checks' | 'log'>,
  wanted?: Wanted,
): Promise<{ hour: Instant; checks: HourOfCheck[] }[]> {
  const parts = await readBetween(
    (at) => hourKey(vantage, name, at),
    onlyOf(hourShape, wanted),
    [from, until],
    DAY_DIGITS,
    io,
  )
  return parts.map(({ at, state, row }) => ({ hour: at, checks: withMaintained(state, row, at, io.log) }))
}

/** The days of a probe function between two times, by UTC, oldest first; the last one as far as it is summed up. */
export async function readDays(
  vantage: string,
  name: string,
  from: Instant,
  until: Instant,
  io: Pick<StoreIo, 'checks' | 'log'>,
  wanted?: Wanted,
): Promise<{ day: Instant; checks: DayOfCheck[] }[]> {
  const parts = await readBetween(
    (at) => dayKey(vantage, name, at),
    onlyOf(dayShape, wanted),
    [from, until],
    SEASON_DIGITS,
    io,
  )
  return parts.map(({ at, state, row }) => ({ day: at, checks: withMaintained(state, row, at, io.log) }))
}

function withMaintained<C extends DayOfCheck>(checks: C[], row: Row, start: Instant, log: StoreIo['log']): C[] {
  if (row.maintained === undefined) return checks
  try {
    const known = maintainedIn(row.maintained, start)
    return checks.map((check) => ({ ...check, ...(known.has(check.key) && { maintained: known.get(check.key) }) }))
  } catch (error) {
    log({ level: 'error', event: 'maintenance left out', item: `${row.pk} / ${row.sk}`, error: String(error) })
    return checks
  }
}

/** What is usual at a probe function. It changes once an hour, so an instance reads it once an hour. */
export type UsualAt = (vantage: string, name: string, io: StoreIo) => Promise<Map<number, Usual>>

/** Reads how long checks usually take, from the last hours and the day before; each (vantage, function) once an hour, kept in this process. */
export function usualOnceAnHour(): UsualAt {
  const known = new Map<string, { hour: Instant; usual: Map<number, Usual> }>()
  return async (vantage, name, io) => {
    const key = `${vantage}#${name}`
    // Some minutes past the hour its sum is there.
    const hour = hourOf(io.now() - 2 * LATE_REPORTS_MS)
    const cached = known.get(key)
    if (cached?.hour === hour) return cached.usual
    const day = await readHours(vantage, name, hour - HOURS_OF_A_DAY * HOUR_MS, hour, io)
    const recent = day.filter((one) => one.hour >= hour - USUAL_HOURS * HOUR_MS)
    const [ofDay, ofRecent] = [day, recent].map((hours) => usualOf(hours.map(({ checks }) => checks)))
    const usual = new Map([...(ofDay ?? []), ...(ofRecent ?? [])])
    known.set(key, { hour, usual })
    return usual
  }
}

/**
 * What is kept from one time (included) to another, oldest first, by the key of a time. Tables are asked by prefixes of the time: all but
 * its last `digits` digits.
 */
async function readBetween<S>(
  keyOf: (at: Instant) => RowKey,
  shape: Shape<S>,
  [from, until]: [Instant, Instant],
  digits: number,
  { checks, log }: Pick<StoreIo, 'checks' | 'log'>,
): Promise<{ at: Instant; state: S; row: Row }[]> {
  const step = 10 ** digits
  const prefixes: RowKey[] = []
  for (let at = Math.floor(from / step) * step; at < until; at += step) prefixes.push(historyPrefix(keyOf(at), digits))
  const isWithin = (row: Row) => timeOf(row) >= from && timeOf(row) < until
  const parts = await mapAtMost(PARTS_AT_ONCE, prefixes, async ({ pk, sk }) => {
    const rows = (await checks.query(pk, sk)).filter(isWithin)
    return statesIn(rows, shape, checks, log).map(({ row, state }) => ({ at: timeOf(row), state, row }))
  })
  return parts.flat()
}

function timeOf(row: Row): Instant {
  return Number(row.sk.split('#')[1])
}
