import type { Decision, Machine } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import type { CallOutcome } from '../incidents/incident.ts'
import { deadlineOf, dialEffect, isAsking, isOf, isOff, lookEffect, outcomes } from './call.ts'
import type { Desk, DeskCall, DeskEffect, DeskEvent, Request } from './phone-line.ts'
import { SETTLED_MS, settle, takenUp, withRequest } from './requests.ts'

/** The limit on calls a second is waited out so long before the phone counts as failed: a storm may want hundreds of people. */
const THROTTLED_MS = 300_000

/** Why a call is given up whose end no contact event has told. */
const NO_WORD = 'no word from the vendor'

/** So many calls that are over are remembered, for a late key. */
const REMEMBERED_CALLS = 5

const MS_PER_SECOND = 1000

type Decided = Decision<Desk, DeskEffect>

type EventOfCall = Exclude<DeskEvent, { type: 'request' | 'requests' | 'cancel' | 'cancels' }>

/** The desk's state machine. Pure. */
export function deskMachine(person: string): Machine<Desk, DeskEvent, DeskEffect> {
  return {
    transition: (desk, event, now) => {
      const known = desk ?? { person, seq: 0, waiting: [], past: [], settled: {} }
      const decided = transition(known, event, now)
      return decided.state === known ? { ...decided, state: desk } : decided
    },
    dueAt: ({ call }) => (call === undefined ? undefined : deadlineOf(call)),
    expiresAt: ({ call, settled }) => {
      if (call !== undefined) return undefined
      const last = Math.max(0, ...Object.values(settled).map(({ at }) => at))
      return Math.floor((last + SETTLED_MS) / MS_PER_SECOND)
    },
  }
}

function transition(desk: Desk, event: DeskEvent, now: Instant): Decided {
  if (event.type === 'request') return request(desk, [event], now)
  if (event.type === 'requests') return request(desk, event.of, now)
  if (event.type === 'cancel') return callOff(desk, [event], now)
  if (event.type === 'cancels') return callOff(desk, event.of, now)
  const { call } = desk
  if (call === undefined || !isOf(call, event)) return pastCall(desk, event, now)

  switch (event.type) {
    case 'dialled':
      return dialled(desk, call, event, now)
    case 'throttled':
      return throttled(desk, call, event, now)
    case 'refused':
      if (!isAsking(call)) return unchanged(desk, 'refused after the fact')
      return finish(desk, call, 'failed', now, event.reason)
    case 'lost':
      if (!isAsking(call) || call.phase === 'unknown') return unchanged(desk, 'known by now')
      return lost(desk, call, event.reason, now)
    case 'withdrawn':
      return next({ ...desk }, [], now, 'nobody needs the call any more')
    case 'stopped':
      // The line may still ring when the stop was not confirmed: then the deadline ends the call.
      return finish(desk, call, 'unanswered', now, isOff(call) ? 'called off' : NO_WORD)
    case 'connected':
      return answered(desk, call, call.contactId, now)
    case 'answered':
      return answered(desk, call, event.contactId, now)
    case 'key':
      return key(desk, call, event, now)
    case 'disconnected':
      return disconnected(desk, call, event, now)
    case 'look':
      return look(desk, call, now)
  }
}

/** Of a call that is over, only the key that acknowledges still counts. */
function pastCall(desk: Desk, event: EventOfCall, now: Instant): Decided {
  const past = 'seq' in event ? desk.past.find(({ seq }) => seq === event.seq) : undefined
  if (past === undefined || event.type !== 'key' || event.key !== '1')
    return unchanged(desk, `no such call: ${event.type}`)
  return take(desk, past.incidents, [], now, 'late key 1')
}

/**
 * Somebody has taken the incidents of a call by key: the desk itself calls off what else it was asked for about them. If each
 * incident told it to, a hundred would write to this one item at once.
 */
function take(desk: Desk, incidents: string[], before: DeskEffect[], now: Instant, reason: string): Decided {
  const taken = new Set(incidents)
  const asked = [...(desk.call?.about ?? []), ...desk.waiting].filter(({ incident }) => taken.has(incident))
  const { state, outbox } = asked.length > 0 ? callOff(desk, asked, now) : { state: desk, outbox: [] }
  const acknowledgements = incidents.map(
    (incident): DeskEffect => ({ type: 'acknowledge', person: desk.person, incident }),
  )
  return { state, outbox: [...before, ...acknowledgements, ...outbox], reason }
}

function request(desk: Desk, requests: Request[], now: Instant): Decided {
  const isSettled = ({ incident, step }: Request) => (desk.settled[incident]?.step ?? 0) >= step
  const fresh = requests.filter((one) => !isSettled(one))
  if (fresh.length === 0) return unchanged(desk, 'settled request')
  const waiting = fresh.reduce(withRequest, desk.waiting)
  if (waiting === desk.waiting) return unchanged(desk, 'repeated request')
  const next = { ...desk, waiting }
  return desk.call === undefined ? start(next, [], now) : { state: next, outbox: [], reason: 'waits for the call' }
}

/** One call for everything that waits. The intent is written before the vendor is asked. */
function start(desk: Desk, before: DeskEffect[], now: Instant): Decided {
  const seq = desk.seq + 1
  const { about, left } = takenUp([], desk.waiting)
  const call: DeskCall = { seq, phase: 'dialling', about, since: now, askedAt: now }
  return {
    state: { ...desk, seq, waiting: left, call, settled: settle(desk.settled, about, now) },
    outbox: [...before, dialEffect(desk.person, call), lookEffect(desk.person, call)],
    reason: 'call',
  }
}

/** Requests that nobody needs any more, each with what its incident decided before. */
function callOff(desk: Desk, requests: { incident: string; step: number }[], now: Instant): Decided {
  const steps = new Map<string, number>()
  for (const { incident, step } of requests) steps.set(incident, Math.max(steps.get(incident) ?? 0, step))
  const isOver = ({ incident, step }: { incident: string; step: number }) => step <= (steps.get(incident) ?? 0)
  const done = [...steps].map(([incident, step]) => ({
    incident,
    step: Math.max(desk.settled[incident]?.step ?? 0, step),
  }))
  const calledOff: Desk = {
    ...desk,
    settled: settle(desk.settled, done, now),
    waiting: desk.waiting.filter((one) => !isOver(one)),
  }
  const { call } = desk
  if (call === undefined) return { state: calledOff, outbox: [], reason: 'called off' }

  const without: DeskCall = { ...call, about: call.about.map((one) => (isOver(one) ? { ...one, off: true } : one)) }
  calledOff.call = without
  if (!isOff(without) || call.stopping) return { state: calledOff, outbox: [], reason: 'called off' }
  if (call.phase === 'throttled') return next(calledOff, [], now, 'called off before it was placed')
  if (call.phase !== 'ringing') return { state: calledOff, outbox: [], reason: `called off: ${call.phase}` }
  return stop(calledOff, without)
}

function dialled(desk: Desk, call: DeskCall, event: { contactId: string; route: number }, now: Instant): Decided {
  const link: DeskEffect = { type: 'link', person: desk.person, seq: call.seq, contactId: event.contactId }
  const placed: DeskCall = { ...call, contactId: event.contactId, route: event.route }
  // The contact flow may have named the call before the vendor's answer reached us.
  if (!isAsking(call)) return { state: { ...desk, call: placed }, outbox: [link], reason: 'named before' }
  placed.phase = 'ringing'
  placed.since = now
  if (isOff(placed)) {
    const stopped = stop({ ...desk, call: placed }, placed)
    return { ...stopped, outbox: [...stopped.outbox, link], reason: 'placed too late: stopped' }
  }
  return {
    state: { ...desk, call: placed },
    outbox: [link, ...outcomes(desk.person, placed, 'ringing')],
    reason: 'ringing',
  }
}

function throttled(desk: Desk, call: DeskCall, event: { afterMs: number; reason: string }, now: Instant): Decided {
  if (call.phase !== 'dialling') return unchanged(desk, 'throttled after the fact')
  if (isOff(call)) return next(desk, [], now, 'called off before it was placed')
  if (now - call.askedAt >= THROTTLED_MS) return finish(desk, call, 'failed', now, event.reason)
  const waiting: DeskCall = { ...call, phase: 'throttled', since: now, againAt: now + event.afterMs }
  return { state: { ...desk, call: waiting }, outbox: [lookEffect(desk.person, waiting)], reason: 'throttled' }
}

/** Never dialled again: it waits for a contact event or the flow to name it, and the incident's deadline moves on. */
function lost(desk: Desk, call: DeskCall, reason: string, now: Instant): Decided {
  const unknown: DeskCall = { ...call, phase: 'unknown', since: now }
  return {
    state: { ...desk, call: unknown },
    outbox: [...outcomes(desk.person, unknown, 'unknown', reason), lookEffect(desk.person, unknown)],
    reason: 'answer lost',
  }
}

/** Somebody, or a voicemail, took the call. What waits joins it: the flow asks for its words only now. */
function answered(desk: Desk, call: DeskCall, contactId: string | undefined, now: Instant): Decided {
  if (call.phase === 'answered' || call.phase === 'ended') return unchanged(desk, 'answered already')
  const { joining, about, left } = takenUp(call.about, desk.waiting)
  const settled = settle(desk.settled, joining, now)
  const heard: DeskCall = { ...call, phase: 'answered', since: now, about }
  const outbox: DeskEffect[] = [...outcomes(desk.person, heard, 'listening'), lookEffect(desk.person, heard)]
  if (contactId !== undefined && call.contactId === undefined) {
    heard.contactId = contactId
    outbox.unshift({ type: 'link', person: desk.person, seq: call.seq, contactId })
  }
  return { state: { ...desk, call: heard, waiting: left, settled }, outbox, reason: 'answered' }
}

function key(desk: Desk, call: DeskCall, event: { contactId: string; key: '1' | '9' | 'none' }, now: Instant): Decided {
  const first = answered(desk, call, event.contactId, now)
  const heard = first.state?.call ?? call
  const base = first.state ?? desk
  if (heard.key === '1' || heard.key === event.key) return unchanged(desk, 'repeated key')
  const pressed: DeskCall = { ...heard, key: event.key }
  const state: Desk = { ...base, call: pressed }
  const incidents = pressed.about.map(({ incident }) => incident)
  if (event.key === '1') return take(state, incidents, first.outbox, now, 'key 1')
  const outcome = event.key === '9' ? 'passed' : 'no-key'
  return { state, outbox: [...first.outbox, ...outcomes(desk.person, pressed, outcome)], reason: `key ${event.key}` }
}

function disconnected(
  desk: Desk,
  call: DeskCall,
  event: { answered: boolean; reason?: string },
  now: Instant,
): Decided {
  if (call.phase === 'ended') return unchanged(desk, 'ended already')
  if (call.key !== undefined) return next(desk, [], now, `over after key ${call.key}`)
  const wasAnswered = event.answered || call.phase === 'answered'
  if (!wasAnswered)
    return finish(desk, call, event.reason === 'TELECOM_BUSY' ? 'busy' : 'unanswered', now, event.reason)
  const ended: DeskCall = { ...call, phase: 'ended', since: now }
  const first = call.phase === 'answered' ? [] : outcomes(desk.person, ended, 'listening')
  return {
    state: { ...desk, call: ended },
    outbox: [...first, lookEffect(desk.person, ended)],
    reason: 'ended without a key, so far',
  }
}

function look(desk: Desk, call: DeskCall, now: Instant): Decided {
  // SQS counts whole seconds from its own clock: a look may come a little early.
  if (now < deadlineOf(call) - 500) return unchanged(desk, 'early look')
  switch (call.phase) {
    case 'answered':
    case 'ended':
      return call.key === undefined
        ? finish(desk, call, 'no-key', now)
        : next(desk, [], now, `over after key ${call.key}`)
    case 'ringing':
      return call.stopping ? finish(desk, call, 'unanswered', now, NO_WORD) : stop(desk, call)
    case 'unknown':
      // Its outcome stays unknown; only the desk is free again.
      return next(desk, [], now, 'unknown call given up')
    case 'dialling':
      return lost(desk, call, 'the call was never confirmed', now)
    case 'throttled':
      return dialAgain(desk, call, now)
  }
}

function dialAgain(desk: Desk, { againAt, ...call }: DeskCall, now: Instant): Decided {
  const again: DeskCall = { ...call, phase: 'dialling', since: now }
  return {
    state: { ...desk, call: again },
    outbox: [dialEffect(desk.person, again), lookEffect(desk.person, again)],
    reason: 'dial again',
  }
}

function stop(desk: Desk, call: DeskCall): Decided {
  const { contactId, route, seq } = call
  if (contactId === undefined || route === undefined) return unchanged(desk, 'nothing to stop yet')
  return {
    state: { ...desk, call: { ...call, stopping: true } },
    outbox: [{ type: 'stop', seq, contactId, route }],
    reason: 'stop',
  }
}

/** The call is over: the incidents hear how it went, and what waits is called about next. */
function finish(desk: Desk, call: DeskCall, outcome: CallOutcome, now: Instant, reason?: string): Decided {
  return next(desk, outcomes(desk.person, call, outcome, reason), now, `call ended: ${outcome}`)
}

function next(desk: Desk, outbox: DeskEffect[], now: Instant, reason: string): Decided {
  const { call, ...rest } = desk
  const over = call === undefined ? [] : [{ seq: call.seq, incidents: call.about.map(({ incident }) => incident) }]
  const free: Desk = { ...rest, past: [...over, ...rest.past].slice(0, REMEMBERED_CALLS) }
  if (free.waiting.length === 0) return { state: free, outbox, reason }
  return { ...start(free, outbox, now), reason: `${reason}; next call` }
}

function unchanged(desk: Desk, reason: string): Decided {
  return { state: desk, outbox: [], reason }
}
