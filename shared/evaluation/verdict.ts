import type { Alert } from '../contracts/alert.ts'
import type { Instant, Severity, VerdictWord } from '../contracts/words.ts'
import type { Decision, Machine } from '../state/machine.ts'
import type { Judgement } from './judge.ts'

/** What a check (or a condition of Fenghuo's own) is believed to be, and which alerts that has raised. */
export interface VerdictState {
  id: string
  verdict: VerdictWord
  since: Instant
  /** Open alerts by dedup key. */
  open: Record<string, Instant>
  /** Alerts of one check have ever later times, so that their order is plain. */
  lastAlertAt: Instant
}

/** What an alert says of a check. */
export interface VerdictSubject {
  id: string
  project: string
  title: string
  severity: Severity
  /** What is observed, such as a URL. */
  target?: string
  runbook?: string
  labels?: Record<string, string>
}

export interface JudgedEvent {
  type: 'judged'
  subject: VerdictSubject
  judgement: Judgement
  /** Unknown for longer than this is an alert of its own; absent: somebody else says so (the silent probe's own alert). */
  missingAfterMs?: number
  /** In place of the usual sentence. */
  summary?: string
}

export interface AlertEffect {
  type: 'alert'
  alert: Alert & { at: Instant }
}

/** The verdict's state machine: level-triggered, and each change of verdict raises or resolves its alert once. */
export const verdictMachine: Machine<VerdictState, JudgedEvent, AlertEffect> = { transition }

function transition(
  state: VerdictState | undefined,
  event: JudgedEvent,
  now: Instant,
): Decision<VerdictState, AlertEffect> {
  const { subject, judgement } = event
  const verdict = judgement.verdict ?? state?.verdict ?? 'unknown'
  const since = state?.verdict === verdict ? state.since : now
  const open = state?.open ?? {}
  const wanted = wantedAlerts(subject, verdict, Object.keys(open), now - since, event.missingAfterMs)
  const at = Math.max(now, (state?.lastAlertAt ?? 0) + 1)
  const resolves = Object.keys(open).filter((key) => !wanted.has(key))
  const triggers = [...wanted].filter((key) => open[key] === undefined)
  if (state?.verdict === verdict && resolves.length + triggers.length === 0)
    return { state, outbox: [], reason: `still ${verdict}` }

  const kept = Object.fromEntries(Object.entries(open).filter(([key]) => wanted.has(key)))
  for (const key of triggers) kept[key] = at
  return {
    state: {
      id: subject.id,
      verdict,
      since,
      open: kept,
      lastAlertAt: resolves.length + triggers.length > 0 ? at : (state?.lastAlertAt ?? 0),
    },
    outbox: [
      ...resolves.map((key) => alertEffect('resolve', key, event, verdict, at)),
      ...triggers.map((key) => alertEffect('trigger', key, event, verdict, at)),
    ],
    reason: verdict,
  }
}

/** The alerts a verdict stands for. An unknown verdict resolves nothing: it keeps what is open. */
function wantedAlerts(
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

function alertEffect(
  action: 'trigger' | 'resolve',
  dedupKey: string,
  { subject, judgement, summary }: JudgedEvent,
  verdict: VerdictWord,
  at: Instant,
): AlertEffect {
  const { known, sightings } = judgement
  const of = sightings.length
  const bad = sightings.filter((sighting) => sighting.verdict === verdict).length
  const alert: AlertEffect['alert'] = {
    action,
    dedupKey,
    project: subject.project,
    summary:
      summary ?? `${subject.id} is ${verdict}, seen from ${bad} of ${of}${known < of ? ` (${known} known)` : ''}`,
    source: subject.target ?? subject.id,
    severity: dedupKey === subject.id ? subject.severity : 'warning',
    at,
    title: subject.title,
    component: subject.id,
    class: verdict,
    sightings,
  }
  if (subject.labels) alert.labels = subject.labels
  if (subject.runbook) alert.runbook = subject.runbook
  return { type: 'alert', alert }
}
