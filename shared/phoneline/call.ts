import type { Failure } from '../contracts/failure.ts'
import type { Instant } from '../contracts/words.ts'
import type { CallOutcome } from '../incidents/attempt.ts'
import type { LineCall, PhoneLine, PhoneLineEffect, PhoneLineEvent } from './phone-line.ts'

/** What is told of one call. */
export type EventOfCall = Exclude<PhoneLineEvent, { type: 'requests' | 'cancels' }>

/** A phone rings for about a minute (Amazon Connect: 60 s), and events of it are best effort: a call without any is over after this. */
const RINGING_MS = 75_000

/** Three plays of the message and its answers; after that an answered call without any event is over. */
const FLOW_MS = 120_000

/** A key pressed just before hanging up may reach us after the hang-up. */
const LATE_KEY_MS = 2_000

/** How long a call may stay in a phase before the phone line looks at it again, ms. */
const patience: Record<LineCall['phase'], number> = {
  dialling: RINGING_MS,
  throttled: 1_000,
  ringing: RINGING_MS,
  unknown: RINGING_MS,
  answered: FLOW_MS,
  ended: LATE_KEY_MS,
}

/** When a call's phase has lasted too long, UTC ms: the phone line then decides without an event of the call. */
export function deadlineOf(call: LineCall): Instant {
  if (call.phase === 'throttled' && call.againAt !== undefined) return call.againAt
  return call.since + patienceWith(call)
}

/** A call that nobody can stop may go on for longer than one that is stopped when its time is over. */
function patienceWith({ phase, stopping, lastsMs }: LineCall): number {
  const isLeftToItself = phase === 'unknown' || (phase === 'ringing' && stopping)
  return isLeftToItself && lastsMs !== undefined ? lastsMs : patience[phase]
}

/** Whether an event is of this call. A call's contact, once it is known, is no other: another one's event is not believed. */
export function isOf(call: LineCall, event: EventOfCall): boolean {
  const { seq, contactId } = { seq: undefined, contactId: undefined, ...event }
  if (event.type === 'dialled' || contactId === undefined) return seq === call.seq
  if (call.contactId !== undefined && call.contactId !== contactId) return false
  return seq === undefined ? call.contactId === contactId : seq === call.seq
}

/** Whether the vendor has not confirmed the call. */
export function isAsking({ phase }: LineCall): boolean {
  return phase === 'dialling' || phase === 'unknown' || phase === 'throttled'
}

/** Whether no incident needs the call any more. */
export function isOff(call: LineCall): boolean {
  return call.about.every((one) => one.off)
}

/** Whether a call that is about to be placed is still wanted by any incident. */
export function isWanted({ call }: PhoneLine, seq: number): boolean {
  return call?.seq === seq && !isOff(call)
}

/** The effect that has a decided call placed, about all its incidents. */
export function dialEffect(phoneHash: string, call: LineCall): PhoneLineEffect {
  const incidents = call.about.map(({ incident }) => incident)
  return { type: 'dial', phoneHash, seq: call.seq, incidents, ...(call.waitTold && { waited: true }) }
}

/**
 * The call, and the effect that sends the message of its deadline, unless one is on its way already. That one serves later tries of the
 * call too, and sends another when it comes before their deadline: a vendor that refuses each second for five minutes leaves one message
 * on the queue and not three hundred.
 */
export function guarded(
  phoneHash: string,
  call: LineCall,
  now: Instant,
): { call: LineCall; outbox: PhoneLineEffect[] } {
  if (call.guardedUntil !== undefined && call.guardedUntil > now) return { call, outbox: [] }
  return { call: { ...call, guardedUntil: deadlineOf(call) }, outbox: [deadlineEffect(phoneHash, call)] }
}

/** The effect that sends the message of a call's deadline, delayed until then. */
export function deadlineEffect(phoneHash: string, call: LineCall): PhoneLineEffect {
  return { type: 'deadline', phoneHash, seq: call.seq, at: deadlineOf(call) }
}

/** The effects that tell each incident of a call how it goes. */
export function outcomes(
  phoneHash: string,
  call: LineCall,
  outcome: CallOutcome,
  failure?: Failure,
): PhoneLineEffect[] {
  return call.about.map(({ incident, step }) => ({
    type: 'outcome',
    phoneHash,
    incident,
    step,
    outcome,
    ...(failure === undefined ? {} : { failure }),
  }))
}
