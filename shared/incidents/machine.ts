import { inOrder } from '../contracts/arrival.ts'
import type { Decision, Machine } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import { ackDueAt, isRenewable } from './ack-end.ts'
import { isClosedFor } from './closed-by-hand.ts'
import type { IncidentReason, ReasonedChange } from './decision-reason.ts'
import { stepDueAt } from './due.ts'
import { placedBy } from './duty/duty.ts'
import { gate } from './duty/gate.ts'
import { openedHere } from './duty/opening.ts'
import { takeNews } from './duty/take-news.ts'
import { tellPeers } from './duty/tell-peers.ts'
import { escalateNow, giveBack, isPressedAlready, withPress } from './escalation/by-hand.ts'
import { afterHold, tellHeld } from './escalation/held.ts'
import { remind, reopened } from './escalation/lapse.ts'
import { CLOCK_DIFFERENCE_MS, takeStep } from './escalation/layer.ts'
import { takeCallOutcome, takeDelivery } from './escalation/outcome.ts'
import { resumed, takePause } from './escalation/pausing.ts'
import { raised } from './escalation/raise.ts'
import { takeTextReceipt } from './escalation/receipt.ts'
import { forTheMissing, hasTaken, take, withdraw } from './escalation/several.ts'
import { countedAnew, withEnd } from './facts.ts'
import { grown, growthDueAt, tellGrowth } from './grow.ts'
import {
  type Change,
  type DatedAlert,
  type Incident,
  type IncidentEffect,
  type IncidentEvent,
  incidentShape,
} from './incident.ts'
import { ITEM_KEPT_MS } from './kept.ts'
import { acknowledge, arrived, open, repeated, resolve, resolvedBefore } from './life.ts'
import { takeMerge } from './merging.ts'
import { note } from './noted.ts'
import type { Action } from './notice.ts'
import { withMuted } from './notices.ts'
import { formatReference } from './reference.ts'
import { fallSilent, silentAt } from './unrenewed.ts'

type Decided = Decision<Incident, IncidentEffect, IncidentReason>

/** Seconds are DynamoDB's unit for expiry. */
const MS_PER_SECOND = 1000

/** The incident's state machine: (incident, event, now) → (next state, effects). Pure. */
export const incidentMachine: Machine<Incident, IncidentEvent, IncidentEffect> = {
  shape: incidentShape,
  transition,
  dueAt(incident) {
    const times = [stepDueAt(incident), silentAt(incident), growthDueAt(incident)].filter((at) => at !== undefined)
    return times.length > 0 ? Math.min(...times) : undefined
  },
  listed(incident) {
    if (incident.generation === 0) return undefined
    return { listed: incident.status === 'resolved' ? 'resolved' : 'open', openedAt: incident.openedAt }
  },
  expiresAt(incident) {
    if (incident.status !== 'resolved') return undefined
    const endedAt = incident.resolved?.at ?? incident.lastAlertAt
    return Math.floor((Math.max(endedAt, incident.notedAt ?? 0) + ITEM_KEPT_MS) / MS_PER_SECOND)
  },
}

/** Whether a step may decide anything: it is open, what somebody has of it has an end, or it was held and is to be told. */
export function mayStep(incident: Incident): boolean {
  return incident.status === 'open' || stepDueAt(incident) !== undefined
}

function transition(incident: Incident | undefined, event: IncidentEvent, now: Instant): Decided {
  return tellPeers(incident, event, decide(incident, event, now))
}

function decide(incident: Incident | undefined, event: IncidentEvent, now: Instant): Decided {
  if (event.type === 'alert') return takeAlert(incident, event, now)
  if (event.type === 'news') return takeNews(incident, event, now)
  if (incident === undefined) return { state: incident, outbox: [], reason: 'no such incident' }
  switch (event.type) {
    case 'step':
      return takeAskedStep(incident, event, now)
    case 'stale':
      return unchanged(incident, 'stale step')
    case 'unrenewed':
      if (now < (silentAt(incident) ?? Number.POSITIVE_INFINITY)) return unchanged(incident, 'its sender is heard')
      return changed(fallSilent(incident, now), 'its sender is silent')
    case 'grown':
      return changed(tellGrowth(incident, now), 'its group has grown')
    case 'call':
      return event.generation === incident.generation
        ? takeOutcome(incident, event, now)
        : unchanged(incident, 'call of an earlier generation')
    case 'delivered':
    case 'receipt':
      if (event.effect.incident !== formatReference(incident))
        return unchanged(incident, 'message of an earlier generation')
      if (event.type === 'receipt') return decision(takeTextReceipt(incident, event, now))
      return decision(takeDelivery(incident, event, now))
    case 'acknowledge':
      return takeAcknowledgement(incident, event, now)
    case 'resolve':
      if (event.generation !== incident.generation || incident.status === 'resolved')
        return unchanged(incident, 'already resolved')
      return changed(resolve(withPress(incident, event, now), actionOf(event, now), now), 'resolved')
    case 'snooze':
    case 'give-back':
    case 'escalate':
      return takeHand(incident, event, now)
    case 'merge':
      if (event.generation !== incident.generation || incident.status === 'resolved')
        return unchanged(incident, 'already resolved')
      return decision(takeMerge(incident, event, now))
    case 'note':
      if (isPressedAlready(incident, event, now)) return unchanged(incident, 'noted already')
      return decision(note(withPress(incident, event, now), event, now))
  }
}

/** What the other regions have answered comes first: what they know to be taken or over needs no step. */
function takeAskedStep(before: Incident, event: Extract<IncidentEvent, { type: 'step' }>, now: Instant): Decided {
  const { place, answers = [], number } = event
  const outbox: IncidentEffect[] = []
  let incident = place ? placedBy(before, place) : before
  for (const { from, incident: theirs } of answers) {
    // What is over needs no further answer: whoever pages a later life says so by its words.
    if (incident.status === 'resolved') break
    if (theirs === undefined || place === undefined) continue
    const heard = takeNews(incident, { type: 'news', from, incident: theirs, place, ...(number && { number }) }, now)
    outbox.push(...heard.outbox)
    incident = heard.state ?? incident
    if (incident.generation !== before.generation) break
  }
  if (incident.status !== before.status || incident.generation !== before.generation)
    return { state: incident, outbox, reason: 'a word of another region' }
  const taken = takeAnyStep(incident, event, now)
  return { ...taken, outbox: [...outbox, ...taken.outbox] }
}

/** What is acknowledged may have an end: first whoever has it is reminded, then it pages again. */
function takeAnyStep(incident: Incident, event: Extract<IncidentEvent, { type: 'step' }>, now: Instant): Decided {
  const { status, ackEnd } = incident
  if (status === 'open') return takeStepOf(incident, event, now)
  const told = tellHeld(incident, event.plan, event.pause, now)
  if (told) return decision({ ...told, effects: withMuted(told.effects, event.muted ?? []) })
  const dueAt = ackDueAt(incident)
  if (ackEnd === undefined || dueAt === undefined) return unchanged(incident, `step of an incident that is ${status}`)
  if (now < dueAt - CLOCK_DIFFERENCE_MS) return unchanged(incident, 'early')
  if (ackEnd.remindAt !== undefined && now < ackEnd.at)
    return changed(remind(incident, event.keepers ?? [], now), 'reminded')
  const { incident: open, effects } = reopened(incident, { why: ackEnd.snoozed ? 'snooze-over' : 'expired' }, now)
  const taken = takeStepOf(open, event, now)
  return { ...taken, outbox: [...effects, ...taken.outbox] }
}

/** What somebody does to an incident that is not over. */
function takeHand(
  incident: Incident,
  event: Extract<IncidentEvent, { type: 'snooze' | 'give-back' | 'escalate' }>,
  now: Instant,
): Decided {
  if (event.generation !== incident.generation) return unchanged(incident, 'an earlier generation')
  if (incident.status === 'resolved') return unchanged(incident, 'already resolved')
  const action = actionOf(event, now)
  if (isPressedAlready(incident, event, now)) return unchanged(incident, 'pressed already')
  const pressed = withPress(incident, event, now)
  if (event.type === 'snooze') {
    if (hasTaken(incident, action.by)) return unchanged(incident, 'taken by them already')
    return changed(take(pressed, action, now, undefined, { at: event.until, snoozed: true }), 'snoozed')
  }
  if (event.type === 'give-back') {
    if (hasTaken(incident, action.by)) return changed(withdraw(pressed, action, now), 'given back')
    if (incident.status !== 'acknowledged') return unchanged(incident, 'nobody has it')
    return changed(giveBack(pressed, action, now), 'given back')
  }
  const { phase } = incident.escalation
  if (phase === 'paused') return unchanged(incident, 'paused')
  // Whoever pages it has to go on with it.
  if (phase === 'guarded') return unchanged(incident, 'guarded')
  if (phase === 'notified' && event.policy === undefined) return unchanged(incident, 'its severity pages nobody')
  return changed(escalateNow(pressed, event, action, now), 'escalated by hand')
}

/** A step finds out whether the incident is to page now: a pause comes and goes between two steps. */
function takeStepOf(
  known: Incident,
  { plan, pause, muted = [], ...asked }: Extract<IncidentEvent, { type: 'step' }>,
  now: Instant,
): Decided {
  const { incident, effects: before, waits } = gate(known, asked, now)
  if (waits !== undefined) return { state: incident, outbox: before, reason: waits }
  if (pause !== undefined && incident.proof === undefined && incident.tells === undefined)
    return decision(after(before, takePause(incident, pause, plan, now)))
  const { incident: awake, effects } = resumed(incident, now)
  const taken = afterHold(raised(awake, now) ?? takeStep(awake, forTheMissing(plan, awake), now), now)
  return decision(after([...before, ...effects], { ...taken, effects: withMuted(taken.effects, muted) }))
}

function takeAlert(
  incident: Incident | undefined,
  { alert, projectTitle, number, place }: Extract<IncidentEvent, { type: 'alert' }>,
  now: Instant,
): Decided {
  const isOpen = incident !== undefined && !startsAnew(incident, alert)
  if (incident !== undefined && isLate(incident, alert)) return unchanged(incident, 'late or repeated alert')
  if (alert.action === 'trigger') {
    if (isOpen && alert.once) return unchanged(incident, 'told already')
    if (incident !== undefined && isClosedFor(incident, alert, now))
      return unchanged(incident, 'closed by hand a moment ago')
    if (isOpen) return changed(grown(repeated(incident, alert, now), incident, alert, now), 'further trigger')
    if (number === undefined) throw new Error('A trigger that opens an incident needs a number for it')
    const opened = grown(open(incident, alert, { number, projectTitle }, now), undefined, alert, now)
    return changed(openedHere(opened, place, incident, now), 'opened')
  }
  if (!isOpen) {
    if (alert.action === 'acknowledge') return { state: incident, outbox: [], reason: 'nothing to acknowledge' }
    if (incident === undefined) return changed(resolvedBefore(alert, projectTitle), 'resolved before it was triggered')
    return changed(
      { incident: { ...incident, ...arrived(alert), ...countedAnew(incident, alert) }, effects: [] },
      'already resolved',
    )
  }
  if (alert.action === 'resolve') {
    const action: Action = { at: now, via: alert.removed ? 'removed' : 'system' }
    return changed(resolve(withEnd({ ...incident, ...arrived(alert) }, alert), action, now), 'resolved')
  }
  if (incident.status === 'acknowledged') return unchanged(incident, 'already acknowledged')
  // It is no word on whether the trouble goes on: an end that was sent before it, and comes after it, is an end.
  return changed(acknowledge(incident, { at: now, via: 'api' }, now), 'acknowledged')
}

/** Whether a trigger opens the next generation: the last one is over, or was taken and tells of no end. What is told once opens none. */
export function startsAnew({ status, generation }: Incident, alert: DatedAlert): boolean {
  if (alert.once) return generation === 0
  return status === 'resolved' || (alert.endless === true && status === 'acknowledged')
}

/**
 * Whether an alert came after a newer one that was applied, or is the same once more. A resolve that came in the same moment as its
 * trigger is not late.
 */
export function isLate(incident: Incident, alert: DatedAlert): boolean {
  const order = inOrder(alert, { takenAt: incident.lastAlertAt, ...incident.lastAlert })
  const ends = alert.action !== 'trigger' && incident.status !== 'resolved'
  return ends ? order < 0 : order <= 0
}

function takeOutcome(incident: Incident, event: Extract<IncidentEvent, { type: 'call' }>, now: Instant): Decided {
  const taken = takeCallOutcome(incident, event, now)
  const answers = event.outcome === 'listening' && taken.incident.escalation.acknowledgeOn === 'answer'
  if (!answers || taken.incident.status !== 'open') return decision(taken)
  const { phoneHash, step } = event
  const action = actionOf({ via: 'phone', phoneHash }, now, taken.incident)
  // The call that was answered goes on; one that they were asked for since does not.
  const isCalledAgain = incident.escalation.attempts.some((one) => one.phoneHash === phoneHash && one.step > step)
  if (hasTaken(taken.incident, action.by)) return decision(taken)
  const acknowledged = take(taken.incident, action, now, isCalledAgain ? undefined : phoneHash)
  return {
    state: acknowledged.incident,
    outbox: [...taken.effects, ...acknowledged.effects],
    reason: 'acknowledged by answering',
  }
}

/** Conditional on the incident being open, or about to be, not on its step: an acknowledgement wins against any step. */
function takeAcknowledgement(
  incident: Incident,
  event: Extract<IncidentEvent, { type: 'acknowledge' }>,
  now: Instant,
): Decided {
  if (event.generation !== incident.generation) return unchanged(incident, 'an earlier generation')
  const isTaken = incident.status === 'acknowledged' && !isRenewable(incident, event.until)
  if (incident.status === 'resolved' || isTaken) return unchanged(incident, `already ${incident.status}`)
  const end = event.until === undefined ? undefined : { at: event.until, snoozed: true as const }
  const action = actionOf(event, now, incident)
  const isTheirs = hasTaken(incident, action.by) || isPressedAlready(incident, event, now)
  if (isTheirs) return unchanged(incident, 'taken by them already')
  return changed(take(withPress(incident, event, now), action, now, event.phoneHash, end), 'acknowledged')
}

function actionOf(event: Omit<Action, 'at'> & { phoneHash?: string }, now: Instant, incident?: Incident): Action {
  const by = event.by ?? (event.phoneHash === undefined ? undefined : incident?.escalation.people[event.phoneHash])
  const { via, before, key } = event
  return { at: now, via, ...(by && { by }), ...(before && { before }), ...(key && { key }) }
}

function changed({ incident, effects }: Change, reason: IncidentReason): Decided {
  return { state: incident, outbox: effects, reason }
}

/** A change that follows others of the same decision. */
function after(effects: IncidentEffect[], change: ReasonedChange): ReasonedChange {
  return { ...change, effects: [...effects, ...change.effects] }
}

function decision({ incident, effects, reason }: ReasonedChange): Decided {
  return { state: incident, outbox: effects, reason }
}

function unchanged(incident: Incident, reason: IncidentReason): Decided {
  return { state: incident, outbox: [], reason }
}
