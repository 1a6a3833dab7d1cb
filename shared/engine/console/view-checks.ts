import { forEachAtMost } from '../../contracts/at-most.ts'
import type { CompiledCheck, CompiledConfig } from '../../contracts/compiled-config.ts'
import { DAY_MS, HOUR_MS } from '../../contracts/milliseconds.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant, VerdictWord } from '../../contracts/words.ts'
import { firstCertificateEnd } from '../../evaluation/certificate.ts'
import {
  type Availability,
  type DayOfCheck,
  dayOf,
  type HourOfCheck,
  hourOf,
  type Latency,
  withMaintenance,
} from '../../evaluation/history.ts'
import { checkKey } from '../../evaluation/record.ts'
import { placeId, type VantageState } from '../../evaluation/vantage.ts'
import { seenOf, type VantageRecords } from '../../evaluation/vantages.ts'
import { readDays } from '../../store/history.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVantages } from '../../store/vantages.ts'
import { readVerdicts } from '../../store/verdicts.ts'
import { readHoursUntilNow, type SummedHour } from './hours.ts'
import { type Part, type Uptime, uptimeDays, uptimeOver } from './uptime.ts'

/** An hour is a cell of a heat strip. */
export const CELLS = 24

/** What one vantage, or place, has seen of a check in the last 24 hours. */
export interface VantageDay {
  vantage: string
  /** The oldest first; undefined: nothing is known of that hour. */
  cells: (HourOfCheck | undefined)[]
  /** What is usual in these hours; absent: nothing has answered. */
  usual?: Latency
}

/** A check as the list shows it. */
export interface CheckSummary {
  check: CompiledCheck
  verdict: VerdictWord
  since?: Instant
  from: VantageDay[]
  /** By `uptimeDays`; absent: nothing is known. */
  uptime: (Uptime | undefined)[]
  /** What was seen during maintenance is part of its uptime. */
  countsMaintenance: boolean
  /** When the first of its certificates ends; absent: no vantage is shown one. */
  certificateEnds?: Instant
}

/** What is kept of the checks from one probe function, as far as the list needs it. */
export interface FunctionHistory extends VantageRecords {
  hours: SummedHour[]
  days: { day: Instant; checks: DayOfCheck[] }[]
  /** The checks, by their ids, to whose availability what was seen during maintenance has been added. */
  counting: ReadonlySet<string>
}

type Io = Pick<StoreIo, 'checks' | 'log' | 'now'>
type Config = Pick<CompiledConfig, 'checks' | 'projects'>

const worst: Record<VerdictWord, number> = { down: 0, degraded: 1, unknown: 2, up: 3 }

/** The checks with what is believed of each, the worst first, then by project as they are configured. Rejects when the table does. */
export async function orderedChecks(
  { checks }: Pick<CompiledConfig, 'checks'>,
  io: Io,
): Promise<Pick<CheckSummary, 'check' | 'verdict' | 'since'>[]> {
  const states = await readVerdicts(
    checks.map(({ id }) => id),
    io,
  )
  const known = new Map(states.map((state) => [state.id, state]))
  const all = checks.map((check) => {
    const state = known.get(check.id)
    return { check, verdict: state?.verdict ?? 'unknown', ...(state && { since: state.since }) }
  })
  return all.toSorted((one, other) => worst[one.verdict] - worst[other.verdict])
}

/** One function's history at a time is whole in memory. */
const AT_ONCE = 2

/**
 * Reads what is kept of some checks at each probe function, by hours from `since` on, or of the last 24: items whose number does not grow with
 * the checks. Rejects when the table does.
 */
export async function readHistories(
  wanted: string[],
  config: Config,
  io: Io,
  since = hourOf(io.now()) - (CELLS - 1) * HOUR_MS,
): Promise<FunctionHistory[]> {
  const now = io.now()
  const checks = config.checks.filter(({ id }) => wanted.includes(id))
  const counting = new Set(
    checks.filter(({ project }) => ownProperty(config.projects, project)?.maintenanceCounts).map(({ id }) => id),
  )
  const known = await readVantages(
    checks.flatMap(({ from }) => from),
    io,
  )
  const histories: FunctionHistory[] = []
  const read = async ({ state, records }: VantageRecords) => {
    const { vantage, function: name } = state
    const keysOf = (ids: Iterable<string>) => new Set([...ids].flatMap((id) => keysAt(id, state).map(({ key }) => key)))
    const [keys, whole] = [keysOf(wanted), keysOf(counting)]
    const counted = <C extends DayOfCheck>(all: C[]) =>
      whole.size === 0 ? all : all.map((one) => (whole.has(one.key) ? withMaintenance(one) : one))
    const isWanted = ({ key }: { key: number }) => keys.has(key)
    const [hours, days] = await Promise.all([
      readHoursUntilNow(state, since, io, isWanted),
      readDays(vantage, name, dayOf(now) - 90 * DAY_MS, dayOf(now), io, isWanted),
    ])
    histories.push({
      state,
      records: new Map([...records].filter(([key]) => keys.has(key))),
      hours: hours.map((hour) => ({ ...hour, checks: counted(hour.checks) })),
      days: days.map((day) => ({ ...day, checks: counted(day.checks) })),
      counting,
    })
  }
  await forEachAtMost(known, read, AT_ONCE)
  return histories.toSorted((one, other) => one.state.vantage.localeCompare(other.state.vantage))
}

/** Puts together what is known of some checks; `now` is when the histories were read. */
export function summarise(
  checks: Pick<CheckSummary, 'check' | 'verdict' | 'since'>[],
  histories: FunctionHistory[],
  now: Instant,
): CheckSummary[] {
  const indexed = histories.map(({ state, hours, days }) => ({
    state,
    hours: new Map(hours.map((hour) => [hour.at, new Map(hour.checks.map((one) => [one.key, one]))])),
    days: days.map(({ day, checks }) => ({ day, of: new Map(checks.map((one) => [one.key, one])) })),
  }))
  return checks.map((summary) => {
    const { id, from } = summary.check
    const known = indexed
      .filter(({ state }) => from.includes(state.vantage))
      .flatMap((one) => keysAt(id, one.state).map((own) => ({ ...one, ...own })))
    const seen = known.map(({ vantage, key, hours }): VantageDay => {
      const cells = cellStarts(now).map((at) => hours.get(at)?.get(key))
      return { vantage, cells, ...usualOver(cells) }
    })
    const byHour = seen.flatMap(({ cells }) => cellStarts(now).flatMap((at, index) => partAt(at, cells[index])))
    const before = known.flatMap(({ days, key }) => days.flatMap(({ day, of }) => partAt(day, of.get(key))))
    const today = byHour.filter(({ at }) => at >= dayOf(now)).map((part) => ({ ...part, at: dayOf(now) }))
    const uptime = uptimeDays.map((count) => {
      if (count === 1) return uptimeOver(byHour)
      const first = dayOf(now) - (count - 1) * DAY_MS
      return uptimeOver([...before.filter(({ at }) => at >= first), ...today])
    })
    const certificateEnds = firstCertificateEnd(summary.check, seenOf(summary.check, histories), now)
    return {
      ...summary,
      from: seen.filter(({ cells }) => cells.some((cell) => cell !== undefined)),
      uptime,
      countsMaintenance: histories.some(({ counting }) => counting.has(id)),
      ...(certificateEnds !== undefined && { certificateEnds }),
    }
  })
}

/** When each cell of a heat strip begins, the oldest first. */
export function cellStarts(now: Instant): Instant[] {
  return Array.from({ length: CELLS }, (_, index) => hourOf(now) - (CELLS - 1 - index) * HOUR_MS)
}

/** The keys of a check at a probe function: its own, or those of its places. */
export function keysAt(id: string, { vantage, places }: VantageState): { vantage: string; key: number }[] {
  const named = places?.[id]?.map((place) => ({ vantage: place, key: checkKey(placeId(id, place)) }))
  return named ?? [{ vantage, key: checkKey(id) }]
}

function partAt(at: Instant, known: Availability | undefined): Part[] {
  return known === undefined ? [] : [{ at, upMs: known.upMs, knownMs: known.knownMs }]
}

/** The middle of the hours' medians, and of their 95th percentiles. */
export function usualOver(hours: (Latency | undefined)[]): { usual?: Latency } {
  const answered = hours.filter((hour) => hour !== undefined && hour.medianMs > 0) as Latency[]
  if (answered.length === 0) return {}
  return { usual: { medianMs: middle(answered, 'medianMs'), p95Ms: middle(answered, 'p95Ms') } }
}

function middle(hours: Latency[], of: keyof Latency): number {
  return hours.map((hour) => hour[of]).toSorted((a, b) => a - b)[Math.floor(hours.length / 2)] ?? 0
}
