import type { Report } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'
import {
  HOUR_MS,
  type HourOfCheck,
  hourOf,
  type Point,
  packHour,
  packPoints,
  sumUp,
  unpackHour,
  unpackPoints,
} from '../evaluation/history.ts'
import { type Usual, usualOf } from '../evaluation/usual.ts'
import { CLOCK_AHEAD_MS, skewMsOf } from '../evaluation/vantage.ts'
import type { StoreIo } from './io.ts'
import type { Row } from './table.ts'

/** Minutes are kept for two days, hours for over a year. */
const KEPT_MINUTES_MS = 2 * 86_400_000
const KEPT_HOURS_MS = 400 * 86_400_000

/** What is usual is what the last six whole hours say; of a check with too few runs in them, the last day. */
const USUAL_HOURS = 6
const HOURS_OF_A_DAY = 24

/** An hour is summed up once its last reports have had time to arrive. */
const LATE_REPORTS_MS = 120_000

/** 10^7 ms are some hours, 10^8 ms about a day. */
const HOUR_DIGITS = 7
const DAY_DIGITS = 8

/** One item per report, put once: a repeat writes the same. `sentAt` is the queue's clock: a sender's may be ahead. */
export async function rememberReport(report: Report, sentAt: Instant, io: Pick<StoreIo, 'checks'>): Promise<void> {
  if (report.observations.length === 0) return
  const at = Math.min(report.runner.startedAt - skewMsOf(report, sentAt), sentAt + CLOCK_AHEAD_MS)
  const run = report.runner.run.slice(-12)
  await io.checks.put([
    {
      pk: historyKey(report.vantage, report.runner.function),
      sk: `m#${padded(at)}#${run}`,
      state: packPoints(report.observations),
      expiresAt: Math.floor((at + KEPT_MINUTES_MS) / 1000),
    },
  ])
}

/** Sums up the last whole hour of a probe function, unless that has been done: one item for all its checks. */
export async function sumUpHour(vantage: string, name: string, io: StoreIo): Promise<void> {
  const hour = hourOf(io.now()) - HOUR_MS
  if (io.now() < hour + HOUR_MS + LATE_REPORTS_MS) return
  const pk = historyKey(vantage, name)
  const sk = `h#${padded(hour)}`
  if ((await io.checks.get({ pk, sk })) !== undefined) return
  const runs = await readRuns(vantage, name, hour, hour + HOUR_MS, io)
  const points = runs.flatMap((run) => run.points)
  const expiresAt = Math.floor((hour + KEPT_HOURS_MS) / 1000)
  await io.checks.put([{ pk, sk, state: packHour(sumUp(points)), expiresAt }])
}

/** What the runs of a probe function between two times have seen, oldest first; kept for two days. */
export async function readRuns(
  vantage: string,
  name: string,
  from: Instant,
  until: Instant,
  io: Pick<StoreIo, 'checks'>,
): Promise<{ at: Instant; points: Point[] }[]> {
  const rows = await readBetween(historyKey(vantage, name), 'm#', from, until, HOUR_DIGITS, io)
  return rows.map((row) => ({ at: timeOf(row), points: unpackPoints(row.state ?? '') }))
}

/** The hours of a probe function between two times, oldest first. */
export async function readHours(
  vantage: string,
  name: string,
  from: Instant,
  until: Instant,
  io: Pick<StoreIo, 'checks'>,
): Promise<{ hour: Instant; checks: HourOfCheck[] }[]> {
  const rows = await readBetween(historyKey(vantage, name), 'h#', from, until, DAY_DIGITS, io)
  return rows.map((row) => ({ hour: timeOf(row), checks: unpackHour(row.state ?? '') }))
}

/** What is usual at a probe function. It changes once an hour, so an instance reads it once an hour. */
export type UsualAt = (vantage: string, name: string, io: StoreIo) => Promise<Map<number, Usual>>

export function usualOnceAnHour(): UsualAt {
  const known = new Map<string, { hour: Instant; usual: Map<number, Usual> }>()
  return async (vantage, name, io) => {
    const key = historyKey(vantage, name)
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
 * Items from one time (included) to another. Tables are asked by prefixes of the time: all but its last `digits` digits.
 */
async function readBetween(
  pk: string,
  kind: 'm#' | 'h#',
  from: Instant,
  until: Instant,
  digits: number,
  io: Pick<StoreIo, 'checks'>,
): Promise<Row[]> {
  const step = 10 ** digits
  const prefixes: string[] = []
  for (let at = Math.floor(from / step) * step; at < until; at += step)
    prefixes.push(kind + padded(at).slice(0, -digits))
  const rows = (await Promise.all(prefixes.map((prefix) => io.checks.query(pk, prefix)))).flat()
  return rows.filter((row) => timeOf(row) >= from && timeOf(row) < until)
}

function timeOf(row: Row): Instant {
  return Number(row.sk.split('#')[1])
}

function historyKey(vantage: string, name: string): string {
  return `history#${vantage}#${name}`
}

function padded(at: number): string {
  return String(at).padStart(14, '0')
}
