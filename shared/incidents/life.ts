import type { Instant, Severity } from '../contracts/words.ts'
import { type AckEnd, expiryOf } from './ack-end.ts'
import { isUnderWay } from './attempt.ts'
import { wasClosedByHand } from './closed-by-hand.ts'
import { stepDueAt } from './due.ts'
import { isOurs, unmuted } from './duty/duty.ts'
import { described } from './facts.ts'
import type { Change, DatedAlert, Escalation, Incident, IncidentEffect } from './incident.ts'
import type { Action, Recipient } from './notice.ts'
import { tell } from './notices.ts'
import { pastOf } from './past.ts'
import { isMatchedAlike } from './pause/matched.ts'
import { formatReference } from './reference.ts'
import { escalatedAs, isBeyond, withWorst } from './severity.ts'

/** A step message that has not come so long after it was sent is taken for lost. */
export const LOST_STEP_MS = 30_000

/** Opens the next generation. Its first page goes through the escalation queue at once. */
export function open(
  previous: Incident | undefined,
  alert: DatedAlert,
  facts: { number: number; projectTitle: string },
  now: Instant,
): Change {
  const began = beganAt(alert, now)
  const heardAt = Math.min(alert.takenAt, now)
  const incident: Incident = {
    ...described(alert),
    project: alert.project,
    projectTitle: facts.projectTitle,
    groupKey: alert.dedupKey,
    generation: (previous?.generation ?? 0) + 1,
    number: facts.number,
    status: 'open',
    openedAt: began,
    ...(heardAt > began ? { heardAt } : {}),
    ...arrived(alert),
    step: (previous?.step ?? 0) + 1,
    escalation: unstarted('starting', now + LOST_STEP_MS),
    notified: [],
    calls: 0,
    texts: 0,
    ...(alert.again && wasClosedByHand(previous) ? { closedTooSoon: previous.resolved } : {}),
  }
  const { closedTooSoon } = incident
  return {
    incident,
    effects: [
      stepAt(incident, now),
      ...pastOf(previous, now),
      { type: 'number', number: incident.number, generation: incident.generation },
      {
        type: 'timeline',
        entry: {
          at: now,
          generation: incident.generation,
          kind: 'opened',
          severity: incident.severity,
          ...saidOf(incident),
          source: incident.source,
          ...(closedTooSoon === undefined ? {} : { closedTooSoon }),
        },
      },
      ...mended(incident, alert, now),
    ],
  }
}

/** A sender that says that it began earlier is believed, one that says it began after we heard of it is not. */
function beganAt({ since, at, takenAt }: DatedAlert, now: Instant): Instant {
  return Math.min(since ?? takenAt, at ?? takenAt, takenAt, now)
}

/** The fields by which an incident knows when and in which order its newest alert came. */
export function arrived({ takenAt, position, source, at }: DatedAlert): Pick<Incident, 'lastAlertAt' | 'lastAlert'> {
  const lastAlert = {
    ...(position === undefined ? {} : { position }),
    source,
    ...(at === undefined ? {} : { at }),
  }
  return { lastAlertAt: takenAt, lastAlert }
}

/** A line of the timeline for what was put right of the alert, or left out: none when nothing was. */
function mended(incident: Incident, { notes }: DatedAlert, now: Instant): IncidentEffect[] {
  if (notes === undefined || notes.length === 0) return []
  return [{ type: 'timeline', entry: { at: now, generation: incident.generation, kind: 'mended', notes } }]
}

/** Makes an incident of a resolve that overtook its trigger, so that the late trigger pages nobody. */
export function resolvedBefore(alert: DatedAlert, projectTitle: string): Change {
  const incident: Incident = {
    ...described(alert),
    project: alert.project,
    projectTitle,
    groupKey: alert.dedupKey,
    generation: 0,
    number: 0,
    status: 'resolved',
    openedAt: alert.takenAt,
    ...arrived(alert),
    step: 0,
    escalation: unstarted('over', alert.takenAt),
    notified: [],
    calls: 0,
    texts: 0,
  }
  return { incident, effects: [] }
}

/** Applies a further trigger to an incident that is not over: its newest facts, and one line in the timeline if it got worse or better. */
export function repeated(incident: Incident, alert: DatedAlert, now: Instant): Change {
  const next = withWorst({ ...incident, ...described(alert), ...arrived(alert) }, incident)
  if (!alert.flapping) delete next.flapping
  if (alert.fact === undefined) delete next.fact
  if (alert.until === undefined) delete next.until
  if (!alert.endsUnrenewed) delete next.endsUnrenewed
  delete next.senderSilent
  if (alert.mute === undefined && incident.mute !== undefined) next.mute = []
  const losesWitnesses = next.mute !== undefined && incident.mute === undefined
  const startsFlapping = next.flapping !== undefined && incident.flapping === undefined
  const asksAgain = incident.escalation.phase === 'paused' && !isMatchedAlike(incident, next)
  if (asksAgain) next.step = incident.step + 1
  const asked = asksAgain ? [stepAt(next, now)] : []
  if (next.severity === incident.severity && isSaidAlike(incident, next) && !startsFlapping && !losesWitnesses)
    return { incident: next, effects: asked }
  const pagesAgain = incident.status === 'acknowledged' && isBeyond(next.severity, incident)
  if (pagesAgain) reopen(next, incident, now)
  const effects: IncidentEffect[] = [
    ...asked,
    {
      type: 'timeline',
      entry: {
        at: now,
        generation: next.generation,
        kind: 'changed',
        severity: next.severity,
        ...saidOf(next),
        ...(pagesAgain ? { outgrown: next.outgrown } : {}),
      },
    },
    ...mended(next, alert, now),
  ]
  // Said once: from now on its changes are held back until it is calm.
  if (startsFlapping) effects.push(...tell(next, 'flapping', now, chatsOf(incident)))
  if (losesWitnesses) effects.push(...tell(next, 'fewer', now, chatsOf(incident)))
  if (!pagesAgain && !startsOver(incident, next.severity)) return { incident: next, effects }
  next.step = incident.step + 1
  if (!pagesAgain) next.escalation = { ...incident.escalation, phase: 'starting', deadlineAt: now + LOST_STEP_MS }
  effects.unshift(stepAt(next, now))
  return { incident: next, effects }
}

/** The message that makes `page` look at an incident at a time. */
export function stepAt(incident: Incident, at: Instant): IncidentEffect {
  return { type: 'step', incident: formatReference(incident), step: incident.step, at }
}

/** What an incident says has happened. */
function saidOf({ summary, fact }: Incident): Pick<Incident, 'summary' | 'fact'> {
  return fact === undefined ? { summary } : { summary, fact }
}

function isSaidAlike(a: Incident, b: Incident): boolean {
  return JSON.stringify(saidOf(a)) === JSON.stringify(saidOf(b))
}

/** What was taken as less than it is now is nobody's: it is escalated as if it had just been opened, and who had it is told why. */
function reopen(next: Incident, before: Incident, now: Instant): void {
  next.status = 'open'
  delete next.acknowledged
  delete next.ackEnd
  delete next.takers
  if (before.acknowledged) next.outgrown = { action: before.acknowledged, severity: escalatedAs(before) }
  next.escalation = begunAnew(before, now)
}

/**
 * Whether a rise in severity begins with the first layer again, as the policy has it for the new one: what only told the chat
 * may page now, and what only sent texts may ring. Phones that ring already, or have rung, are not called off for it.
 */
export function startsOver(incident: Incident, now: Severity): boolean {
  const { phase, attempts, tried } = incident.escalation
  if (!isBeyond(now, incident)) return false
  if (phase === 'notified') return true
  const hasRung = tried.length > 0 || attempts.some(({ channel }) => channel === 'phone')
  return !hasRung && (phase === 'layer' || phase === 'exhausted')
}

/**
 * Acknowledges an incident: every call for it is called off, and the chat is told at once. Who took it by key, `by` (a phone hash),
 * has called off their own already. With `end` it pages again then; otherwise as its policy has it. Whether anybody can be rung is found anew.
 */
export function acknowledge(incident: Incident, action: Action, now: Instant, by?: string, end?: AckEnd): Change {
  const { outgrown: _, lapse: __, ackEnd: ___, ...taken } = isOurs(incident) ? unmuted(incident) : incident
  const { ackExpiresMs } = incident.escalation
  const ackEnd = end ?? (ackExpiresMs === undefined ? undefined : expiryOf(now, ackExpiresMs))
  const next: Incident = {
    ...taken,
    status: 'acknowledged',
    acknowledged: action,
    step: incident.step + 1,
    ...(ackEnd && { ackEnd }),
  }
  next.escalation = over(incident)
  if (incident.proof) return resolve({ ...incident, acknowledged: action }, action, now, by)
  const dueAt = stepDueAt(next)
  return {
    incident: next,
    effects: [
      ...callOff(incident, by),
      ...(dueAt === undefined ? [] : [stepAt(next, dueAt)]),
      ...tell(next, 'acknowledged', now, chatsOf(incident)),
      {
        type: 'timeline',
        entry: {
          at: now,
          generation: next.generation,
          kind: 'acknowledged',
          action,
          ...(ackEnd && { until: ackEnd.at }),
        },
      },
    ],
  }
}

/** Resolves an incident: calls are called off, and those who were told of the problem are told of its end, never by phone. */
export function resolve(incident: Incident, action: Action, now: Instant, by?: string): Change {
  const next: Incident = { ...incident, status: 'resolved', resolved: action, step: incident.step + 1 }
  next.escalation = over(incident)
  const dueAt = stepDueAt(next)
  return {
    incident: next,
    effects: [
      ...callOff(incident, by),
      ...(incident.proof ? [] : tell(next, 'resolved', now, incident.notified)),
      ...(dueAt === undefined ? [] : [stepAt(next, dueAt)]),
      { type: 'number', number: next.number, generation: next.generation, endedAt: action.at },
      { type: 'timeline', entry: { at: now, generation: next.generation, kind: 'resolved', action } },
    ],
  }
}

/** Tells the phone lines of everybody who may still be called, but for `by`, a phone hash, that this incident needs no call. */
export function callOff(incident: Incident, by?: string): IncidentEffect[] {
  const people = new Set<string>()
  for (const attempt of incident.escalation.attempts)
    if (attempt.phoneHash !== undefined && isUnderWay(attempt.status)) people.add(attempt.phoneHash)
  if (by !== undefined) people.delete(by)
  const reference = formatReference(incident)
  return [...people].map((phoneHash) => ({ type: 'cancel', phoneHash, incident: reference, step: incident.step }))
}

/** The groups that were notified of an incident. */
export function chatsOf(incident: Incident): Recipient[] {
  return incident.notified.filter((recipient) => 'chat' in recipient)
}

/** The escalation of what is paged as if it had just been opened: who was called, and who has to take it, is still known. */
export function begunAnew({ escalation: { people, needs } }: Incident, now: Instant): Escalation {
  return { ...unstarted('starting', now + LOST_STEP_MS), people, ...(needs && { needs }) }
}

/** A new escalation, which has reached nobody yet; its first step is due at `deadlineAt`, UTC ms. */
export function unstarted(phase: Escalation['phase'], deadlineAt: Instant): Escalation {
  return {
    phase,
    round: 0,
    layer: 0,
    deadlineAt,
    attempts: [],
    calls: 1,
    acknowledgeOn: 'key',
    people: {},
    next: [],
    tried: [],
  }
}

/** The policy that it followed stays with it: who asks why somebody was not called is told by that one. */
function over({ escalation: before }: Incident): Escalation {
  return {
    ...before,
    phase: 'over',
    attempts: before.attempts.map((attempt) =>
      isUnderWay(attempt.status) ? { ...attempt, status: 'cancelled' } : attempt,
    ),
  }
}
