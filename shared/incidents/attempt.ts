import type { Failure } from '../contracts/failure.ts'
import type { PersonalReach } from '../contracts/reach.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { PlannedNumber } from '../oncall/plan.ts'
import type { PersonName } from './notice.ts'

/** One target reached out to at one (round, layer) through one channel. */
export interface Attempt extends PersonName {
  channel: PersonalReach
  /** HMAC of the number, for `phone`. */
  phoneHash?: string
  /** Numbers of theirs that have not been called in this layer, in their order: the first is when this attempt is in vain. */
  numbers?: PlannedNumber[]
  /** 2 for the second number of theirs that is called; absent: the first. */
  number?: number
  /** The decision that this attempt belongs to: a phone line dials once for it. */
  step: number
  /** 1 for the first call of this layer, 2 for the second … */
  call: number
  /** How often this phone is called; absent: as the layer has it. */
  calls?: number
  status: AttemptStatus
  since: Instant
  /** Channels that take over if this one fails. */
  fallback: PersonalReach[]
  language: Language
  failure?: Failure
}

export type AttemptStatus =
  | 'requested'
  /** The vendor refuses for now, or the person is in another call: nothing has rung yet. */
  | 'waiting'
  | 'ringing'
  | 'listening'
  /** The answer was lost: it may be ringing. */
  | 'unknown'
  | 'sent'
  | 'unanswered'
  | 'busy'
  | 'no-key'
  | 'passed'
  | 'failed'
  | 'cancelled'

/** How a call goes, as the phone line tells the incidents it is about. */
export type CallOutcome =
  | 'waiting'
  | 'ringing'
  | 'listening'
  | 'unknown'
  | 'unanswered'
  | 'busy'
  | 'no-key'
  | 'passed'
  | 'failed'

/** Whether an attempt has not rung yet, and may. */
export function isUnplaced(status: AttemptStatus): boolean {
  return status === 'requested' || status === 'waiting'
}

/** Whether an attempt may still ring, or be listened to. */
export function isUnderWay(status: AttemptStatus): boolean {
  return isUnplaced(status) || status === 'ringing' || status === 'listening' || status === 'unknown'
}
