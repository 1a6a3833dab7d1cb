import type { Report } from '../../contracts/report.ts'
import type { Instant } from '../../contracts/words.ts'
import { staleAfterMs } from '../../evaluation/consensus.ts'
import { comparedWithUsual } from '../../evaluation/usual.ts'
import { type ReportEvent, vantageMachine } from '../../evaluation/vantage.ts'
import { apply } from '../../store/apply.ts'
import { rememberReport, type UsualAt } from '../../store/history.ts'
import { vantageKey } from '../../store/keys.ts'
import type { EngineIo } from '../io.ts'
import { evaluateSamples } from './evaluate-samples.ts'
import { maintainedOf } from './maintained.ts'
import { type ChecksById, checksById, type EvaluationConfig, evaluationIo } from './update-verdicts.ts'

/**
 * Takes a report of a probe: writes the item of its vantage (conditionally, once) and its history, then brings up to date the
 * verdicts that may have changed. `usualAt` says what is usual there, for checks that are compared with it.
 */
export async function takeReport(
  received: Report,
  sentAt: Instant,
  config: EvaluationConfig,
  io: EngineIo,
  usualAt?: UsualAt,
): Promise<string> {
  const checks = checksById(config)
  const report = await evaluateSamples(ofOurs(received, checks, io), config, io)
  if (report.observations.length < received.observations.length && !isVantage(report.vantage, config))
    return 'a report of no vantage'
  const key = vantageKey(report.vantage, report.runner.function)
  const event: ReportEvent = {
    type: 'report',
    report: await compared(report, checks, io, usualAt),
    sentAt,
    staleAfterMs: (id) => {
      const check = checks.get(id)
      return check === undefined ? Number.POSITIVE_INFINITY : staleAfterMs(check)
    },
  }
  const [acted] = await Promise.all([
    apply(vantageMachine, key, { event }, evaluationIo(config, io)),
    maintainedOf(config, io).then((maintainedAt) => rememberReport(report, sentAt, io, maintainedAt)),
  ])
  const { vantage, runner } = report
  io.log({ level: 'info', event: 'report', vantage, run: runner.run, reason: acted.reason })
  return acted.reason
}

/**
 * A report without what no check of ours asks its vantage for: whoever may send can write anything there. That is counted in the log,
 * and not kept: a check that is new is known here within minutes.
 */
function ofOurs(report: Report, checks: ChecksById, io: EngineIo): Report {
  const { vantage } = report
  const observations = report.observations.filter(({ check }) => checks.get(check)?.from.includes(vantage))
  const strange = report.observations.length - observations.length
  if (strange === 0) return report
  io.log({ level: 'warn', event: 'observations of no check', vantage, observations: strange })
  return { ...report, observations }
}

function isVantage(vantage: string, { checks }: EvaluationConfig): boolean {
  return checks.some(({ from }) => from.includes(vantage))
}

/** Answers far slower than usual count as degraded, for checks that want it. */
async function compared(
  report: Report,
  checks: ChecksById,
  io: EngineIo,
  usualAt: UsualAt | undefined,
): Promise<Report> {
  const times = (id: string) => checks.get(id)?.slower
  if (usualAt === undefined || !report.observations.some(({ check }) => times(check) !== undefined)) return report
  const usual = await usualAt(report.vantage, report.runner.function, io)
  const observations = report.observations.map((observation) => {
    const slower = times(observation.check)
    return slower === undefined ? observation : comparedWithUsual(observation, slower, usual)
  })
  return { ...report, observations }
}
