import type { CheckIo } from '../../checks/kind.ts'
import { dueSubRuns, type SubRun } from '../../checks/run/due.ts'
import { buildReports } from '../../checks/run/report.ts'
import { runChecks } from '../../checks/run/run-checks.ts'
import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import { queueText } from '../../contracts/queue-text.ts'
import type { Observation } from '../../contracts/report.ts'
import type { Instant, VerdictWord } from '../../contracts/words.ts'
import type { RecentOutcomes } from '../../delivery/recent-outcomes.ts'
import type { ReportIo, ReportSender } from '../../delivery/report-sender.ts'

/**
 * Checks are cut here, so that a run never overlaps the next minute's. One that starts after 50 s has the usual timeout of 5 s:
 * a target that is silent until then is down, not unknown.
 */
const RUN_BUDGET_MS = 55_500

/** What a function keeps of its own time limit to send its report. */
const SEND_BUDGET_MS = 4_000
const EXIT_MS = 500

/** Queues that don't take a report for so long get it with a later run's. */
const LONGEST_SEND_MS = 20_000

/** What a probe is asked for: what is due in the minute of `at`, everything, or the checks of these ids. */
export type RunRequest = { run: 'due'; at: Instant } | { run: 'all' } | { run: 'named'; checks: string[] }

export interface ProbeDeps {
  checks: CompiledCheck[]
  /** `cloud/region`. */
  vantage: string
  io: Omit<CheckIo, 'signal'>
  reportSender: ReportSender
  /** What became of the last report, told with the next. */
  sends: ReportIo['sends']
  recentOutcomes: RecentOutcomes
  /** Tells people itself what the record of recent outcomes has confirmed, if no queue is reached for long. Never rejects; back by `deadline`. */
  lastResort(deadline: Instant): Promise<void>
  log(entry: LogEntry): void
}

/** One invocation. */
export interface Invocation {
  /** Identifies the run's reports. */
  id: string
  function: string
  /** What runs: the function's version. */
  version: string
  coldStart: boolean
  /** When the cloud ends it. */
  endsAt: Instant
}

export interface ProbeResult {
  observations: Observation[]
}

/** Runs what the trigger asks for, and sends one report per sub-run. Rejects if a report could not be sent. */
export async function probe(deps: ProbeDeps, trigger: RunRequest, invocation: Invocation): Promise<ProbeResult> {
  const startedAt = deps.io.now()
  const running = new Set<string>()
  const results = await Promise.allSettled(
    subRunsOf(deps, trigger).map(async (subRun) => {
      if (subRun.afterMs > 0) await wait(startedAt + subRun.afterMs - deps.io.now())
      return runOnce(deps, invocation, subRun, startedAt, running)
    }),
  )
  const failure = results.find((result) => result.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return { observations: results.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])) }
}

function subRunsOf({ checks, vantage }: ProbeDeps, trigger: RunRequest): SubRun[] {
  if (trigger.run === 'due') return dueSubRuns(checks, trigger.at)
  if (trigger.run === 'all') return [{ afterMs: 0, checks }]
  const unknown = trigger.checks.filter((id) => !checks.some((check) => check.id === id))
  if (unknown.length > 0) throw new Error(`no such check at ${vantage}: ${unknown.join(', ')}`)
  return [{ afterMs: 0, checks: checks.filter(({ id }) => trigger.checks.includes(id)) }]
}

async function runOnce(
  deps: ProbeDeps,
  invocation: Invocation,
  { checks, afterMs }: SubRun,
  invokedAt: Instant,
  running: Set<string>,
): Promise<Observation[]> {
  const { now } = deps.io
  const run = afterMs === 0 ? invocation.id : `${invocation.id}+${afterMs / 1000}s`
  const startedAt = now()
  const deadline = Math.min(invokedAt + RUN_BUDGET_MS, invocation.endsAt - SEND_BUDGET_MS)
  const observations = await runChecks(
    checks,
    { ...deps.io, signal: new AbortController().signal },
    { deadline, running },
  )
  const finishedAt = now()
  deps.recentOutcomes.saw(checks, observations)
  const { function: name, version, coldStart } = invocation
  const sends = deps.sends.size > 0 && { sends: [...deps.sends.values()] }
  const runner = { function: name, run, version, startedAt, finishedAt, coldStart, ...sends }
  const messages = (await buildReports(deps.vantage, runner, observations, checks)).map(queueText)
  const line = { run, vantage: deps.vantage, checks: checks.length, ...count(observations), ms: finishedAt - startedAt }
  const end = invocation.endsAt - EXIT_MS
  try {
    const late = await deps.reportSender.deliver(messages, sendUntil(deps, end))
    const sent = { messages: messages.length, ...(late > 0 ? { late } : {}), sendMs: now() - finishedAt }
    deps.log({ level: 'info', event: 'report sent', ...line, ...sent })
  } catch (error) {
    deps.log({ level: 'error', event: 'report not sent', ...line, reason: String(error) })
    await deps.lastResort(end)
    throw error
  }
  return observations
}

/** Half of what is left is for the last resort, once the queues are known to be out of reach. */
function sendUntil({ reportSender, io }: ProbeDeps, end: Instant): Instant {
  const left = end - io.now()
  return io.now() + Math.min(LONGEST_SEND_MS, reportSender.lostSince() === undefined ? left : left / 2)
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function count(observations: Observation[]): Record<VerdictWord, number> {
  const counts = { up: 0, degraded: 0, down: 0, unknown: 0 }
  for (const { outcome } of observations) counts[outcome]++
  return counts
}
