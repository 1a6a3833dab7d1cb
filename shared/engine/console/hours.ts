import { HOUR_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import { type HourOfCheck, hourOf, sumUp } from '../../evaluation/history.ts'
import type { VantageState } from '../../evaluation/vantage.ts'
import { readHours, readRuns } from '../../store/history.ts'
import type { Wanted } from '../../store/history-shapes.ts'
import type { StoreIo } from '../../store/io.ts'

/** The last hours are summed up a little later. */
const NOT_SUMMED_MS = 2 * HOUR_MS

/** An hour of a probe function, with all its checks. */
export interface SummedHour {
  at: Instant
  checks: HourOfCheck[]
}

/**
 * The hours of a probe function until now, oldest first: those that are kept, and the newest from its runs, of which there are as many as an
 * hour has minutes. `wanted`: of which checks.
 */
export async function readHoursUntilNow(
  { vantage, function: name }: Pick<VantageState, 'vantage' | 'function'>,
  from: Instant,
  io: Pick<StoreIo, 'checks' | 'log' | 'now'>,
  wanted: Wanted,
): Promise<SummedHour[]> {
  const now = io.now()
  const kept = await readHours(vantage, name, from, now, io, wanted)
  const known = new Set(kept.map(({ hour }) => hour))
  const late = [hourOf(now - NOT_SUMMED_MS), hourOf(now - HOUR_MS), hourOf(now)]
  const first = late.find((hour) => !known.has(hour)) ?? hourOf(now)
  const runs = await readRuns(vantage, name, first, now + 1, io, wanted)
  const fresh = [...Map.groupBy(runs, ({ at }) => hourOf(at))]
    .filter(([hour]) => !known.has(hour))
    .map(([at, own]) => ({ at, checks: sumUp(own, Math.min(at + HOUR_MS, now)) }))
  return [...kept.map(({ hour, checks }) => ({ at: hour, checks })), ...fresh]
}
