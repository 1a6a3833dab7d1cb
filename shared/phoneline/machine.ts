import type { Failure } from '../contracts/failure.ts'
import type { Machine } from '../contracts/machine.ts'
import { KEY_SNOOZE_MS, type KeyDecision } from '../contracts/phone-keys.ts'
import type { Instant } from '../contracts/words.ts'
import { deadlineEffect, deadlineOf, type EventOfCall, isAsking, isOf, isOff, outcomes } from './call.ts'
import { atDeadlines, deadlineAt, lost, NO_WORD } from './deadlines.ts'
import {
  type LineCall,
  type PhoneLine,
  type PhoneLineEffect,
  type PhoneLineEvent,
  phoneLineShape,
  type Request,
  traitsOf,
} from './phone-line.ts'
import { SETTLED_MS, settle, takenUp, withRequest } from './requests.ts'
import { type Decided, finish, next, rangOut, start, stop, unchanged } from './turn.ts'
import { isLongRefused, waitingDueAt } from './waiting.ts'

/** The limit on calls a second is waited out so long before the phone counts as failed: a storm may want hundreds of people. */
const THROTTLED_MS = 300_000

const CALLED_OFF: Failure = { class: 'called-off' }

const MS_PER_SECOND = 1000

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
  if (event.type === 'requests') return request(line, event.of, now)
  if (event.type === 'cancels') return callOff(line, event.of, now)
  const { call: known } = line
  if (known === undefined || !isOf(known, event)) return pastCall(line, event, now)
  const call = 'lastsMs' in event || 'keyless' in event ? { ...known, ...traitsOf(event) } : known

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
      return answered(line, call, event.contactId, now)
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

/** Of a call that is over, only a key that takes still counts; one that has snoozed does not put off the end again. */
function pastCall(line: PhoneLine, event: EventOfCall, now: Instant): Decided {
  const past = 'seq' in event ? line.past.find(({ seq }) => seq === event.seq) : undefined
  const isKey = event.type === 'key' && isTaking(event.decision)
  if (past?.keyless && isKey) return unchanged(line, 'takes no key')
  if (past?.snoozed && isKey && event.decision === 'snoozed') return unchanged(line, 'repeated key')
  if (past === undefined || !isKey || (past.contactId ?? event.contactId) !== event.contactId)
    return unchanged(line, `no such call: ${event.type}`)
  return take(line, past.incidents, [], now, event)
}

/**
 * Somebody has taken the incidents of a call by key: the phone line itself calls off what else it was asked for about them. If each
 * incident told it to, a hundred would write to this one item at once.
 */
function take(
  line: PhoneLine,
  incidents: string[],
  before: PhoneLineEffect[],
  now: Instant,
  { key, decision }: Key,
): Decided {
  const taken = new Set(incidents)
  const asked = [...(line.call?.about ?? []), ...line.waiting].filter(({ incident }) => taken.has(incident))
  const { state, outbox } = asked.length > 0 ? callOff(line, asked, now) : { state: line, outbox: [] }
  const acknowledgements = incidents.map(
    (incident): PhoneLineEffect => ({
      type: 'acknowledge',
      phoneHash: line.phoneHash,
      incident,
      ...(key && { key }),
      ...(decision === 'snoozed' && { until: now + KEY_SNOOZE_MS }),
    }),
  )
  return { state, outbox: [...before, ...acknowledgements, ...outbox], reason: 'acknowledged by key' }
}

function isTaking(decision: KeyDecision): boolean {
  return decision === 'acknowledged' || decision === 'snoozed'
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
  if (call.phase !== 'ringing' || call.lastsMs !== undefined)
    return { state: calledOff, outbox: [], reason: `called off: ${call.phase}` }
  return stop(calledOff, without)
}

type Dialled = Extract<PhoneLineEvent, { type: 'dialled' }>

function dialled(line: PhoneLine, call: LineCall, event: Dialled, now: Instant): Decided {
  const link: PhoneLineEffect = { type: 'link', phoneHash: line.phoneHash, seq: call.seq, contactId: event.contactId }
  const placed: LineCall = { ...call, contactId: event.contactId, route: event.route }
  const isKnown = call.contactId === event.contactId && call.route === event.route
  if (!isAsking(call) && isKnown) return unchanged(line, 'known by now')
  // The contact flow may have named the call before the vendor's answer reached us.
  if (!isAsking(call)) return { state: { ...line, call: placed }, outbox: [link], reason: 'named before' }
  placed.phase = 'ringing'
  placed.since = now
  if (isOff(placed) && placed.lastsMs !== undefined)
    return { state: { ...line, call: placed }, outbox: [link], reason: 'placed too late: rings to its end' }
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
  if (!call.waitTold && isLongRefused(call, againAt)) {
    waiting.waitTold = true
    outbox.push(...outcomes(line.phoneHash, waiting, 'waiting', event.failure))
  }
  return { state: { ...line, call: waiting }, outbox, reason: 'throttled' }
}

/** Somebody, or a voicemail, took the call. What waits joins it if it asks for its words only now: nobody takes what they did not hear. */
function answered(line: PhoneLine, call: LineCall, contactId: string | undefined, now: Instant): Decided {
  if (call.untold) return endedWithoutKey(line, call, now)
  if (call.phase === 'answered' || call.phase === 'ended') return unchanged(line, 'answered already')
  const asks = call.lastsMs === undefined
  const { joining, about, left } = takenUp(call.about, asks ? line.waiting : [])
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
  return { state: { ...line, call: heard, waiting: asks ? left : line.waiting, settled }, outbox, reason: 'answered' }
}

type Key = Extract<PhoneLineEvent, { type: 'key' }>

function key(line: PhoneLine, call: LineCall, event: Key, now: Instant): Decided {
  if (call.keyless) return unchanged(line, 'takes no key')
  const first = answered(line, call, event.contactId, now)
  const heard = first.state?.call ?? call
  const base = first.state ?? line
  if (heard.decision === 'acknowledged' || heard.decision === event.decision) return unchanged(line, 'repeated key')
  const pressed: LineCall = { ...heard, decision: event.decision }
  const state: PhoneLine = { ...base, call: pressed }
  const incidents = pressed.about.map(({ incident }) => incident)
  if (isTaking(event.decision)) return take(state, incidents, first.outbox, now, event)
  const outcome = event.decision === 'none' ? 'no-key' : 'passed'
  return { state, outbox: [...first.outbox, ...outcomes(line.phoneHash, pressed, outcome)], reason: outcome }
}

type Disconnected = Extract<PhoneLineEvent, { type: 'disconnected' }>

function disconnected(line: PhoneLine, call: LineCall, event: Disconnected, now: Instant): Decided {
  if (call.phase === 'ended' && (!call.untold || event.untold)) return unchanged(line, 'ended already')
  if (call.decision !== undefined) return next(line, [], now, `over after a key: ${call.decision}`)
  const wasAnswered = event.answered || call.phase === 'answered'
  if (wasAnswered) return endedWithoutKey(line, call, now)
  if (event.untold) {
    const over: LineCall = { ...call, phase: 'ended', since: now, untold: true }
    return {
      state: { ...line, call: over },
      outbox: [deadlineEffect(line.phoneHash, over)],
      reason: 'ended, untold how',
    }
  }
  if (event.neverRang) return finish(line, call, 'failed', now, event.failure)
  if (event.failure?.class === 'line-busy') return finish(line, call, 'busy', now, event.failure)
  return rangOut(line, call, event, now)
}

function endedWithoutKey(line: PhoneLine, { untold: _, ...call }: LineCall, now: Instant): Decided {
  const ended: LineCall = { ...call, phase: 'ended', since: now }
  const first = call.phase === 'answered' ? [] : outcomes(line.phoneHash, ended, 'listening')
  return {
    state: { ...line, call: ended },
    outbox: [...first, deadlineEffect(line.phoneHash, ended)],
    reason: 'ended without a key, so far',
  }
}
