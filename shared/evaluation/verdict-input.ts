import type { CompiledCheck, CompiledConfig } from '../contracts/compiled-config.ts'
import type { Instant } from '../contracts/words.ts'
import { type Circumstances, type Consensus, consensusOf, staleAfterMs } from './consensus.ts'
import {
  isHeard,
  isUnobservingOf,
  SILENT_PROBE_MS,
  seenOf,
  unobservingAfterMs,
  type VantageRecords,
  votersOf,
} from './vantages.ts'
import type { VerdictInput, VerdictState, VerdictSubject } from './verdict-state.ts'

/** What the vantages make of a check; `before` is what was believed of it until now. */
export function consensusOn(
  check: CompiledCheck,
  vantages: VantageRecords[],
  circumstances: Circumstances,
  now: Instant,
  before?: VerdictState,
): Consensus {
  return consensusOf(
    { ...check, from: votersOf(check, vantages) },
    seenOf(check, vantages),
    now,
    circumstances,
    before && { witnesses: before.witnesses, noWorseSince: noWorseSince(before, now) },
  )
}

/** While it is worse, it is no worse from now on at the earliest. */
function noWorseSince({ verdict, since }: VerdictState, now: Instant): { up?: Instant; degraded?: Instant } {
  if (verdict === 'down') return { up: now, degraded: now }
  if (verdict === 'degraded') return { up: now, degraded: since }
  return verdict === 'up' ? { up: since } : {}
}

/** What a consensus of a check tells its verdict; `parent` is the verdict of what it depends on. */
export function verdictInput(
  check: CompiledCheck,
  consensus: Consensus,
  vantages: VantageRecords[],
  parent: VerdictState | undefined,
  { checks }: Pick<CompiledConfig, 'checks'>,
  now: Instant,
  circumstances: Circumstances,
): VerdictInput {
  const event: VerdictInput = { type: 'input', subject: subjectOf(check), consensus, intervalMs: check.intervalMs }
  if (check.tellsEachChange) event.tellsEachChange = true
  // When every function that should see the check is silent, the probe's own alert says so, once for all its checks. What has
  // only not been confirmed yet is not missing.
  const isHere = check.from.some((vantage) => isHeard(vantage, vantages, now))
  const seen = seenOf(check, vantages)
  const isSeen = seen.some(({ at, outcomes }) => now - at <= staleAfterMs(check) && outcomes.at(-1) !== 'unknown')
  // Its data is due already when it is missed; a new check has its first interval, and its probe the time to be found silent.
  const dueMs = seen.length === 0 ? staleAfterMs(check) : 0
  if (isHere && !isSeen) event.missingAfterMs = Math.max(dueMs, SILENT_PROBE_MS)
  if (!check.isPassive && votersOf(check, vantages) === check.from) {
    const { faulty, unobserving } = circumstances
    const isNews = (vantage: string) => !faulty.has(vantage) && !unobserving?.has(vantage)
    const from = check.from.filter((vantage) => isNews(vantage) && isUnobservingOf(check, vantage, seen, vantages, now))
    event.unobserving = { from, afterMs: unobservingAfterMs(check) }
  }
  if (parent !== undefined) event.quiet = isQuiet(check, parent, now)
  const failing = failingParent(check, vantages, checks, circumstances, now)
  if (failing !== undefined) event.waitsUntil = now + failing.intervalMs + failing.timeoutMs
  const children = checks.filter(({ dependsOn }) => dependsOn === check.id).map(({ id }) => id)
  if (children.length > 0) event.children = children
  return event
}

/**
 * Whether a check raises nothing: what it depends on is down, or has come back so lately that what is known of the check itself
 * may still be from before.
 */
function isQuiet(check: CompiledCheck, parent: VerdictState, now: Instant): boolean {
  if (parent.verdict === 'down' || parent.verdict === 'unknown') return parent.verdict === 'down'
  // A job has said what it has to say, and may say nothing more for a day.
  if (check.isPassive) return false
  return now - parent.since < check.confirm.m * check.intervalMs + check.timeoutMs
}

/**
 * What a check depends on, next or farther, that most vantages saw down in their last run: by their next runs it is down, or
 * was not to blame.
 */
function failingParent(
  { dependsOn }: CompiledCheck,
  vantages: VantageRecords[],
  checks: CompiledCheck[],
  circumstances: Circumstances,
  now: Instant,
): CompiledCheck | undefined {
  const parent = checks.find(({ id }) => id === dependsOn)
  if (parent === undefined) return undefined
  const lately = { ...parent, confirm: { m: 1, n: 1 } }
  if (consensusOn(lately, vantages, circumstances, now).verdict === 'down') return parent
  return failingParent(parent, vantages, checks, circumstances, now)
}

function subjectOf(check: CompiledCheck): VerdictSubject {
  const { id, project, title, severity, degradedSeverity, target, runbook, labels } = check
  return {
    id,
    project,
    title,
    severity,
    ...(degradedSeverity === undefined ? {} : { degradedSeverity }),
    ...(target === undefined ? {} : { target: target.slice(0, 255) }),
    ...(runbook === undefined ? {} : { runbook }),
    ...(labels === undefined ? {} : { labels }),
  }
}
