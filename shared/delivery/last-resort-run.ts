import type { Env } from '../clouds/aws/lambda.ts'
import type { LogEntry } from '../contracts/log-entry.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { LastResortLog } from './last-resort-log.ts'
import type { RecentOutcomes } from './recent-outcomes.ts'
import type { ReportSender } from './report-sender.ts'

/** Queues must be out of reach for so long: two runs in a row of a timer that fires each minute. One hiccup disturbs nobody. */
const LOST_FOR_MS = 55_000

/**
 * A vendor has no longer than this. It is more than the 10 s for which fetch waits for a connection (undici's `connectTimeout`): who
 * can't be reached is then known to have been sent nothing, and is tried again.
 */
const TELL_MS = 12_000

export interface LastResortDeps {
  vantage: string
  language: Language
  timezone: string
  /** What recipients were told in earlier runs; it is kept up to date. */
  sentLog: LastResortLog
  reportSender: Pick<ReportSender, 'lostSince'>
  recentOutcomes: Pick<RecentOutcomes, 'remembered'>
  now(): Instant
  env: Env
  log(entry: LogEntry): void
}

/**
 * Makes what a probe does at the end of each run to tell people itself: once the queues have been lost for long, it tells of the
 * troubles that it has confirmed, each once an hour.
 */
export function lastResort(deps: LastResortDeps): (deadline: Instant) => Promise<void> {
  const { vantage, language, timezone, sentLog, reportSender, recentOutcomes, now, env, log } = deps
  return async (deadline) => {
    const at = now()
    const lostSince = reportSender.lostSince()
    if (lostSince === undefined || at - lostSince < LOST_FOR_MS) return
    const limitMs = Math.min(TELL_MS, deadline - at)
    if (limitMs <= 0) return
    const line: { vantage: string; checks?: string[] } = { vantage }
    try {
      const { confirmedTroubles, tellLastResort } = await import('./last-resort.ts')
      const troubles = confirmedTroubles(recentOutcomes.remembered())
      if (troubles.length === 0) return
      line.checks = troubles.map(({ check }) => check)
      const notice = { vantage, at, lostSince, language, timezone, troubles }
      const io = { now, fetch, env, signal: AbortSignal.timeout(limitMs) }
      const told = await tellLastResort(notice, sentLog, io)
      if (told.length === 0) return
      const isTold = told.some(({ delivery }) => delivery.status === 'sent' || delivery.status === 'unknown')
      log({ level: isTold ? 'warn' : 'error', event: 'last resort', ...line, told })
    } catch (error) {
      log({ level: 'error', event: 'last resort failed', ...line, reason: String(error) })
    }
  }
}
