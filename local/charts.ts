import type { Instant } from '../shared/contracts/words.ts'
import { HOUR_MS, type HourOfCheck, hourOf, type Run, sumUp } from '../shared/evaluation/history.ts'
import { checkKey } from '../shared/evaluation/record.ts'
import { placeId, type VantageState } from '../shared/evaluation/vantage.ts'
import { readHours, readRuns } from '../shared/store/history.ts'
import type { StoreIo } from '../shared/store/io.ts'
import { readVantages } from '../shared/store/vantages.ts'
import type { LocalConfig } from './config.ts'

type ChecksIo = Pick<StoreIo, 'checks' | 'log'>

export type ChartSpan = 'day' | 'week'

/** A stretch of a check's life at one vantage. */
interface Bucket extends Omit<HourOfCheck, 'key'> {
  at: Instant
}

/** How a check has been, seen from one vantage or place, oldest first; without data there is no bucket. */
interface Series {
  check: string
  vantage: string
  buckets: Bucket[]
}

const DAY_MS = 86_400_000
const QUARTER_MS = 900_000

/** The last hours are summed up a little later. */
const NOT_SUMMED_MS = 2 * HOUR_MS

type Summed = { at: Instant; checks: HourOfCheck[] }[]

/** The last 24 hours in quarters, from each run; or the last seven days in hours, from what has been summed up. */
export async function charts(span: ChartSpan, { config, vantages }: LocalConfig, io: ChecksIo, now: Instant) {
  const bucketMs = span === 'day' ? QUARTER_MS : HOUR_MS
  const from = now - (span === 'day' ? DAY_MS : 7 * DAY_MS)
  const functions = (await readVantages(Object.values(vantages), io)).map(({ state }) => state)
  const series = await Promise.all(
    functions.map(async (state): Promise<Series[]> => {
      const summed = await (span === 'day' ? quarters(state, from, now, io) : hours(state, from, now, io))
      return config.checks.flatMap(({ id }) => seriesOf(id, state, summed))
    }),
  )
  return { span, from, until: now, bucketMs, series: series.flat().filter(({ buckets }) => buckets.length > 0) }
}

async function quarters(state: VantageState, from: Instant, until: Instant, io: ChecksIo): Promise<Summed> {
  return summedBy(QUARTER_MS, await readRuns(state.vantage, state.function, from, until, io), until)
}

async function hours(state: VantageState, from: Instant, until: Instant, io: ChecksIo): Promise<Summed> {
  const { vantage, function: name } = state
  const whole = await readHours(vantage, name, from, until, io)
  const known = new Set(whole.map(({ hour }) => hour))
  const fresh = await readRuns(vantage, name, hourOf(until - NOT_SUMMED_MS), until, io)
  const rest = summedBy(HOUR_MS, fresh, until).filter(({ at }) => !known.has(at))
  return [...whole.map(({ hour, checks }) => ({ at: hour, checks })), ...rest]
}

function summedBy(bucketMs: number, runs: Run[], until: Instant): Summed {
  const buckets = Map.groupBy(runs, ({ at }) => Math.floor(at / bucketMs) * bucketMs)
  return [...buckets].map(([at, own]) => ({ at, checks: sumUp(own, Math.min(at + bucketMs, until)) }))
}

/** A check's own, or those of each of its places. */
function seriesOf(check: string, { vantage, places }: VantageState, summed: Summed): Series[] {
  const named = places?.[check]?.map((place) => ({ vantage: place, id: placeId(check, place) }))
  return (named ?? [{ vantage, id: check }]).map((one) => {
    const key = checkKey(one.id)
    const buckets = summed.flatMap(({ at, checks }) => {
      const found = checks.find((each) => each.key === key)
      if (found === undefined) return []
      const { key: _, ...rest } = found
      return [{ at, ...rest }]
    })
    return { check, vantage: one.vantage, buckets }
  })
}
