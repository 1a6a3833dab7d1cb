import type { Alert } from '../contracts/alert.ts'
import type { Fact } from '../contracts/fact.ts'
import type { Decision, Machine } from '../contracts/machine.ts'
import { DEGRADED_SEVERITY } from '../contracts/severities.ts'
import type { Instant, Severity, VerdictWord } from '../contracts/words.ts'
import { type Flapping, flapWindowMs, holdFlapping } from './flap.ts'
import type { Judgement } from './judge.ts'
import { type PartialTrouble, partialTrouble } from './partial.ts'
import {
  type UnobservingTrouble,
  type UnobservingVantages,
  unobservingSince,
  unobservingTrouble,
} from './unobserving.ts'
import { partialFact, unobservingFact, type VerdictFact, verdictFact } from './verdict-fact.ts'

/** What a check (or a condition of Fenghuo's own) is believed to be, and which alerts that has raised. */
export interface VerdictState {
  id: string
  verdict: VerdictWord
  since: Instant
  /** What the vantages said last; `verdict` differs from it while a flapping check is held. */
  raw?: VerdictWord
  flapping?: Flapping
  /** Groups all of which saw it down, until most of each see it up again. */
  groups?: string[]
  /** Vantages that see worse than `verdict`. */
  worseFrom?: PartialTrouble
  /** Vantages that cannot look at it, though others can. */
  unobservingFrom?: UnobservingTrouble
  /** When it is judged again, if no look comes before: it has kept something back for now. */
  waitsUntil?: Instant
  /** Open alerts by dedup key, and when they were told last. */
  open: Record<string, Instant>
  /** Alerts of one check have ever later times, so that their order is plain. */
  lastAlertAt: Instant
}

/** What an alert says of a check. */
export interface VerdictSubject {
  id: string
  project: string
  /** Absent: its fact has one, in the reader's language. */
  title?: string
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
  /** How often it is looked at: rare looks make rare changes. Absent: each minute. */
  intervalMs?: number
  /** Unknown for longer than this is an alert of its own; absent: somebody else says so (the silent probe's own alert). */
  missingAfterMs?: number
  /** Absent: what looks at it are no vantages of ours. */
  unobserving?: UnobservingVantages
  /** What its alerts say, in place of how the vantages see it. */
  fact?: Fact
  /** What it depends on is down: it raises nothing, and is judged afresh afterwards. */
  quiet?: boolean
  /** What it depends on fails, too, and that is not confirmed yet: it raises nothing now, and is judged again at this time. */
  waitsUntil?: Instant
  /** Checks that depend on this one. */
  children?: string[]
}

/** The check is no longer configured: what it has raised is over, though nothing has recovered. */
export interface RemovedEvent {
  type: 'removed'
  id: string
}

export type VerdictEvent = JudgedEvent | RemovedEvent

/** What an alert of ours says is a fact: words for people are made where it is read. */
export type OwnAlert = Alert & { at: Instant; fact: Fact; removed?: true; again?: true }

export type VerdictEffect =
  | { type: 'alert'; alert: OwnAlert }
  /** Checks to be judged afresh, since what they depend on has changed. */
  | { type: 'judge'; checks: string[] }

/** An alert whose trouble goes on is told again this often. */
const RETOLD_MS = 300_000

/** The verdict's state machine: level-triggered, and each change of verdict raises or resolves its alert once. */
export const verdictMachine: Machine<VerdictState, VerdictEvent, VerdictEffect> = {
  transition: (state, event, now) => (event.type === 'removed' ? remove(state, now) : judged(state, event, now)),
  // What is held has to be looked at when it may be calm.
  dueAt: ({ flapping, worseFrom, unobservingFrom, waitsUntil }) =>
    earliest(flapping?.calmAt, worseFrom?.flapping.calmAt, unobservingFrom?.flapping.calmAt, waitsUntil),
}

function judged(
  state: VerdictState | undefined,
  event: JudgedEvent,
  now: Instant,
): Decision<VerdictState, VerdictEffect> {
  const { subject, judgement } = event
  const before = state?.raw ?? state?.verdict
  const groups = groupsOut(state?.groups, judgement)
  const raw = rawVerdict(before, groups, judgement)
  const windowMs = flapWindowMs(event.intervalMs ?? 0)
  const { verdict, flapping } = holdFlapping(state?.flapping ?? { changes: [] }, raw, before, now, windowMs)
  const worseFrom = partialTrouble(state?.worseFrom, verdict, judgement, now, windowMs)
  const unobservingFrom =
    event.unobserving &&
    unobservingTrouble(state?.unobservingFrom, verdict, judgement, event.unobserving, now, windowMs)
  const open = state?.open ?? {}
  const next: VerdictState = {
    id: subject.id,
    verdict,
    since: state?.verdict === verdict ? state.since : now,
    ...(raw === verdict ? {} : { raw }),
    ...(flapping.changes.length > 0 ? { flapping } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(worseFrom === undefined ? {} : { worseFrom }),
    ...(unobservingFrom === undefined ? {} : { unobservingFrom }),
    open,
    lastAlertAt: state?.lastAlertAt ?? 0,
  }
  const wanted = wantedAlerts(subject, verdict, Object.keys(open), now - next.since, event.missingAfterMs)
  for (const key of [partialKey(subject), unobservingKey(subject)])
    if ((troubleOf(key, next)?.notified ?? []).length > 0) wanted.add(key)
  const resolves = Object.keys(open).filter((key) => !wanted.has(key))
  const isQuiet = event.quiet || event.waitsUntil !== undefined
  const unsaid = [...wanted].filter((key) => open[key] === undefined)
  const news = isQuiet ? [] : unsaid
  if (!event.quiet && event.waitsUntil !== undefined && unsaid.length > 0) next.waitsUntil = event.waitsUntil
  // That it is held is said by the alert that is open anyway. Otherwise an open alert is told again now and then: it changes
  // nothing while people work on it, and opens it anew if somebody closed it while the trouble goes on and is seen.
  const startsHold = (key: string) => isHeld(key, next) && !(state !== undefined && isHeld(key, state))
  const isDue = ([key, toldAt]: [string, Instant]) =>
    startsHold(key) || (isSeen(judgement) && now - toldAt >= RETOLD_MS)
  const retold = isQuiet ? [] : Object.entries(open).filter((one) => wanted.has(one[0]) && isDue(one))
  const triggers = [...news, ...retold.map(([key]) => key)]
  if (state !== undefined && isSame(state, next) && resolves.length + triggers.length === 0)
    return { state, outbox: [], reason: `still ${verdict}` }

  const at = Math.max(now, next.lastAlertAt + 1)
  next.open = Object.fromEntries(Object.entries(open).filter(([key]) => wanted.has(key)))
  for (const key of triggers) next.open[key] = at
  if (resolves.length + triggers.length > 0) next.lastAlertAt = at
  const children = state?.verdict !== verdict && state !== undefined ? (event.children ?? []) : []
  return {
    state: next,
    outbox: [
      ...resolves.map((key) => alertEffect('resolve', key, event, next, at)),
      ...triggers.map((key) => alertEffect('trigger', key, event, next, at, state)),
      ...(children.length > 0 ? [{ type: 'judge' as const, checks: children }] : []),
    ],
    reason: flapping.held === undefined ? verdict : `held ${verdict}`,
  }
}

/** What the vantages say, given what they said before: a split changes nothing, but that most do not see it down. */
function rawVerdict(before: VerdictWord = 'unknown', groups: string[], { verdict, notDown }: Judgement): VerdictWord {
  if (verdict !== 'unknown' && groups.length > 0) return 'down'
  return verdict ?? (notDown && before === 'down' ? 'degraded' : before)
}

/** The groups whose outage has begun, or goes on: silence is no end of it, nor is one of many that sees it up. */
function groupsOut(before: string[] = [], { groupsDown = [], groupsNotUp = [] }: Judgement): string[] {
  return groupsNotUp.filter((group) => groupsDown.includes(group) || before.includes(group))
}

/** Whether anybody sees a trouble; a job's, or one of Fenghuo's own, is seen by no vantage. */
function isSeen({ verdict, sightings }: Judgement): boolean {
  if (sightings.length === 0) return verdict !== 'unknown'
  return sightings.some((one) => one.verdict === 'down' || one.verdict === 'degraded')
}

/** Whether there is nothing to write down; when something has changed lately is only of use with the next change. */
function isSame(a: VerdictState, b: VerdictState): boolean {
  const ofTrouble = (one: PartialTrouble | undefined) => [one?.seen, one?.notified, one?.flapping.held]
  const facts = ({ verdict, raw, flapping, groups = [], worseFrom, unobservingFrom, waitsUntil }: VerdictState) =>
    JSON.stringify([
      verdict,
      raw,
      flapping?.held,
      groups,
      ofTrouble(worseFrom),
      ofTrouble(unobservingFrom),
      unobservingFrom?.since,
      waitsUntil,
    ])
  return facts(a) === facts(b)
}

/** Whether an alert is one of a trouble that comes and goes. */
function isHeld(key: string, state: VerdictState): boolean {
  const isOfSome = key === partialKey(state) || key === unobservingKey(state)
  return (isOfSome ? troubleOf(key, state)?.flapping : state.flapping)?.held !== undefined
}

/** The vantages that an alert is about, if it is about some of them. */
function troubleOf(key: string, state: VerdictState): PartialTrouble | undefined {
  if (key === partialKey(state)) return state.worseFrom
  return key === unobservingKey(state) ? state.unobservingFrom : undefined
}

function earliest(...times: (Instant | undefined)[]): Instant | undefined {
  const known = times.flatMap((at) => at ?? [])
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Forgets what was believed: a check of this name that comes back is a new one. */
function remove(state: VerdictState | undefined, now: Instant): Decision<VerdictState, VerdictEffect> {
  if (state === undefined) return { state, outbox: [], reason: 'never raised anything' }
  const { id } = state
  const keys = Object.keys(state.open)
  const at = Math.max(now, state.lastAlertAt + 1)
  const [project = '', ...name] = id.split('/')
  const outbox = keys.map((dedupKey): VerdictEffect => {
    const fact: VerdictFact = { code: 'check-removed', args: { check: id } }
    const said = {
      summary: '',
      fact,
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

function unobservingKey({ id }: Pick<VerdictSubject, 'id'>): string {
  return `${id}:unobserving`
}

function alertEffect(
  action: 'trigger' | 'resolve',
  dedupKey: string,
  event: JudgedEvent,
  state: VerdictState,
  at: Instant,
  before?: VerdictState,
): VerdictEffect {
  const { subject, judgement } = event
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
    sightings: judgement.sightings,
  }
  if (subject.title !== undefined) alert.title = subject.title
  if (isHeld(dedupKey, state)) alert.flapping = true
  // That it begins to be held is news of its own.
  const isNews = before?.open[dedupKey] === undefined || (isHeld(dedupKey, state) && !isHeld(dedupKey, before))
  if (action === 'trigger' && !isNews) alert.again = true
  if (action === 'trigger' && since !== undefined) alert.since = since
  if (subject.labels) alert.labels = subject.labels
  if (subject.runbook) alert.runbook = subject.runbook
  return { type: 'alert', alert }
}

function whatIsSaid(
  dedupKey: string,
  { subject, judgement, fact }: JudgedEvent,
  state: VerdictState,
  before: VerdictState | undefined,
): { fact: Fact; class: string; since: Instant | undefined } {
  const { id } = subject
  const { verdict, worseFrom, unobservingFrom } = state
  if (dedupKey === partialKey(subject))
    return { fact: partialFact(id, verdict, worseFrom, judgement), class: 'partial', since: judgement.since }
  if (dedupKey === unobservingKey(subject))
    return {
      fact: unobservingFact(id, unobservingFrom, judgement),
      class: 'unknown',
      since: unobservingSince(unobservingFrom),
    }
  const held: VerdictFact = { code: 'check-held', args: { check: id, verdict } }
  const usual = fact ?? verdictFact(id, verdict, judgement)
  return {
    fact: isHeld(dedupKey, state) ? held : usual,
    class: verdict,
    since: beganAt(judgement, before),
  }
}

/**
 * When a trouble of the check began, not only when it was confirmed. What one vantage saw while most saw the check up is older than
 * the trouble of the check.
 */
function beganAt({ since }: Judgement, before: VerdictState | undefined): Instant | undefined {
  return since !== undefined && before?.verdict === 'up' ? Math.max(since, before.since) : since
}

function severityOf(dedupKey: string, subject: VerdictSubject): Severity {
  if (dedupKey === subject.id) return subject.severity
  return dedupKey === `${subject.id}:degraded` ? (subject.degradedSeverity ?? DEGRADED_SEVERITY) : 'warning'
}
