import type { Failure } from '../contracts/failure.ts'
import type { Machine } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import { deadlineEffect, deadlineOf, dialEffect, guarded, isAsking, isOf, isOff, outcomes } from './call.ts'
import {
  type LineCall,
  type PhoneLine,
  type PhoneLineEffect,
  type PhoneLineEvent,
  phoneLineShape,
  type Request,
} from './phone-line.ts'
import { SETTLED_MS, settle, takenUp, withRequest } from './requests.ts'
import { type Decided, finish, next, start, stop, unchanged } from './turn.ts'
import { isLongRefused, tellWaiting, waitingDueAt } from './waiting.ts'

/** The limit on calls a second is waited out so long before the phone counts as failed: a storm may want hundreds of people. */
const THROTTLED_MS = 300_000

/** Why a call is given up whose end no contact event has told. */
const NO_WORD: Failure = { class: 'no-word' }
const CALLED_OFF: Failure = { class: 'called-off' }

/** SQS counts whole seconds from its own clock: a look may come a little early. */
const EARLY_MS = 500

const MS_PER_SECOND = 1000

type EventOfCall = Exclude<PhoneLineEvent, { type: 'request' | 'requests' | 'cancel' | 'cancels' }>

/** The phone line's state machine. Pure. */
export function phoneLineMachine(phoneHash: string): Machine<PhoneLine, PhoneLineEvent, PhoneLineEffect> {
  return {
    shape: phoneLineShape,
    transition: (line, event, now) => {
      const known = line ?? { phoneHash, seq: 0, waiting: [], past: [], settled: {} }
      const decided = transition(known, event, now)
      return decided.state === known ? { ...decided, state: line } : decided
    },
    dueAt: (line) =>
      line.call === undefined ? undefined : Math.min(deadlineOf(line.call), waitingDueAt(line) ?? Infinity),
    expiresAt: ({ call, settled }) => {
      if (call !== undefined) return undefined
      const last = Math.max(0, ...Object.values(settled).map(({ at }) => at))
      return Math.floor((last + SETTLED_MS) / MS_PER_SECOND)
    },
  }
}

function transition(line: PhoneLine, event: PhoneLineEvent, now: Instant): Decided {
  if (event.type === 'request') return request(line, [event], now)
  if (event.type === 'requests') return request(line, event.of, now)
  if (event.type === 'cancel') return callOff(line, [event], now)
  if (event.type === 'cancels') return callOff(line, event.of, now)
  const { call } = line
  if (call === undefined || !isOf(call, event)) return pastCall(line, event, now)

  switch (event.type) {
    case 'dialled':
      return dialled(line, call, event, now)
    case 'throttled':
      return throttled(line, call, event, now)
    case 'refused':
      if (!isAsking(call)) return unchanged(line, 'refused after the fact')
      return finish(line, call, 'failed', now, event.failure)
    case 'lost':
      if (!isAsking(call) || call.phase === 'unknown') return unchanged(line, 'known by now')
      return lost(line, call, event.failure, now)
    case 'withdrawn':
      return next({ ...line }, [], now, 'nobody needs the call any more')
    case 'stopped':
      // The line may still ring when the stop was not confirmed: then the deadline ends the call.
      return finish(line, call, 'unanswered', now, isOff(call) ? CALLED_OFF : NO_WORD)
    case 'connected':
      return answered(line, call, call.contactId, now)
    case 'answered':
      return answered(line, call, event.contactId, now)
    case 'key':
      return key(line, call, event, now)
    case 'disconnected':
      return disconnected(line, call, event, now)
    case 'deadline':
      return atDeadlines(line, call, now)
  }
}

/** Of a call that is over, only the key that acknowledges still counts. */
function pastCall(line: PhoneLine, event: EventOfCall, now: Instant): Decided {
  const past = 'seq' in event ? line.past.find(({ seq }) => seq === event.seq) : undefined
  if (past === undefined || event.type !== 'key' || event.decision !== 'acknowledged')
    return unchanged(line, `no such call: ${event.type}`)
  return take(line, past.incidents, [], now, event)
}

/**
 * Somebody has taken the incidents of a call by key: the phone line itself calls off what else it was asked for about them. If each
 * incident told it to, a hundred would write to this one item at once.
 */
function take(line: PhoneLine, incidents: string[], before: PhoneLineEffect[], now: Instant, { key }: Key): Decided {
  const taken = new Set(incidents)
  const asked = [...(line.call?.about ?? []), ...line.waiting].filter(({ incident }) => taken.has(incident))
  const { state, outbox } = asked.length > 0 ? callOff(line, asked, now) : { state: line, outbox: [] }
  const acknowledgements = incidents.map(
    (incident): PhoneLineEffect => ({ type: 'acknowledge', phoneHash: line.phoneHash, incident, ...(key && { key }) }),
  )
  return { state, outbox: [...before, ...acknowledgements, ...outbox], reason: 'acknowledged by key' }
}

function request(line: PhoneLine, requests: Request[], now: Instant): Decided {
  const isSettled = ({ incident, step }: Request) => (line.settled[incident]?.step ?? 0) >= step
  const fresh = requests.filter((one) => !isSettled(one))
  if (fresh.length === 0) return unchanged(line, 'settled request')
  const waiting = fresh.reduce((all, one) => withRequest(all, one, now), line.waiting)
  if (waiting === line.waiting) return unchanged(line, 'repeated request')
  const next = { ...line, waiting }
  if (line.call === undefined) return start(next, [], now)
  // One look is on its way already when others have been waiting.
  const due = waitingDueAt(line) === undefined ? waitingDueAt(next) : undefined
  return { state: next, outbox: deadlineAt(next, line.call, due), reason: 'waits for the call' }
}

/** Requests that nobody needs any more, each with what its incident decided before. */
function callOff(line: PhoneLine, requests: { incident: string; step: number }[], now: Instant): Decided {
  const steps = new Map<string, number>()
  for (const { incident, step } of requests) steps.set(incident, Math.max(steps.get(incident) ?? 0, step))
  const isOver = ({ incident, step }: { incident: string; step: number }) => step <= (steps.get(incident) ?? 0)
  const done = [...steps].map(([incident, step]) => ({
    incident,
    step: Math.max(line.settled[incident]?.step ?? 0, step),
  }))
  const calledOff: PhoneLine = {
    ...line,
    settled: settle(line.settled, done, now),
    waiting: line.waiting.filter((one) => !isOver(one)),
  }
  const { call } = line
  if (call === undefined) return { state: calledOff, outbox: [], reason: 'called off' }

  const without: LineCall = { ...call, about: call.about.map((one) => (isOver(one) ? { ...one, off: true } : one)) }
  calledOff.call = without
  if (!isOff(without) || call.stopping) return { state: calledOff, outbox: [], reason: 'called off' }
  if (call.phase === 'throttled') return next(calledOff, [], now, 'called off before it was placed')
  if (call.phase !== 'ringing') return { state: calledOff, outbox: [], reason: `called off: ${call.phase}` }
  return stop(calledOff, without)
}

function dialled(line: PhoneLine, call: LineCall, event: { contactId: string; route: number }, now: Instant): Decided {
  const link: PhoneLineEffect = { type: 'link', phoneHash: line.phoneHash, seq: call.seq, contactId: event.contactId }
  const placed: LineCall = { ...call, contactId: event.contactId, route: event.route }
  // The contact flow may have named the call before the vendor's answer reached us.
  if (!isAsking(call)) return { state: { ...line, call: placed }, outbox: [link], reason: 'named before' }
  placed.phase = 'ringing'
  placed.since = now
  if (isOff(placed)) {
    const stopped = stop({ ...line, call: placed }, placed)
    return { ...stopped, outbox: [...stopped.outbox, link], reason: 'placed too late: stopped' }
  }
  return {
    state: { ...line, call: placed },
    outbox: [link, ...outcomes(line.phoneHash, placed, 'ringing')],
    reason: 'ringing',
  }
}

function throttled(
  line: PhoneLine,
  call: LineCall,
  event: { afterMs: number; failure: Failure },
  now: Instant,
): Decided {
  if (call.phase !== 'dialling') return unchanged(line, 'throttled after the fact')
  if (isOff(call)) return next(line, [], now, 'called off before it was placed')
  if (now - call.askedAt >= THROTTLED_MS) return finish(line, call, 'failed', now, event.failure)
  const againAt = now + event.afterMs
  const waiting: LineCall = { ...call, phase: 'throttled', since: now, againAt }
  const outbox = [deadlineEffect(line.phoneHash, waiting)]
  if (!call.told && isLongRefused(call, againAt)) {
    waiting.told = true
    outbox.push(...outcomes(line.phoneHash, waiting, 'waiting', event.failure))
  }
  return { state: { ...line, call: waiting }, outbox, reason: 'throttled' }
}

/** Never dialled again: it waits for a contact event or the flow to name it, and the incident's deadline moves on. */
function lost(line: PhoneLine, call: LineCall, failure: Failure, now: Instant): Decided {
  const unknown: LineCall = { ...call, phase: 'unknown', since: now }
  return {
    state: { ...line, call: unknown },
    outbox: [...outcomes(line.phoneHash, unknown, 'unknown', failure), deadlineEffect(line.phoneHash, unknown)],
    reason: 'answer lost',
  }
}

/** Somebody, or a voicemail, took the call. What waits joins it: the flow asks for its words only now. */
function answered(line: PhoneLine, call: LineCall, contactId: string | undefined, now: Instant): Decided {
  if (call.phase === 'answered' || call.phase === 'ended') return unchanged(line, 'answered already')
  const { joining, about, left } = takenUp(call.about, line.waiting)
  const settled = settle(line.settled, joining, now)
  const heard: LineCall = { ...call, phase: 'answered', since: now, about }
  const outbox: PhoneLineEffect[] = [
    ...outcomes(line.phoneHash, heard, 'listening'),
    deadlineEffect(line.phoneHash, heard),
  ]
  if (contactId !== undefined && call.contactId === undefined) {
    heard.contactId = contactId
    outbox.unshift({ type: 'link', phoneHash: line.phoneHash, seq: call.seq, contactId })
  }
  return { state: { ...line, call: heard, waiting: left, settled }, outbox, reason: 'answered' }
}

type Key = Extract<PhoneLineEvent, { type: 'key' }>

function key(line: PhoneLine, call: LineCall, event: Key, now: Instant): Decided {
  const first = answered(line, call, event.contactId, now)
  const heard = first.state?.call ?? call
  const base = first.state ?? line
  if (heard.decision === 'acknowledged' || heard.decision === event.decision) return unchanged(line, 'repeated key')
  const pressed: LineCall = { ...heard, decision: event.decision }
  const state: PhoneLine = { ...base, call: pressed }
  const incidents = pressed.about.map(({ incident }) => incident)
  if (event.decision === 'acknowledged') return take(state, incidents, first.outbox, now, event)
  const outcome = event.decision === 'none' ? 'no-key' : 'passed'
  return { state, outbox: [...first.outbox, ...outcomes(line.phoneHash, pressed, outcome)], reason: outcome }
}

function disconnected(
  line: PhoneLine,
  call: LineCall,
  event: { answered: boolean; failure?: Failure },
  now: Instant,
): Decided {
  if (call.phase === 'ended') return unchanged(line, 'ended already')
  if (call.decision !== undefined) return next(line, [], now, `over after a key: ${call.decision}`)
  const wasAnswered = event.answered || call.phase === 'answered'
  if (!wasAnswered)
    return finish(line, call, event.failure?.class === 'line-busy' ? 'busy' : 'unanswered', now, event.failure)
  const ended: LineCall = { ...call, phase: 'ended', since: now }
  const first = call.phase === 'answered' ? [] : outcomes(line.phoneHash, ended, 'listening')
  return {
    state: { ...line, call: ended },
    outbox: [...first, deadlineEffect(line.phoneHash, ended)],
    reason: 'ended without a key, so far',
  }
}

/** The call's own deadline, and those who wait for its end. */
function atDeadlines(line: PhoneLine, call: LineCall, now: Instant): Decided {
  const told = tellWaiting(line, now + EARLY_MS)
  const looked = atDeadline(told.line, call, now)
  return { ...looked, outbox: [...told.outbox, ...looked.outbox, ...deadlineAt(line, call, told.again)] }
}

function deadlineAt({ phoneHash }: PhoneLine, { seq }: LineCall, at: Instant | undefined): PhoneLineEffect[] {
  return at === undefined ? [] : [{ type: 'deadline', phoneHash, seq, at }]
}

function atDeadline(line: PhoneLine, call: LineCall, now: Instant): Decided {
  if (now < deadlineOf(call) - EARLY_MS) return atEarlyDeadline(line, call, now)
  switch (call.phase) {
    case 'answered':
    case 'ended':
      return call.decision === undefined
        ? finish(line, call, 'no-key', now)
        : next(line, [], now, `over after a key: ${call.decision}`)
    case 'ringing':
      return call.stopping ? finish(line, call, 'unanswered', now, NO_WORD) : stop(line, call)
    case 'unknown':
      // Its outcome stays unknown; only the phone line is free again.
      return next(line, [], now, 'unknown call given up')
    case 'dialling':
      return lost(line, call, NO_WORD, now)
    case 'throttled':
      return dialAgain(line, call, now)
  }
}

/** The look that guarded an earlier try has come, and the call goes on: another one is sent for its deadline. */
function atEarlyDeadline(line: PhoneLine, call: LineCall, now: Instant): Decided {
  const isGuard = call.guardedUntil !== undefined && call.guardedUntil <= now + EARLY_MS
  if (!isGuard || (call.phase !== 'dialling' && call.phase !== 'ringing')) return unchanged(line, 'early deadline')
  const { guardedUntil: _, ...unguarded } = call
  const next = guarded(line.phoneHash, unguarded, now)
  return { state: { ...line, call: next.call }, outbox: next.outbox, reason: 'early deadline' }
}

function dialAgain(line: PhoneLine, { againAt, ...call }: LineCall, now: Instant): Decided {
  const { call: again, outbox } = guarded(line.phoneHash, { ...call, phase: 'dialling', since: now }, now)
  return {
    state: { ...line, call: again },
    outbox: [dialEffect(line.phoneHash, again), ...outbox],
    reason: 'dial again',
  }
}
