import type { Decision, Machine } from '../contracts/machine.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'
import type { Consensus } from './consensus.ts'
import { flapWindowMs, holdFlapping } from './flap.ts'
import { type PartialTrouble, partialTrouble } from './partial.ts'
import { unobservingTrouble } from './unobserving.ts'
import {
  alertEffect,
  isHeld,
  isOfCheck,
  isSeen,
  partialKey,
  troubleOf,
  unobservingKey,
  wantedAlerts,
} from './verdict-alert.ts'
import type { VerdictFact } from './verdict-fact.ts'
import {
  type VerdictEffect,
  type VerdictEvent,
  type VerdictInput,
  type VerdictState,
  verdictShape,
} from './verdict-state.ts'
import { witnessesAfter } from './witness.ts'

/** An alert whose trouble goes on is told again this often. */
const RETOLD_MS = 300_000

/** Why a verdict stays or changes, for logs and tests. */
type VerdictReason =
  | VerdictWord
  | `still ${VerdictWord}`
  | `held ${VerdictWord}`
  | 'never raised anything'
  | 'removed'
  | 'removed already'

/** The verdict's state machine: level-triggered, and each change of verdict raises or resolves its alert once. */
export const verdictMachine: Machine<VerdictState, VerdictEvent, VerdictEffect> = {
  shape: verdictShape,
  transition: (state, event, now) => (event.type === 'removed' ? remove(state, now) : taken(state, event, now)),
  // What is held has to be looked at when it may be calm.
  dueAt: ({ flapping, worseFrom, unobservingFrom, waitsUntil }) =>
    earliest(flapping?.calmAt, worseFrom?.flapping.calmAt, unobservingFrom?.flapping.calmAt, waitsUntil),
}

function taken(
  state: VerdictState | undefined,
  event: VerdictInput,
  now: Instant,
): Decision<VerdictState, VerdictEffect, VerdictReason> {
  const { subject, consensus } = event
  const before = state?.raw ?? state?.verdict
  const groups = groupsOut(state?.groups, consensus)
  const raw = rawVerdict(before, groups, consensus)
  const windowMs = event.tellsEachChange ? 0 : flapWindowMs(event.intervalMs ?? 0)
  const { verdict, flapping } = holdFlapping(state?.flapping ?? { changes: [] }, raw, before, now, windowMs)
  const worseFrom = partialTrouble(state?.worseFrom, verdict, consensus, now, windowMs)
  const unobservingFrom =
    event.unobserving &&
    unobservingTrouble(state?.unobservingFrom, verdict, consensus, event.unobserving, now, windowMs)
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
    ...witnessesOf(state, raw, consensus, now),
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
  // Who cannot say otherwise any more is said, too, and that nobody is left who could.
  const isSaidAnew = state !== undefined && !isSaidAlike(state, next)
  const isDue = ([key, toldAt]: [string, Instant]) =>
    startsHold(key) || (isOfCheck(key, next) && isSaidAnew) || (isSeen(consensus) && now - toldAt >= RETOLD_MS)
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
      ...(children.length > 0 ? [{ type: 'update' as const, checks: children }] : []),
    ],
    reason: flapping.held === undefined ? verdict : `held ${verdict}`,
  }
}

/** The witnesses of a trouble and which of them are silent, as stored with the verdict; empty once the trouble is over. */
function witnessesOf(
  state: VerdictState | undefined,
  raw: VerdictWord,
  { sightings, standing = { mute: [], gone: [], areAllGone: false } }: Consensus,
  now: Instant,
): Pick<VerdictState, 'witnesses' | 'mute' | 'areWitnessesGone'> {
  if (raw === 'up') return {}
  const witnesses = witnessesAfter(state?.witnesses ?? {}, sightings, standing, now)
  const { mute } = standing
  return {
    ...(Object.keys(witnesses).length > 0 ? { witnesses } : {}),
    ...(mute.length > 0 ? { mute } : {}),
    ...(standing.areAllGone && raw === 'unknown' ? { areWitnessesGone: true as const } : {}),
  }
}

/** Whether two states say the same of their witnesses: which are silent, and whether all are gone. */
function isSaidAlike(a: VerdictState, b: VerdictState): boolean {
  return JSON.stringify(a.mute) === JSON.stringify(b.mute) && a.areWitnessesGone === b.areWitnessesGone
}

/** The verdict before flapping is considered. A split keeps the one before, but `down` becomes `degraded` if most do not see it down. */
function rawVerdict(before: VerdictWord = 'unknown', groups: string[], { verdict, notDown }: Consensus): VerdictWord {
  if (verdict !== 'unknown' && groups.length > 0) return 'down'
  return verdict ?? (notDown && before === 'down' ? 'degraded' : before)
}

/** The groups with an outage. It begins when all of a group see it down, and ends only when most of the group do not see it down. */
function groupsOut(before: string[] = [], { groupsDown = [], groupsNotUp = [] }: Consensus): string[] {
  return groupsNotUp.filter((group) => groupsDown.includes(group) || before.includes(group))
}

/** Whether there is nothing to write down; when something has changed lately is only of use with the next change. */
function isSame(a: VerdictState, b: VerdictState): boolean {
  const ofTrouble = (one: PartialTrouble | undefined) => [one?.seen, one?.notified, one?.flapping.held]
  const facts = ({ verdict, raw, flapping, groups = [], worseFrom, unobservingFrom, ...rest }: VerdictState) =>
    JSON.stringify([
      verdict,
      raw,
      flapping?.held,
      groups,
      ofTrouble(worseFrom),
      ofTrouble(unobservingFrom),
      unobservingFrom?.since,
      rest.witnesses,
      rest.mute,
      rest.areWitnessesGone,
      rest.waitsUntil,
    ])
  return facts(a) === facts(b)
}

function earliest(...times: (Instant | undefined)[]): Instant | undefined {
  const known = times.flatMap((at) => at ?? [])
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Forgets what was believed: a check of this name that comes back is a new one. */
function remove(state: VerdictState | undefined, now: Instant): Decision<VerdictState, VerdictEffect, VerdictReason> {
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
