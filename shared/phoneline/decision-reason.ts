import type { CallOutcome } from '../incidents/attempt.ts'
import type { LineCall, PhoneLineEvent } from './phone-line.ts'

/** Why a phone line decides what it does, for logs and tests: a code, with what it is about. No message is made of it. */
export type PhoneLineReason = LineReason | `${LineReason}; next call`

/** The same without the call that follows at once. */
export type LineReason =
  // Requests to be called.
  | 'call'
  | 'waits for the call'
  | 'settled request'
  | 'repeated request'
  | 'called off'
  | `called off: ${LineCall['phase']}`
  | 'called off before it was placed'
  | 'nobody needs the call any more'
  // The vendor's answer.
  | 'ringing'
  | 'named before'
  | 'known by now'
  | 'placed too late: rings to its end'
  | 'placed too late: stopped'
  | 'throttled'
  | 'throttled after the fact'
  | 'refused after the fact'
  | 'dial again'
  | 'answer lost'
  // The person's phone.
  | 'answered'
  | 'answered already'
  | 'acknowledged by key'
  | 'repeated key'
  | 'takes no key'
  | 'ended already'
  | 'ended without a key, so far'
  | 'ended, untold how'
  | `over after a key: ${NonNullable<LineCall['decision']>}`
  | `call ended: ${CallOutcome}`
  | Extract<CallOutcome, 'no-key' | 'passed'>
  // The end of a call.
  | 'stop'
  | 'nothing to stop yet'
  | 'asked about'
  | 'early deadline'
  | 'unknown call given up'
  // Of another call, or of none.
  | `no such call: ${PhoneLineEvent['type']}`
