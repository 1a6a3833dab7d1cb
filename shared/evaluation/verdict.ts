import type { Alert } from '../contracts/alert.ts'
import type { Instant, Severity, VerdictWord } from '../contracts/words.ts'
import type { Decision, Machine } from '../state/machine.ts'
import { CALM_MS, type Flapping, holdFlapping } from './flap.ts'
import type { Judgement } from './judge.ts'
import { partialTrouble } from './partial.ts'

/** What a check (or a condition of Fenghuo's own) is believed to be, and which alerts that has raised. */
export interface VerdictState {
  id: string
  verdict: VerdictWord
  since: Instant
  /** What the vantages said last; `verdict` differs from it while a flapping check is held. */
  raw?: VerdictWord
  flapping?: Flapping
  /** Vantages that see worse than `verdict`, while that is told. */
  partial?: string[]
  /** Open alerts by dedup key, and when they were told last. */
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
  /** Of being slow; absent: warning. */
  degradedSeverity?: Severity
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
  /** What it depends on is down: it raises nothing, and is judged afresh afterwards. */
  quiet?: boolean
  /** Checks that depend on this one. */
  children?: string[]
}

/** The check is no longer configured: what it has raised is over, though nothing has recovered. */
export interface RemovedEvent {
  type: 'removed'
  id: string
}

export type VerdictEvent = JudgedEvent | RemovedEvent

export type VerdictEffect =
  | { type: 'alert'; alert: Alert & { at: Instant; removed?: true } }
  /** Checks to be judged afresh, since what they depend on has changed. */
  | { type: 'judge'; checks: string[] }

/** An alert whose trouble goes on is told again this often. */
const RETOLD_MS = 1_800_000

/** A summary names so many vantages; the rest is counted. */
const MOST_NAMED = 3

/** The verdict's state machine: level-triggered, and each change of verdict raises or resolves its alert once. */
export const verdictMachine: Machine<VerdictState, VerdictEvent, VerdictEffect> = {
  transition: (state, event, now) => (event.type === 'removed' ? remove(state, now) : judged(state, event, now)),
  // A held check has to be looked at when it may be calm.
  dueAt: ({ flapping }) => (flapping?.held === undefined ? undefined : (flapping.changes.at(-1) ?? 0) + CALM_MS),
}

function judged(
  state: VerdictState | undefined,
  event: JudgedEvent,
  now: Instant,
): Decision<VerdictState, VerdictEffect> {
  const { subject, judgement } = event
  const before = state?.raw ?? state?.verdict
  const raw = judgement.verdict ?? before ?? 'unknown'
  const { verdict, flapping } = holdFlapping(state?.flapping ?? { changes: [] }, raw, before, now)
  const since = state?.verdict === verdict ? state.since : now
  const open = state?.open ?? {}
  const wanted = wantedAlerts(subject, verdict, Object.keys(open), now - since, event.missingAfterMs)
  const partial = partialTrouble(state?.partial, verdict, judgement)
  if (partial.length > 0) wanted.add(partialKey(subject))
  const at = Math.max(now, (state?.lastAlertAt ?? 0) + 1)
  const startsHold = flapping.held !== undefined && state?.flapping?.held === undefined
  const resolves = Object.keys(open).filter((key) => !wanted.has(key))
  const news = event.quiet ? [] : [...wanted].filter((key) => open[key] === undefined)
  // That it is held is said by the alert that is open anyway. Otherwise an open alert is told again now and then: it changes
  // nothing while people work on it, and opens it anew if somebody closed it while the trouble goes on.
  const isDue = (toldAt: Instant) => startsHold || (verdict !== 'unknown' && now - toldAt >= RETOLD_MS)
  const retold = event.quiet ? [] : Object.keys(open).filter((key) => wanted.has(key) && isDue(open[key] ?? now))
  const isSame =
    state?.verdict === verdict &&
    before === raw &&
    state.flapping?.held === flapping.held &&
    (state.partial ?? []).join() === partial.join()
  if (isSame && resolves.length + news.length + retold.length === 0)
    return { state, outbox: [], reason: `still ${verdict}` }

  const kept = Object.fromEntries(Object.entries(open).filter(([key]) => wanted.has(key)))
  for (const key of [...news, ...retold]) kept[key] = at
  const last = resolves.length + retold.length + news.length > 0 ? at : (state?.lastAlertAt ?? 0)
  const children = state?.verdict !== verdict && state !== undefined ? (event.children ?? []) : []
  const isHeld = flapping.held !== undefined
  const next: VerdictState = {
    id: subject.id,
    verdict,
    since,
    ...(raw === verdict ? {} : { raw }),
    ...(flapping.changes.length > 0 || isHeld ? { flapping } : {}),
    ...(partial.length > 0 ? { partial } : {}),
    open: kept,
    lastAlertAt: last,
  }
  return {
    state: next,
    outbox: [
      ...resolves.map((key) => alertEffect('resolve', key, event, next, at, isHeld)),
      ...[...news, ...retold].map((key) => alertEffect('trigger', key, event, next, at, isHeld)),
      ...(children.length > 0 ? [{ type: 'judge' as const, checks: children }] : []),
    ],
    reason: isHeld ? `held ${verdict}` : verdict,
  }
}

/** Forgets what was believed: a check of this name that comes back is a new one. */
function remove(state: VerdictState | undefined, now: Instant): Decision<VerdictState, VerdictEffect> {
  if (state === undefined) return { state, outbox: [], reason: 'never raised anything' }
  const { id } = state
  const keys = Object.keys(state.open)
  const at = Math.max(now, state.lastAlertAt + 1)
  const [project = '', ...name] = id.split('/')
  const outbox = keys.map((dedupKey): VerdictEffect => {
    const said = {
      summary: `${id} is no longer checked`,
      source: id,
      severity: 'info',
      title: name.join('/').slice(0, 40),
    } as const
    return { type: 'alert', alert: { action: 'resolve', dedupKey, project, at, removed: true, component: id, ...said } }
  })
  if (keys.length === 0 && state.verdict === 'unknown' && state.flapping === undefined)
    return { state, outbox, reason: 'removed already' }
  return { state: { id, verdict: 'unknown', since: now, open: {}, lastAlertAt: at }, outbox, reason: 'removed' }
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

function partialKey({ id }: Pick<VerdictSubject, 'id'>): string {
  return `${id}:partial`
}

function alertEffect(
  action: 'trigger' | 'resolve',
  dedupKey: string,
  { subject, judgement, summary }: JudgedEvent,
  state: Pick<VerdictState, 'verdict' | 'partial'>,
  at: Instant,
  isHeld: boolean,
): VerdictEffect {
  const { sightings } = judgement
  const isPartial = dedupKey === partialKey(subject)
  const alert: Alert & { at: Instant } = {
    action,
    dedupKey,
    project: subject.project,
    summary: isPartial
      ? partialSummary(subject, state, judgement)
      : isHeld
        ? `${subject.id} changes too often and is held ${state.verdict} until it is calm`
        : (summary ?? summaryOf(subject, state, judgement)),
    source: subject.target ?? subject.id,
    severity: severityOf(dedupKey, subject),
    at,
    title: subject.title,
    component: subject.id,
    class: isPartial ? 'partial' : state.verdict,
    sightings,
  }
  if (isHeld && !isPartial) alert.flapping = true
  // An alert says when its trouble began, not only when it was confirmed.
  if (action === 'trigger' && judgement.since !== undefined) alert.since = judgement.since
  if (subject.labels) alert.labels = subject.labels
  if (subject.runbook) alert.runbook = subject.runbook
  return { type: 'alert', alert }
}

function summaryOf({ id }: VerdictSubject, { verdict }: Pick<VerdictState, 'verdict'>, judgement: Judgement): string {
  const { known, sightings } = judgement
  const of = sightings.length
  if (of === 0) return `${id} is ${verdict}`
  const those = sightings.filter((sighting) => sighting.verdict === verdict)
  if (verdict === 'unknown') return `${id}: no data from ${listed(those.map(({ vantage }) => vantage))}`
  return `${id} is ${verdict}, seen from ${those.length} of ${of}${known < of ? ` (${known} known)` : ''}`
}

/** `pay/web is up, but not from tencent/ap-guangzhou: HTTP 502`. */
function partialSummary(
  { id }: VerdictSubject,
  { verdict, partial = [] }: Pick<VerdictState, 'verdict' | 'partial'>,
  { sightings }: Judgement,
): string {
  if (partial.length === 0) return `${id} is ${verdict} from everywhere`
  const detail = sightings.find(({ vantage }) => vantage === partial[0])?.detail
  return `${id} is not well from ${listed(partial)}${detail === undefined ? '' : `: ${detail}`}`
}

function listed(vantages: string[]): string {
  const more = vantages.length - MOST_NAMED
  return [...vantages.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function severityOf(dedupKey: string, subject: VerdictSubject): Severity {
  if (dedupKey === subject.id) return subject.severity
  return dedupKey === `${subject.id}:degraded` ? (subject.degradedSeverity ?? 'warning') : 'warning'
}
