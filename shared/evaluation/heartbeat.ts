import { inOrder } from '../contracts/arrival.ts'
import type { FactOf } from '../contracts/fact.ts'
import type { Heartbeat } from '../contracts/heartbeat.ts'
import { type Decision, type Machine, rulesFrom } from '../contracts/machine.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'
import { type UpdateEffect, updateEffects } from './vantage.ts'

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
  last?: { at: Instant; saidAt?: Instant; status: 'ok' | 'fail'; detail?: string }
}

type Nothing = Record<never, never>

/** Why a job is not up, or what it said with its report. */
export type HeartbeatFault = FactOf<{
  'no-report-yet': Nothing
  'never-reported': { periodMs: number }
  'report-late': { agoMs: number; periodMs: number }
  'job-failed': Nothing
  /** What it said of itself with its last report. */
  'job-says': { said: string }
}>

export interface HeartbeatVerdict {
  verdict: VerdictWord
  fault?: HeartbeatFault
  /** When it is late unless it reports before: the moment to judge again. In the past once it is late. */
  lateAt: Instant
}

/**
 * Takes a report into a job's record; gives the same record if the report is not newer, because queues repeat and overtake. The period
 * counts from `takenAt`, when our queue took the report: a job's clock may be wrong, and only tells its own reports apart.
 */
export function reported(record: HeartbeatRecord, report: Heartbeat, takenAt: Instant): HeartbeatRecord {
  const { status, detail, at: saidAt } = report
  const { last } = record
  if (last !== undefined) {
    if (saidAt !== undefined && saidAt === last.saidAt) return record
    const arrival = (taken: Instant, at: Instant | undefined) => ({ takenAt: taken, source: report.check, at })
    if (inOrder(arrival(takenAt, saidAt), arrival(last.at, last.saidAt)) <= 0) return record
  }
  const said = saidAt === undefined ? {} : { saidAt }
  return { ...record, last: { at: takenAt, ...said, status, ...(detail === undefined ? {} : { detail }) } }
}

/**
 * Judges a job at `now`. It is late, and down, after its period and grace, whether it has ever reported or not; before its
 * first report it is unknown. A failed run is down until one that did not fail.
 */
export function heartbeatVerdict(
  spec: HeartbeatSpec,
  { watchedSince, last }: HeartbeatRecord,
  now: Instant,
): HeartbeatVerdict {
  const allowedMs = spec.periodMs + spec.graceMs
  const lateAt = (last?.at ?? watchedSince) + allowedMs
  if (now > lateAt) {
    return { verdict: 'down', fault: lateness(spec, last, now), lateAt }
  }
  if (last === undefined) return { verdict: 'unknown', fault: { code: 'no-report-yet', args: {} }, lateAt }
  const said: { fault?: HeartbeatFault } =
    last.detail === undefined ? {} : { fault: { code: 'job-says', args: { said: last.detail } } }
  if (last.status === 'fail') return { verdict: 'down', fault: { code: 'job-failed', args: {} }, ...said, lateAt }
  return { verdict: 'up', ...said, lateAt }
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
export const heartbeatShape: Shape<HeartbeatState> = { current: 1 }

/** The heartbeat's state machine: one item per check, due when the job will be late. */
export function heartbeatMachine(check: string): Machine<HeartbeatState, HeartbeatEvent, UpdateEffect> {
  return {
    shape: heartbeatShape,
    transition: (state, event, now) => {
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
    ruleOf: rulesFrom(updateEffects),
    dueAt: ({ lateAt, removed }) => (removed ? undefined : lateAt + 1),
  }
}

function removed(state: HeartbeatState | undefined): Decision<HeartbeatState, never> {
  if (state === undefined || state.removed) return { state, outbox: [], reason: 'not waited for' }
  return { state: { ...state, removed: true }, outbox: [], reason: 'removed' }
}
