import type { Hold } from '../contracts/alert.ts'
import type { Fact } from '../contracts/fact.ts'
import { DEGRADED_SEVERITY } from '../contracts/severities.ts'
import type { Instant, Severity, VerdictWord } from '../contracts/words.ts'
import type { Consensus } from './consensus.ts'
import type { PartialTrouble } from './partial.ts'
import { unobservingSince } from './unobserving.ts'
import { partialFact, unobservingFact, type VerdictFact, verdictFact } from './verdict-fact.ts'
import type { OwnAlert, VerdictEffect, VerdictInput, VerdictState, VerdictSubject } from './verdict-state.ts'

/** The alerts a verdict stands for. An unknown verdict resolves nothing: it keeps what is open. */
export function wantedAlerts(
  subject: VerdictSubject,
  verdict: VerdictWord,
  open: string[],
  forMs: number,
  missingAfterMs: number | undefined,
): Set<string> {
  const missing = `${subject.id}:no-data`
  if (verdict === 'down') return new Set([subject.id])
  if (verdict === 'degraded') return new Set([`${subject.id}:degraded`])
  if (verdict === 'up') return new Set()
  const wanted = new Set(open)
  if (missingAfterMs !== undefined && forMs >= missingAfterMs) wanted.add(missing)
  return wanted
}

/** The dedup key of the notice that only some of the vantages see a check down. */
export function partialKey({ id }: Pick<VerdictSubject, 'id'>): string {
  return `${id}:partial`
}

/** The dedup key of the notice that vantages cannot look at a check. */
export function unobservingKey({ id }: Pick<VerdictSubject, 'id'>): string {
  return `${id}:unobserving`
}

/** An alert of a verdict: what its dedup key stands for begins, goes on or ends. `before` is what was believed until now. */
export function alertEffect(
  action: 'trigger' | 'resolve',
  dedupKey: string,
  event: VerdictInput,
  state: VerdictState,
  at: Instant,
  before?: VerdictState,
): VerdictEffect {
  const { subject, consensus } = event
  const { fact, since, class: kind } = whatIsSaid(dedupKey, event, state, before)
  const alert: OwnAlert = {
    action,
    dedupKey,
    project: subject.project,
    summary: '',
    fact,
    source: subject.target ?? subject.id,
    severity: severityOf(dedupKey, subject),
    at,
    component: subject.id,
    class: kind,
    sightings: consensus.sightings,
  }
  if (subject.title !== undefined) alert.title = subject.title
  const hold = holdOf(dedupKey, state)
  if (hold !== undefined) alert.flapping = hold
  // That it begins to be held is news of its own.
  const isNews = before?.open[dedupKey] === undefined || (isHeld(dedupKey, state) && !isHeld(dedupKey, before))
  if (action === 'trigger' && !isNews) {
    alert.again = true
    if (!isSeen(consensus)) alert.unseen = true
  }
  if (isOfCheck(dedupKey, subject)) {
    if (action === 'trigger' && state.mute !== undefined) alert.mute = state.mute
    if (action === 'trigger' && consensus.details) alert.details = consensus.details
    const { gone = [] } = consensus.standing ?? {}
    if (action === 'resolve' && state.verdict === 'up' && gone.length > 0) alert.neverBack = gone
  }
  if (action === 'trigger' && since !== undefined) alert.since = since
  if (subject.labels) alert.labels = subject.labels
  if (subject.runbook) alert.runbook = subject.runbook
  return { type: 'alert', alert }
}

function whatIsSaid(
  dedupKey: string,
  { subject, consensus, fact }: VerdictInput,
  state: VerdictState,
  before: VerdictState | undefined,
): { fact: Fact; class: string; since: Instant | undefined } {
  const { id } = subject
  const { verdict, worseFrom, unobservingFrom } = state
  if (dedupKey === partialKey(subject))
    return { fact: partialFact(id, verdict, worseFrom, consensus), class: 'partial', since: consensus.since }
  if (dedupKey === unobservingKey(subject))
    return {
      fact: unobservingFact(id, unobservingFrom, consensus),
      class: 'unknown',
      since: unobservingSince(unobservingFrom),
    }
  const hold = holdOf(dedupKey, state)
  const said = hold === undefined ? (fact ?? verdictFact(id, verdict, consensus)) : heldFact(id, verdict, hold)
  return { fact: said, class: verdict, since: beganAt(consensus, before) }
}

function heldFact(check: string, verdict: VerdictWord, { changes, withinMs }: Hold): VerdictFact {
  return { code: 'check-held', args: { check, verdict, changes, withinMs } }
}

/**
 * When a trouble of the check began, not only when it was confirmed. What one vantage saw while most saw the check up is older than
 * the trouble of the check.
 */
function beganAt({ since }: Consensus, before: VerdictState | undefined): Instant | undefined {
  return since !== undefined && before?.verdict === 'up' ? Math.max(since, before.since) : since
}

function severityOf(dedupKey: string, subject: VerdictSubject): Severity {
  if (dedupKey === subject.id) return subject.severity
  return dedupKey === `${subject.id}:degraded` ? (subject.degradedSeverity ?? DEGRADED_SEVERITY) : 'warning'
}

/** Whether an alert is held since its trouble comes and goes. */
export function isHeld(key: string, state: VerdictState): boolean {
  return holdOf(key, state) !== undefined
}

function holdOf(key: string, state: VerdictState): Hold | undefined {
  return (isOfCheck(key, state) ? state.flapping : troubleOf(key, state)?.flapping)?.hold
}

/** Whether an alert is about all of a check, and not about some of its vantages. */
export function isOfCheck(key: string, state: Pick<VerdictState, 'id'>): boolean {
  return key !== partialKey(state) && key !== unobservingKey(state)
}

/** The vantages that an alert is about, if it is about some of them. */
export function troubleOf(key: string, state: VerdictState): PartialTrouble | undefined {
  if (key === partialKey(state)) return state.worseFrom
  return key === unobservingKey(state) ? state.unobservingFrom : undefined
}

/** Whether anybody sees a trouble; a job's, or one of Fenghuo's own, is seen by no vantage. */
export function isSeen({ verdict, sightings }: Consensus): boolean {
  if (sightings.length === 0) return verdict !== 'unknown'
  return sightings.some((one) => one.verdict === 'down' || one.verdict === 'degraded')
}
