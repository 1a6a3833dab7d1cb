import type { Instant } from '../../contracts/words.ts'
import { stepDueAt } from '../due.ts'
import { handedOver } from '../escalation/handed.ts'
import { type Change, type Escalation, EVERYBODY, type Incident, type IncidentEffect } from '../incident.ts'
import { callOff, stepAt } from '../life.ts'
import { mergedAs } from '../merging.ts'
import type { Recipient } from '../notice.ts'
import { sameRecipient } from '../notices.ts'
import { withWorst } from '../severity.ts'
import type { TimelineEntry } from '../timeline-entry.ts'
import { type Duty, guardedUntil, isInVain, type TakeOver, unmuted } from './duty.ts'

/**
 * An incident that another region pages, `pages`, as that has it: who was reached and told, at which round and layer, and by when the
 * next word has to come.
 */
export function follow(incident: Incident, theirs: Incident, pages: string, now: Instant): Change {
  const { duty } = incident
  if (duty === undefined) return { incident, effects: [] }
  const promised = stepDueAt(theirs)
  const raised = theirs.raised ?? incident.raised
  const { handedTo: _, handedToPolicy: __, mergedInto: ___, ...rest } = incident
  const next: Incident = {
    ...withWorst({ ...rest, ...(raised && { raised }) }, incident),
    step: incident.step + 1,
    notified: knowing(theirs),
    calls: theirs.calls,
    texts: theirs.texts,
    // By whom it was handed to the layers are counted.
    ...handedOver(theirs),
    ...mergedAs(theirs, incident, pages),
    duty: paging(duty, pages),
  }
  const isVain = isInVain(theirs, duty, now) && theirs.duty?.pages === pages
  next.escalation = reachedBy(incident, theirs, isVain ? theirs.duty?.muteIn : undefined)
  if (promised === undefined) {
    // It tells nobody: there is nothing to wait for.
    next.escalation = { ...next.escalation, phase: 'notified', isSilent: true }
    return { incident: next, effects: callOff(incident) }
  }
  // Whoever can ring nobody keeps its word in vain: it is waited for no longer.
  const awaited = isVain ? now : promised
  const until = guardedUntil(awaited, now, duty)
  const isWaiting = awaited === now && incident.escalation.phase === 'guarded'
  next.escalation.deadlineAt = isWaiting ? Math.min(incident.escalation.deadlineAt, until) : until
  return { incident: next, effects: [...callOff(incident), stepAt(next, next.escalation.deadlineAt)] }
}

/** Whether a region that pages an incident has its next step before it. */
export function promises(theirs: Incident, from: string, ours: Incident, now: Instant): boolean {
  if (theirs.status !== 'open' || theirs.duty?.pages !== from || isInVain(theirs, ours.duty, now)) return false
  return (stepDueAt(theirs) ?? 0) > now
}

/** Who knows of it: a robot that is being told has heard of it by the time that this is told. */
function knowing({ notified, escalation: { pending = [] } }: Incident): Recipient[] {
  const robots = pending.map((chat) => ({ chat }))
  return [...notified, ...robots.filter((robot) => !notified.some((one) => sameRecipient(one, robot)))]
}

/**
 * How far another region has come with an escalation, which goes on from there if it has to be paged here. One that rings nobody `since` some
 * layer has only counted those after it.
 */
function reachedBy({ escalation: own }: Incident, { escalation }: Incident, since: Duty['muteIn']): Escalation {
  const { isSilent: _, pause: __, lost: ___, isUnrung, isPassed, ...theirs } = escalation
  const isOver = isPassed || theirs.phase === 'next'
  const { round, layer } = since ?? theirs
  const isUnrungThere = since === undefined ? theirs.phase === 'next' && isUnrung : !since.isPassed
  const hasPassed = since === undefined ? isOver && !isUnrungThere : since.isPassed
  return {
    ...theirs,
    round,
    layer,
    phase: 'guarded',
    attempts: [],
    people: { ...own.people, ...theirs.people },
    ...(isUnrungThere && { reached: reachedBefore(escalation, layer) }),
    ...(hasPassed && { isPassed: true as const }),
  }
}

/** Whom the layers before one were for: nobody of that one was rung, who is called as often as it says. */
export function reachedBefore({ reached = [] }: Pick<Escalation, 'reached'>, layer: number): string[][] {
  return layer === EVERYBODY ? reached : reached.slice(0, layer)
}

/** A duty that is a certain region's. */
export function paging({ waited: _, why: __, handed: ___, ...duty }: Duty, pages: string): Duty {
  return { ...duty, pages }
}

/** An incident that is paged here from now on, at the layer that was reached, or at the next if that layer is over. */
export function takenOver(incident: Incident, why?: TakeOver): Incident {
  const { duty, escalation } = incident
  if (duty === undefined) return incident
  const { isPassed, ...rest } = escalation
  const ours = unmuted(incident).duty ?? duty
  return {
    ...incident,
    duty: { ...paging(ours, duty.own), ...(why && { why }) },
    escalation: escalation.phase === 'guarded' && isPassed ? { ...rest, phase: 'next' } : rest,
  }
}

/** The line of the history that says which region pages from now on, or in whose stead this one does, and why. */
export function dutyLine(
  { generation }: Incident,
  region: string,
  why: Extract<TimelineEntry, { kind: 'duty' }>['why'],
  at: Instant,
): IncidentEffect {
  return { type: 'timeline', entry: { at, generation, kind: 'duty', region, why } }
}
