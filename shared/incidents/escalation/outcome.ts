import type { Failure } from '../../contracts/failure.ts'
import type { PersonalReach } from '../../contracts/reach.ts'
import type { Instant } from '../../contracts/words.ts'
import { type Attempt, type AttemptStatus, type CallOutcome, isUnderWay, isUnplaced } from '../attempt.ts'
import type { ReasonedChange } from '../decision-reason.ts'
import { type Change, EVERYBODY, type Incident, type IncidentEffect, type NoticeEffect } from '../incident.ts'
import { stepAt } from '../life.ts'
import type { DeliveryStatus, MessageStatus, Recipient } from '../notice.ts'
import { isOfHeld, ofKind } from '../notice-kinds.ts'
import { isRefusedForNow, sameRecipient, tell } from '../notices.ts'
import { callEffect, peopleOf, personal } from './attempts.ts'
import { endLayer } from './layer.ts'
import { ringsNobody } from './mute.ts'
import { nextNumber } from './numbers.ts'

type CallEvent = { phoneHash: string; step: number; outcome: CallOutcome; failure?: Failure }

/**
 * Decides on what became of a call. The layer ends when every phone that rang has ended unacknowledged; a second call comes first if
 * the policy wants one, then the person's next number; key 9 ends the layer at once, except when everybody is called and nobody is left to pass it on to; a phone that
 * failed hands over to the contact's next channel, and so does one that waits, while it is still being tried.
 */
export function takeCallOutcome(incident: Incident, event: CallEvent, now: Instant): ReasonedChange {
  const { attempts } = incident.escalation
  const index = attempts.findIndex((attempt) => attempt.phoneHash === event.phoneHash && attempt.step === event.step)
  const attempt = attempts[index]
  if (attempt === undefined) return { incident, effects: [], reason: `late outcome: ${event.outcome}` }
  if (!isUnderWay(attempt.status) || !isLater(event.outcome, attempt.status))
    return { incident, effects: [], reason: `repeated outcome: ${event.outcome}` }

  const changed: Attempt = { ...attempt, status: event.outcome, since: now }
  if (event.failure !== undefined) changed.failure = event.failure
  const dialled = isUnplaced(attempt.status) && !isUnplaced(event.outcome) && event.outcome !== 'failed'
  const next: Incident = { ...incident, calls: incident.calls + (dialled ? 1 : 0) }
  next.escalation = { ...incident.escalation, attempts: attempts.with(index, changed) }
  const line = callLine(incident, changed, event, now)

  if (incident.status !== 'open' || incident.escalation.phase !== 'layer')
    return { incident: next, effects: [line], reason: `call ${event.outcome}` }
  if (event.outcome === 'waiting') return after(line, withRefusal(standIn(next, changed, now), incident, changed, now))
  if (isUnderWay(event.outcome))
    return after(line, orElsewhere({ incident: next, effects: [], reason: `call ${event.outcome}` }, now))
  if (event.outcome === 'passed' && incident.escalation.layer !== EVERYBODY) return passOn(next, changed, line, now)
  const isOver =
    event.outcome === 'failed' ||
    changed.call >= Math.min(changed.calls ?? Number.POSITIVE_INFINITY, next.escalation.calls)
  if (event.outcome === 'passed') return after(line, endIfOver(next, now))
  if (!isOver) return after(line, callAgain(next, changed, now))
  const other = nextNumber(changed, next.escalation.attempts, next.step + 1, now)
  if (other !== undefined) return after(line, { ...withAttempt(next, other), reason: 'next number' })
  const gone = event.outcome === 'failed' ? standIn(next, changed, now) : endIfOver(next, now)
  return after(line, orElsewhere(gone, now))
}

/**
 * Decides on what became of a message: it is put on record, and who has got it is remembered as notified. A person's channel that failed
 * hands over to the next one, and so does one that waits, while it is still being tried.
 */
export function takeDelivery(
  incident: Incident,
  event: { effect: NoticeEffect; status: DeliveryStatus; failure?: Failure },
  now: Instant,
): ReasonedChange {
  const { kind, to } = event.effect
  if (event.status === 'waiting') return takeWaiting(incident, event, now)
  const reached = event.status !== 'failed'
  const next: Incident = {
    ...incident,
    texts: incident.texts + (reached && 'channel' in to && to.channel === 'sms' ? 1 : 0),
    notified: reached && ofKind(kind).tellsTrouble ? remember(incident.notified, to) : incident.notified,
  }
  const line = messageLine(incident, event, event.status, now)
  const reason = `${kind} ${event.status}` as const
  // The message was under way when the incident ended: who hears of the trouble only now is told of its end too.
  const isNews = !incident.notified.some((one) => sameRecipient(one, to)) && !isToldSo(incident, event.effect)
  if (reached && isNews && ofKind(kind).tellsTrouble && incident.status === 'resolved')
    return { incident: next, effects: [...tell(next, 'resolved', incident.resolved?.at ?? now, [to]), line], reason }
  if (reached && isNews && 'chat' in to && ofKind(kind).tellsTrouble && incident.status === 'acknowledged')
    return {
      incident: next,
      effects: [...tell(next, 'acknowledged', incident.acknowledged?.at ?? now, [to]), line],
      reason,
    }

  // It refused the opening: the next layer tells it anew, at once where this one has only robots and none takes it.
  if ('chat' in to && (kind === 'opened' || kind === 'held') && !reached) {
    const { phase, attempts, pending: asked = [] } = incident.escalation
    const pending = asked.filter((chat) => chat !== to.chat)
    next.escalation = { ...incident.escalation, pending }
    const isUntold = asked.length > 0 && pending.length === 0 && attempts.length === 0
    if (isUntold && incident.status === 'open' && phase === 'layer')
      return { ...after(line, endIfOver(next, now)), reason }
  }

  const index = 'channel' in to && kind === 'page' ? attemptOf(incident, to.contact, to.channel) : -1
  const attempt = incident.escalation.attempts[index]
  // What its carrier has refused already is not sent for its vendor's having taken it.
  if (attempt === undefined || (reached && isFailed(attempt))) return { incident: next, effects: [line], reason }
  const changed: Attempt = { ...attempt, status: reached ? 'sent' : 'failed', since: now }
  if (event.failure !== undefined) changed.failure = event.failure
  next.escalation = { ...incident.escalation, attempts: incident.escalation.attempts.with(index, changed) }
  if (reached || incident.status !== 'open' || incident.escalation.phase !== 'layer')
    return { incident: next, effects: [line], reason }
  return { ...after(line, fallBack(next, changed, now)), reason }
}

/** What was held was told as it was then: over, or taken. */
function isToldSo({ acknowledged, resolved }: Incident, { kind, at }: NoticeEffect): boolean {
  return isOfHeld(kind) && ((resolved ?? acknowledged)?.at ?? 0) <= at
}

/** A page that its vendor refuses for now is told of once, and the person's next channel stands in for it. */
function takeWaiting(
  incident: Incident,
  { effect, failure }: { effect: NoticeEffect; failure?: Failure },
  now: Instant,
): ReasonedChange {
  const { kind, to } = effect
  const reason = `${kind} waiting` as const
  const { phase, attempts } = incident.escalation
  const index = 'channel' in to && kind === 'page' ? attemptOf(incident, to.contact, to.channel) : -1
  const attempt = attempts[index]
  if (attempt?.status !== 'requested' || incident.status !== 'open' || phase !== 'layer')
    return { incident, effects: [], reason }
  const changed: Attempt = { ...attempt, status: 'waiting', since: now, ...(failure === undefined ? {} : { failure }) }
  const next: Incident = { ...incident }
  next.escalation = { ...incident.escalation, attempts: attempts.with(index, changed) }
  const line = messageLine(incident, { effect, ...(failure === undefined ? {} : { failure }) }, 'waiting', now)
  return { ...after(line, standIn(next, changed, now)), reason }
}

/** Where no route here rings anybody another region may ring them: a step finds out at once, though a text has gone out meanwhile. */
function orElsewhere(change: ReasonedChange, now: Instant): ReasonedChange {
  const { incident, effects } = change
  const isHopeless = incident.duty !== undefined && ringsNobody(incident.escalation)
  return isHopeless ? { ...change, effects: [...effects, stepAt(incident, now)] } : change
}

/** The group has read that this phone is being called: once a layer it hears that none has rung yet. */
function withRefusal(change: ReasonedChange, before: Incident, attempt: Attempt, now: Instant): ReasonedChange {
  const { attempts, pending = [] } = before.escalation
  if (!isRefusedForNow(attempt) || attempts.some(isRefusedForNow)) return change
  const robots = pending.map((chat) => ({ chat }))
  return { ...change, effects: [...change.effects, ...tell(change.incident, 'unplaced', now, robots)] }
}

/** The second call within three minutes passes a phone's focus mode. */
function callAgain(incident: Incident, attempt: Attempt, now: Instant): ReasonedChange {
  const step = incident.step + 1
  const again: Attempt = { ...attempt, step, call: attempt.call + 1, status: 'requested', since: now }
  delete again.failure
  return { ...withAttempt(incident, again), reason: 'call again' }
}

/** Another channel tells what this one can't, if none does already: one that waited before it failed has handed over once. */
function standIn(incident: Incident, mute: Attempt, now: Instant): ReasonedChange {
  const { attempts } = incident.escalation
  // What stands in for another channel has itself among those that may.
  const others = mute.fallback.filter((channel) => channel !== mute.channel)
  const isTold = attempts.some(
    (one) => one.contact === mute.contact && others.some((channel) => channel === one.channel) && !isFailed(one),
  )
  return isTold ? endIfOver(incident, now) : fallBack(incident, mute, now)
}

/** The next of a person's channels that was not tried in this layer takes over from one that failed. */
export function fallBack(incident: Incident, failed: Attempt, now: Instant): ReasonedChange {
  const { attempts } = incident.escalation
  const used = new Set(attempts.filter((one) => one.contact === failed.contact).map((one) => one.channel))
  const step = incident.step + 1
  // Nobody is called for what a text now does: the attempt has no phone line.
  const { failure, phoneHash: _, calls: __, number: ___, ...rest } = failed
  const attemptBy = (channel: PersonalReach): Attempt | undefined =>
    channel === 'phone'
      ? nextNumber(failed, attempts, step, now)
      : { ...rest, channel, step, call: 1, status: 'requested', since: now }
  const [attempt] = failed.fallback.filter((one) => !used.has(one)).flatMap((one) => attemptBy(one) ?? [])
  if (attempt === undefined) return endIfOver(incident, now)
  const { channel } = attempt
  const change = withAttempt(incident, attempt)
  const line: IncidentEffect = {
    type: 'timeline',
    entry: {
      at: now,
      generation: incident.generation,
      kind: 'fallback',
      name: failed.name,
      from: failed.channel,
      to: channel,
      ...(failure === undefined ? {} : { failure }),
    },
  }
  const { deadlineAt: until } = incident.escalation
  const calling = [{ contact: failed.contact, name: failed.name }]
  return {
    incident: change.incident,
    effects: [...change.effects, ...tell(change.incident, 'page', now, personal(attempt), { calling, until }), line],
    reason: `fallback to ${channel}`,
  }
}

/** A further attempt in the same layer is a decision of its own; the deadline goes on under its number. */
function withAttempt(incident: Incident, attempt: Attempt): Change {
  const next: Incident = { ...incident, step: attempt.step }
  const { attempts, people } = incident.escalation
  next.escalation = {
    ...incident.escalation,
    attempts: [...attempts, attempt],
    people: { ...people, ...peopleOf([attempt]) },
  }
  return {
    incident: next,
    effects: [...callEffect(attempt, next), stepAt(next, incident.escalation.deadlineAt)],
  }
}

function passOn(incident: Incident, attempt: Attempt, line: IncidentEffect, now: Instant): ReasonedChange {
  const ended = endLayer(incident, { code: 'passed-on', args: { name: attempt.name } }, now)
  ended.incident.escalation.passedBy = { contact: attempt.contact, name: attempt.name }
  return {
    incident: ended.incident,
    effects: [line, ...ended.effects, stepAt(ended.incident, now)],
    reason: 'passed on',
  }
}

/**
 * A layer is over when every phone that rang has ended, or when nothing at all reached anybody. A layer with only texts, or
 * whose phones all failed while a text went out, lasts until its deadline.
 */
export function endIfOver(incident: Incident, now: Instant): ReasonedChange {
  const { attempts } = incident.escalation
  const rang = attempts.filter((attempt) => attempt.channel === 'phone' && attempt.status !== 'failed')
  const over = rang.length > 0 ? rang.every((one) => !isUnderWay(one.status)) : attempts.every(isFailed)
  if (!over) return { incident, effects: [], reason: 'layer goes on' }
  const why = rang.length > 0 ? 'unacknowledged' : 'all-channels-failed'
  const ended = endLayer(incident, { code: why, args: {} }, now)
  return {
    incident: ended.incident,
    effects: [...ended.effects, stepAt(ended.incident, now)],
    reason: `layer ended: ${why}`,
  }
}

/** A change that follows from what `line` says: the history tells it in that order. */
export function after(line: IncidentEffect, change: ReasonedChange): ReasonedChange {
  return { ...change, effects: [line, ...change.effects] }
}

/** The line of the history that says what became of a message. */
export function messageLine(
  { generation }: Incident,
  { effect: { kind, to }, failure }: { effect: NoticeEffect; failure?: Failure },
  status: MessageStatus,
  now: Instant,
): IncidentEffect {
  const said = failure === undefined ? {} : { failure }
  return { type: 'timeline', entry: { at: now, generation, kind: 'message', what: kind, to, status, ...said } }
}

function callLine(incident: Incident, attempt: Attempt, event: CallEvent, now: Instant): IncidentEffect {
  return {
    type: 'timeline',
    entry: {
      at: now,
      generation: incident.generation,
      kind: 'call',
      name: attempt.name,
      call: attempt.call,
      ...(attempt.number !== undefined && { number: attempt.number }),
      outcome: event.outcome,
      ...(event.failure === undefined ? {} : { failure: event.failure }),
    },
  }
}

/** In the order in which a call goes through them. What is told late undoes nothing, least of all that somebody listens. */
const course: AttemptStatus[] = ['requested', 'waiting', 'unknown', 'ringing', 'listening']

function isLater(outcome: CallOutcome, known: AttemptStatus): boolean {
  return !isUnderWay(outcome) || course.indexOf(outcome) > course.indexOf(known)
}

function isFailed(attempt: Attempt): boolean {
  return attempt.status === 'failed'
}

/** Where the last attempt to reach somebody by a channel stands; -1: there is none. */
export function attemptOf(incident: Incident, contact: string, channel: string): number {
  return incident.escalation.attempts.findLastIndex(
    (attempt) => attempt.contact === contact && attempt.channel === channel,
  )
}

function remember(notified: Recipient[], to: Recipient): Recipient[] {
  return notified.some((one) => sameRecipient(one, to)) ? notified : [...notified, to]
}
