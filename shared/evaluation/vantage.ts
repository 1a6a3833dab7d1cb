import type { Fact } from '../contracts/fact.ts'
import type { Decision, Machine } from '../contracts/machine.ts'
import type { Observation, Report } from '../contracts/report.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import { certificateEndsIn } from './certificate.ts'
import {
  type CheckRecord,
  checkKey,
  type PackedRecords,
  pack,
  REMEMBERED_OUTCOMES,
  type Records,
  recordsOf,
  repacked,
} from './record.ts'
import { type Sends, sendsAfter } from './sends.ts'

/** What one probe function at one vantage has seen, for all its checks: one item, one conditional write per report. */
export interface VantageState extends PackedRecords {
  vantage: string
  function: string
  /** When the newest report was sent, by the queue's clock. */
  heardAt: Instant
  /** What runs, by that report; absent: nothing has come since this is kept. */
  version?: string
  /** What was seen of checks that are not up, by check id (or `check@place`). */
  faults: Record<string, Fact>
  /** Of checks whose places are vantages of their own, the places' names. */
  places?: Record<string, string[]>
  /** How its clock differs from the queue's, and since when all its reports have said so; absent while it is right. */
  skew?: Skew
  /** What becomes of its reports in several regions; absent where there is one, and until something is told of them. */
  sends?: Sends
}

/** The version, and form, in which what a probe function has seen is kept. */
export const vantageShape: Shape<VantageState> = {
  current: 2,
  // Records stood one after the other.
  upgrade: ({ state, ...rest }) => {
    const before = state as VantageState
    return { ...rest, state: { ...before, records: repacked(before.records) } }
  },
  check: (state) => void recordsOf(state),
}

export interface Skew {
  since: Instant
  /** Ahead of the queue's clock; negative when behind. */
  ms: number
}

export interface ReportEvent {
  type: 'report'
  report: Report
  /** The queue's own SentTimestamp. */
  sentAt: Instant
  /** After so long without data a check was missing, and is judged afresh; ms. */
  staleAfterMs(check: string): number
}

/** Checks whose verdict may have changed. */
export interface UpdateEffect {
  type: 'update'
  checks: string[]
}

/** A sender's clock may be ahead of the queue's by so much before its times are clamped. */
export const CLOCK_AHEAD_MS = 5_000

/** More than this is a clock that is wrong: between the end of a run and the queue there are seconds. */
const SKEW_MS = 30_000

/** When everything fails, what was seen must not fill the item (DynamoDB: 400 KB); in characters of JSON. */
const FAULTS_CHARACTERS = 40_000

/** A clock counts as wrong, and is told of, when it has been so in all reports of so long. */
export const LASTING_SKEW_MS = 120_000

/** A check that has not been run for so long is gone; the longest interval is a day. */
const FORGOTTEN_MS = 7 * 86_400_000

const SILENT_FOR_GOOD_MS = 30 * 86_400_000
const MS_PER_SECOND = 1000

/**
 * A vantage's state machine. An observation that is not newer than what is known of its check is late or repeated: it changes
 * nothing. Only checks that are not steadily up are judged again.
 */
export const vantageMachine: Machine<VantageState, ReportEvent, UpdateEffect> = {
  shape: vantageShape,
  transition,
  expiresAt: ({ heardAt }) => Math.floor((heardAt + SILENT_FOR_GOOD_MS) / MS_PER_SECOND),
}

function transition(
  state: VantageState | undefined,
  { report, sentAt, staleAfterMs }: ReportEvent,
  now: Instant,
): Decision<VantageState, UpdateEffect, 'late or repeated report' | `${number} observations`> {
  const records: Records = new Map(state && recordsOf(state))
  const faults = faultsOf(state)
  const toUpdate = new Set<string>()
  let fresh = 0
  const skewMs = skewMsOf(report, sentAt, state?.skew)
  const places = { ...state?.places }
  for (const observation of report.observations) {
    const { check } = observation
    const at = Math.min(observation.at - skewMs, sentAt + CLOCK_AHEAD_MS)
    const results = resultsOf(observation)
    const isNews = results.some(({ id }) => at > (records.get(checkKey(id))?.at ?? 0))
    if (isNews && observation.places) places[check] = observation.places.map(({ vantage }) => vantage)
    // Third parties that could not be asked say nothing of their places; a check that looks for itself has none any more.
    else if (isNews && observation.outcome !== 'unknown') delete places[check]
    for (const { id, seen } of results) {
      const key = checkKey(id)
      const before = records.get(key)
      if (before !== undefined && at <= before.at) continue
      fresh++
      const after = extended(before, seen, at, staleAfterMs(check))
      records.set(key, after)
      faults.set(id, seen.outcome === 'up' ? undefined : seen.fault)
      // Whoever judged while this report was on its way found the data missing: what counts is when it is heard.
      const wasMissing = before !== undefined && now - before.at > staleAfterMs(check)
      if (wasMissing || !isSteady(before) || !isSteady(after)) toUpdate.add(check)
    }
  }
  const heardAt = Math.max(state?.heardAt ?? 0, sentAt)
  const version = heardAt === sentAt ? report.runner.version : state?.version
  forget(records, faults.known, places, heardAt)
  if (fresh === 0 && heardAt === state?.heardAt) return { state, outbox: [], reason: 'late or repeated report' }
  return {
    state: {
      vantage: report.vantage,
      function: report.runner.function,
      heardAt,
      ...(version === undefined ? {} : { version }),
      ...pack(records),
      faults: Object.fromEntries(faults.known),
      ...(Object.keys(places).length > 0 ? { places } : {}),
      ...skewAfter(state, report, sentAt),
      ...sendsAfter(state?.sends, report, sentAt),
    },
    outbox: toUpdate.size === 0 ? [] : [{ type: 'update', checks: [...toUpdate] }],
    reason: `${fresh} observations`,
  }
}

/**
 * What a report says of its sender's clock: it is sent when its run ends. One that was kept for a while, because no queue was
 * reached, looks like a clock that is behind; the next one in time shows that it is not.
 */
function skewAfter(state: VantageState | undefined, { runner }: Report, sentAt: Instant): Pick<VantageState, 'skew'> {
  const { heardAt = 0, skew } = state ?? {}
  if (sentAt <= heardAt) return skew === undefined ? {} : { skew }
  const ms = runner.finishedAt - sentAt
  if (Math.abs(ms) <= SKEW_MS) return {}
  return { skew: isLike(skew, ms) ? skew : { since: sentAt, ms } }
}

/**
 * What is to be taken off the times of a report because its sender's clock is wrong, ms; negative for a clock that is behind. A clock
 * that is ahead of `sentAt`, the queue's, is corrected at once, since nothing arrives before it is sent. One that seems to be behind is
 * corrected once all reports of a while say so: a single one may only have been kept for long. Two messages of one report give the
 * same.
 */
export function skewMsOf({ runner }: Pick<Report, 'runner'>, sentAt: Instant, known?: Skew): number {
  const ms = runner.finishedAt - sentAt
  if (ms > SKEW_MS) return isLike(known, ms) ? known.ms : ms
  return ms < -SKEW_MS && isLike(known, ms) && sentAt - known.since >= LASTING_SKEW_MS ? known.ms : 0
}

function isLike(known: Skew | undefined, ms: number): known is Skew {
  return known !== undefined && Math.abs(ms - known.ms) <= SKEW_MS
}

/** What is kept of what was seen: a fault for which there is no room is not. */
function faultsOf(state: VantageState | undefined) {
  const known = new Map(Object.entries(state?.faults ?? {}))
  const sizeOf = (fault: Fact | undefined) => (fault === undefined ? 0 : JSON.stringify(fault).length)
  let left = [...known.values()].reduce((room, fault) => room - sizeOf(fault), FAULTS_CHARACTERS)
  return {
    known,
    set(id: string, fault: Fact | undefined): void {
      left += sizeOf(known.get(id))
      known.delete(id)
      const size = sizeOf(fault)
      if (fault === undefined || size > left) return
      known.set(id, fault)
      left -= size
    },
  }
}

/** What has not been looked at for long is no check any more, or no group of one. */
function forget(records: Records, faults: Map<string, Fact>, places: Record<string, string[]>, heardAt: Instant): void {
  for (const [key, { at }] of records) if (heardAt - at > FORGOTTEN_MS) records.delete(key)
  for (const [check, names] of Object.entries(places))
    if (!names.some((name) => records.has(checkKey(placeId(check, name))))) delete places[check]
  for (const id of faults.keys()) if (!records.has(checkKey(id))) faults.delete(id)
}

/** The name under which a place of a check is remembered. */
export function placeId(check: string, place: string): string {
  return `${check}@${place}`
}

type Result = Pick<Observation, 'outcome' | 'latencyMs' | 'fault'> & Pick<CheckRecord, 'certificateEnds'>

/** What an observation says: one thing of its check, or one of each of its places. */
function resultsOf(observation: Observation): { id: string; seen: Result }[] {
  const { check, places } = observation
  if (places === undefined) return [{ id: check, seen: { ...observation, ...certificateEndsIn(observation) } }]
  return places.map((place) => ({ id: placeId(check, place.vantage), seen: place }))
}

/** What is remembered of a check, with one more run of it. */
export function extended(
  before: CheckRecord | undefined,
  seen: Result,
  at: Instant,
  staleAfterMs: number,
): CheckRecord {
  const outcomes = [...(before?.outcomes ?? []), seen.outcome].slice(-REMEMBERED_OUTCOMES)
  // A run that came to no certificate says nothing of one; one that is up without a word of it has none any more.
  const isWithout = seen.outcome === 'up' && seen.fault === undefined
  const certificateEnds = seen.certificateEnds ?? (isWithout ? undefined : before?.certificateEnds)
  const record: CheckRecord = {
    ...{ outcomes, at, latencyMs: seen.latencyMs ?? 0 },
    ...(certificateEnds === undefined ? {} : { certificateEnds }),
  }
  // What was while nobody looked for long is not known, nor what could not be seen in all the runs that are remembered.
  const isGap = before !== undefined && at - before.at > staleAfterMs
  const known = isGap || outcomes.every((outcome) => outcome === 'unknown') ? undefined : before?.troubledSince
  const troubledSince = known ?? (seen.outcome === 'unknown' ? undefined : at)
  return seen.outcome === 'up' || troubledSince === undefined ? record : { ...record, troubledSince }
}

/** Nothing can have changed for a check that was up all the time it is remembered, and long enough to be confirmed. */
function isSteady(record: CheckRecord | undefined): boolean {
  return record?.outcomes.length === REMEMBERED_OUTCOMES && record.outcomes.every((outcome) => outcome === 'up')
}
