import { inOrder } from '../contracts/arrival.ts'
import type { FactOf } from '../contracts/fact.ts'
import type { Heartbeat } from '../contracts/heartbeat.ts'
import type { Decision, Machine } from '../contracts/machine.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'
import type { UpdateEffect } from './vantage.ts'

/** A `heartbeat` check, compiled. */
export interface HeartbeatSpec {
  /** The job reports at least so often. */
  periodMs: number
  /** It may be so late. */
  graceMs: number
}

/** The last report of a job, and since when it is watched. */
export interface HeartbeatRecord {
  /** Since when its reports are waited for. */
  watchedSince: Instant
  /** `at`: when our queue took it; `saidAt`: by the job's own clock. */
  last?: { at: Instant; saidAt?: Instant; status: 'ok' | 'fail'; detail?: string; log?: string; run?: string }
  /** Runs that have begun and not ended, oldest first; one without a name is the one without a name. */
  begun?: { at: Instant; run?: string }[]
}

/** So many runs of a job side by side are watched; the oldest are given up first. */
const MOST_RUNS = 20

type Nothing = Record<never, never>

/** Why a job is not up, or what it said with its report. */
export type HeartbeatFault = FactOf<{
  'no-report-yet': Nothing
  'never-reported': { periodMs: number }
  'report-late': { agoMs: number; periodMs: number }
  'job-failed': Nothing
  /** It has said that it began, and not that it ended. */
  'not-ended': { agoMs: number; graceMs: number }
  /** What it said of itself with its last report. */
  'job-says': { said: string }
}>

export interface HeartbeatVerdict {
  verdict: VerdictWord
  fault?: HeartbeatFault
  /** What the run that it is judged by has written. */
  log?: string
  /** When it is late unless it reports before: the moment to judge again. In the past once it is late. */
  lateAt: Instant
}

/**
 * Takes a report into the record of a job; gives the same record if it has one as new, because queues repeat and overtake. The
 * period counts from `takenAt`, when our queue took the report: the clock of a job may be wrong, and only tells its own reports
 * apart.
 */
export function reported(record: HeartbeatRecord, report: Heartbeat, takenAt: Instant): HeartbeatRecord {
  const { status, detail, log, at: saidAt, run } = report
  if (status === 'start') return begun(record, run, takenAt)
  // Of runs side by side, the end of one may be no newer than that of another.
  const ended = withoutRun(record, run, takenAt)
  if (!isNews(record, report, takenAt)) return ended
  return {
    ...ended,
    last: {
      at: takenAt,
      ...(saidAt !== undefined && { saidAt }),
      status,
      ...(detail !== undefined && { detail }),
      ...(log !== undefined && { log }),
      ...(run !== undefined && { run }),
    },
  }
}

function isNews({ last }: HeartbeatRecord, { check, at: saidAt }: Heartbeat, takenAt: Instant): boolean {
  if (last === undefined) return true
  if (saidAt !== undefined && saidAt === last.saidAt) return false
  const arrival = (taken: Instant, at: Instant | undefined) => ({ takenAt: taken, source: check, at })
  return inOrder(arrival(takenAt, saidAt), arrival(last.at, last.saidAt)) > 0
}

/** Without a run that ended at `at`; the same record if it is not known to have begun. */
function withoutRun(record: HeartbeatRecord, run: string | undefined, at: Instant): HeartbeatRecord {
  const { begun = [], ...rest } = record
  const others = begun.filter((one) => one.run !== run || one.at > at)
  if (others.length === begun.length) return record
  return others.length > 0 ? { ...rest, begun: others } : rest
}

/** With a run that begins; the same record if that is known, or the run has ended already. */
function begun(record: HeartbeatRecord, run: string | undefined, at: Instant): HeartbeatRecord {
  const { last, begun: known = [] } = record
  const hasEnded = last !== undefined && last.run === run && last.at >= at
  if (hasEnded || known.some((one) => one.run === run && one.at >= at)) return record
  const others = known.filter((one) => one.run !== run)
  const one = run === undefined ? { at } : { at, run }
  return { ...record, begun: [...others, one].toSorted((a, b) => a.at - b.at).slice(-MOST_RUNS) }
}

/**
 * Judges a job at `now`. It is late, and down, after its period and grace, whether it has ever reported or not; before its
 * first report it is unknown. A failed run is down until one that did not fail, and so is one that has begun and not ended within
 * the grace.
 */
export function heartbeatVerdict(
  spec: HeartbeatSpec,
  { watchedSince, last, begun = [] }: HeartbeatRecord,
  now: Instant,
): HeartbeatVerdict {
  const silentAt = (last?.at ?? watchedSince) + spec.periodMs + spec.graceMs
  const [first] = begun
  const lateAt = Math.min(silentAt, first === undefined ? silentAt : first.at + spec.graceMs)
  const written = last?.log === undefined ? {} : { log: last.log }
  if (now > silentAt) return { verdict: 'down', fault: lateness(spec, last, now), ...written, lateAt }
  if (first !== undefined && now > lateAt) {
    const args = { agoMs: now - first.at, graceMs: spec.graceMs }
    return { verdict: 'down', fault: { code: 'not-ended', args }, lateAt }
  }
  if (last === undefined) return { verdict: 'unknown', fault: { code: 'no-report-yet', args: {} }, lateAt }
  const said: { fault?: HeartbeatFault } =
    last.detail === undefined ? {} : { fault: { code: 'job-says', args: { said: last.detail } } }
  if (last.status === 'fail')
    return { verdict: 'down', fault: { code: 'job-failed', args: {} }, ...said, ...written, lateAt }
  return { verdict: 'up', ...said, ...written, lateAt }
}

function lateness({ periodMs }: HeartbeatSpec, last: HeartbeatRecord['last'], now: Instant): HeartbeatFault {
  if (last === undefined) return { code: 'never-reported', args: { periodMs } }
  return { code: 'report-late', args: { agoMs: now - last.at, periodMs } }
}

export type HeartbeatEvent =
  | { type: 'heartbeat'; report: Heartbeat; takenAt: Instant; spec: HeartbeatSpec }
  /** From now on it is waited for, or, when it was already, by what its check says now. */
  | { type: 'watched'; spec: HeartbeatSpec }
  /** Its check is no longer configured. */
  | { type: 'removed' }

/** `removed`: nobody waits for it any more; if somebody does again, that is from the beginning. */
export type HeartbeatState = HeartbeatRecord & { check: string; lateAt: Instant; removed?: true }
/** The version, and form, in which a job's heartbeat is kept. */
export const heartbeatShape: Shape<HeartbeatState> = { current: 1 }

type HeartbeatReason = HeartbeatEvent['type'] | 'watched already' | 'late or repeated heartbeat' | 'not waited for'

/** The heartbeat's state machine: one item per check, due when the job will be late. */
export function heartbeatMachine(check: string): Machine<HeartbeatState, HeartbeatEvent, UpdateEffect> {
  return {
    shape: heartbeatShape,
    transition(state, event, now): Decision<HeartbeatState, UpdateEffect, HeartbeatReason> {
      if (event.type === 'removed') return removed(state)
      const before: HeartbeatRecord = state === undefined || state.removed ? { watchedSince: now } : state
      const record = event.type === 'watched' ? before : reported(before, event.report, event.takenAt)
      const { lateAt } = heartbeatVerdict(event.spec, record, now)
      if (record === state && lateAt === state.lateAt)
        return {
          state,
          outbox: [],
          reason: event.type === 'watched' ? 'watched already' : 'late or repeated heartbeat',
        }
      return { state: { ...record, check, lateAt }, outbox: [{ type: 'update', checks: [check] }], reason: event.type }
    },
    dueAt: ({ lateAt, removed }) => (removed ? undefined : lateAt + 1),
  }
}

function removed(state: HeartbeatState | undefined): Decision<HeartbeatState, never, HeartbeatReason> {
  if (state === undefined || state.removed) return { state, outbox: [], reason: 'not waited for' }
  return { state: { ...state, removed: true }, outbox: [], reason: 'removed' }
}
