import type { Observation, Report } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'
import type { Decision, Machine } from '../state/machine.ts'
import { type CheckRecord, checkKey, pack, REMEMBERED_OUTCOMES, unpack } from './record.ts'

/** What one probe function at one vantage has seen, for all its checks: one item, one conditional write per report. */
export interface VantageState {
  vantage: string
  function: string
  /** When the newest report was sent, by the queue's clock. */
  heardAt: Instant
  records: string
  /** What was seen of checks that are not up, by check id. */
  details: Record<string, string>
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
export interface JudgeEffect {
  type: 'judge'
  checks: string[]
}

/** A sender's clock may be ahead of the queue's by so much before its times are clamped. */
export const CLOCK_AHEAD_MS = 5_000

const MAX_DETAIL = 100

/** Details of so many checks are kept: when everything fails their sentences must not fill the item (DynamoDB: 400 KB). */
const MAX_DETAILS = 200

const SILENT_FOR_GOOD_MS = 30 * 86_400_000
const MS_PER_SECOND = 1000

/**
 * A vantage's state machine. An observation that is not newer than what is known of its check is late or repeated: it changes
 * nothing. Only checks that are not steadily up are judged again.
 */
export const vantageMachine: Machine<VantageState, ReportEvent, JudgeEffect> = {
  transition,
  expiresAt: ({ heardAt }) => Math.floor((heardAt + SILENT_FOR_GOOD_MS) / MS_PER_SECOND),
}

function transition(
  state: VantageState | undefined,
  { report, sentAt, staleAfterMs }: ReportEvent,
  now: Instant,
): Decision<VantageState, JudgeEffect> {
  const records = unpack(state?.records ?? '')
  const details = new Map(Object.entries(state?.details ?? {}))
  const judged = new Set<string>()
  let fresh = 0
  for (const observation of report.observations) {
    const at = Math.min(observation.at, sentAt + CLOCK_AHEAD_MS)
    const key = checkKey(observation.check)
    const before = records.get(key)
    if (before !== undefined && at <= before.at) continue
    fresh++
    const after = extended(before, observation, at)
    records.set(key, after)
    details.delete(observation.check)
    if (observation.outcome !== 'up' && observation.detail && details.size < MAX_DETAILS)
      details.set(observation.check, observation.detail.slice(0, MAX_DETAIL))
    // Whoever judged while this report was on its way found the data missing: what counts is when it is heard.
    const wasMissing = before !== undefined && now - before.at > staleAfterMs(observation.check)
    if (wasMissing || !isSteady(before) || !isSteady(after)) judged.add(observation.check)
  }
  const heardAt = Math.max(state?.heardAt ?? 0, sentAt)
  if (fresh === 0 && heardAt === state?.heardAt) return { state, outbox: [], reason: 'late or repeated report' }
  return {
    state: {
      vantage: report.vantage,
      function: report.runner.function,
      heardAt,
      records: pack(records),
      details: Object.fromEntries(details),
    },
    outbox: judged.size === 0 ? [] : [{ type: 'judge', checks: [...judged] }],
    reason: `${fresh} observations`,
  }
}

function extended(before: CheckRecord | undefined, observation: Observation, at: Instant): CheckRecord {
  return {
    outcomes: [...(before?.outcomes ?? []), observation.outcome].slice(-REMEMBERED_OUTCOMES),
    at,
    latencyMs: observation.latencyMs ?? 0,
  }
}

/** Nothing can have changed for a check that was up all the time it is remembered, and long enough to be confirmed. */
function isSteady(record: CheckRecord | undefined): boolean {
  return record?.outcomes.length === REMEMBERED_OUTCOMES && record.outcomes.every((outcome) => outcome === 'up')
}
