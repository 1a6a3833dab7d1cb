import type { CompiledCheck, CompiledConfig } from '../config/compiled.ts'
import type { Report } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'
import { type Judgement, judge, type Seen, staleAfterMs } from '../evaluation/judge.ts'
import { checkKey, unpack } from '../evaluation/record.ts'
import { type JudgeEffect, type ReportEvent, type VantageState, vantageMachine } from '../evaluation/vantage.ts'
import {
  type AlertEffect,
  type JudgedEvent,
  type VerdictState,
  type VerdictSubject,
  verdictMachine,
} from '../evaluation/verdict.ts'
import { type Acted, type ActIo, act } from '../state/act.ts'
import type { Row, RowKey } from '../state/table.ts'
import { inTurns } from './in-turns.ts'
import { takeAlert } from './incidents.ts'
import { logFailure, type PathIo } from './io.ts'

/** The parts of the configuration that judging needs. */
export type JudgingConfig = Pick<CompiledConfig, 'checks' | 'projects'>

/** One report: one conditional write of its vantage's item, then the verdicts that may have changed. */
export async function takeReport(report: Report, sentAt: Instant, config: JudgingConfig, io: PathIo): Promise<string> {
  const checks = byId(config)
  const key = vantageKey(report.vantage, report.runner.function)
  const event: ReportEvent = {
    type: 'report',
    report,
    sentAt,
    staleAfterMs: (id) => {
      const check = checks.get(id)
      return check === undefined ? Number.POSITIVE_INFINITY : staleAfterMs(check)
    },
  }
  const acted = await act(vantageMachine, key, { event }, vantageIo(config, io))
  io.log({ event: 'report', vantage: report.vantage, run: report.runner.run, reason: acted.reason })
  return acted.reason
}

/**
 * Judges checks from what all their vantages know now. The verdict is read before the vantages, and written only if it is
 * still the one that was read: so two vantages reporting at once can't both miss the majority.
 */
export async function judgeChecks(ids: string[], config: JudgingConfig, io: PathIo): Promise<void> {
  const checks = byId(config)
  const known = ids.flatMap((id) => checks.get(id) ?? [])
  const rows = new Map(
    (await io.checks.getMany(known.map((check) => verdictKey(check.id)))).map((row) => [row.pk, row]),
  )
  const vantages = await readVantages(new Set(known.flatMap((check) => check.from)), io)
  await inTurns(known, async (check) => {
    let seen: VantageRecords[] | undefined = vantages
    const gather = async (): Promise<JudgedEvent> => {
      const current = seen ?? (await readVantages(new Set(check.from), io))
      // A conflict means that somebody else has judged: the next try looks afresh.
      seen = undefined
      return judged(check, current, io.now())
    }
    await act(verdictMachine, verdictKey(check.id), { gather }, verdictIo(config, io), {
      row: rows.get(verdictKey(check.id).pk),
    })
  })
}

/** Raises or resolves an alert about Fenghuo itself, once per change. */
export function judgeOwn(
  subject: Omit<VerdictSubject, 'project'>,
  verdict: 'up' | 'down',
  summary: string,
  config: JudgingConfig,
  io: PathIo,
): Promise<Acted<VerdictState>> {
  const judgement: Judgement = { verdict, sightings: [], known: 0 }
  const event: JudgedEvent = { type: 'judged', subject: { ...subject, project: 'fenghuo' }, judgement, summary }
  return act(verdictMachine, verdictKey(subject.id), { event }, verdictIo(config, io))
}

/** Delivers what a crash has left in a vantage's outbox. */
export async function deliverVantage(key: RowKey, config: JudgingConfig, io: PathIo): Promise<void> {
  await act(vantageMachine, { pk: key.pk, sk: key.sk }, 'deliver', vantageIo(config, io))
}

/** Delivers what a crash has left in a verdict's outbox. */
export async function deliverVerdict(key: RowKey, config: JudgingConfig, io: PathIo): Promise<void> {
  await act(verdictMachine, { pk: key.pk, sk: key.sk }, 'deliver', verdictIo(config, io))
}

/** What is known of the vantages' functions; watch looks for silent ones. */
export interface VantageRecords {
  state: VantageState
  records: ReturnType<typeof unpack>
}

export async function readVantages(names: Set<string>, io: Pick<PathIo, 'checks'>): Promise<VantageRecords[]> {
  const rows = await Promise.all([...names].map((vantage) => io.checks.query(`vantage#${vantage}`, '')))
  return rows.flat().flatMap((row): VantageRecords[] => {
    if (row.state === undefined) return []
    const state = JSON.parse(row.state) as VantageState
    return [{ state, records: unpack(state.records) }]
  })
}

/** The verdicts of checks, for lists. */
export async function readVerdicts(ids: string[], io: Pick<PathIo, 'checks'>): Promise<VerdictState[]> {
  const rows = await io.checks.getMany(ids.map(verdictKey))
  return rows.flatMap((row: Row) => (row.state === undefined ? [] : [JSON.parse(row.state) as VerdictState]))
}

export function seenOf(check: CompiledCheck, vantages: VantageRecords[]): Seen[] {
  return vantages.flatMap(({ state, records }) => {
    const record = check.from.includes(state.vantage) ? records.get(checkKey(check.id)) : undefined
    if (record === undefined) return []
    const detail = state.details[check.id]
    return [{ vantage: state.vantage, ...record, ...(detail ? { detail } : {}) }]
  })
}

function judged(check: CompiledCheck, vantages: VantageRecords[], now: Instant): JudgedEvent {
  const { id, project, title, severity, target, runbook, labels } = check
  const subject: VerdictSubject = { id, project, title, severity }
  // A target that refers to the environment is known to the probe alone.
  if (target !== undefined && !target.includes('${')) subject.target = target.slice(0, 255)
  if (runbook !== undefined) subject.runbook = runbook
  if (labels !== undefined) subject.labels = labels
  const event: JudgedEvent = { type: 'judged', subject, judgement: judge(check, seenOf(check, vantages), now) }
  // When every function that should see the check is silent, the probe's own alert says so, once for all its checks.
  const heard = vantages.some(
    ({ state }) => check.from.includes(state.vantage) && now - state.heardAt < SILENT_PROBE_MS,
  )
  if (heard) event.missingAfterMs = staleAfterMs(check)
  return event
}

/** A probe function that has not reported for so long is silent: two runs missed, and the way through the queue. */
export const SILENT_PROBE_MS = 180_000

function vantageKey(vantage: string, name: string): RowKey {
  return { pk: `vantage#${vantage}`, sk: name }
}

function verdictKey(id: string): RowKey {
  return { pk: `verdict#${id}`, sk: 'state' }
}

function vantageIo(config: JudgingConfig, io: PathIo): ActIo<VantageState, ReportEvent, JudgeEffect> {
  return {
    table: io.checks,
    now: io.now,
    leaseUntil: io.leaseUntil,
    failed: logFailure(io),
    delivers: () => true,
    deliver: async (effect) => {
      await judgeChecks(effect.checks, config, io)
      return { status: 'done' }
    },
    nudge: comesAgain,
  }
}

function verdictIo(config: JudgingConfig, io: PathIo): ActIo<VerdictState, JudgedEvent, AlertEffect> {
  return {
    table: io.checks,
    now: io.now,
    leaseUntil: io.leaseUntil,
    failed: logFailure(io),
    delivers: () => true,
    deliver: async ({ alert }) => {
      await takeAlert(alert, config.projects[alert.project]?.title ?? alert.project, io)
      return { status: 'done' }
    },
    nudge: comesAgain,
  }
}

/** Nobody else delivers these: the message that caused them is kept, comes again in seconds, and delivers what is left. */
async function comesAgain(): Promise<void> {
  throw new Error('Not everything could be delivered: the message has to come again')
}

function byId(config: JudgingConfig): Map<string, CompiledCheck> {
  return new Map(config.checks.map((check) => [check.id, check]))
}
