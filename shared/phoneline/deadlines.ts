import type { Failure } from '../contracts/failure.ts'
import type { Instant } from '../contracts/words.ts'
import { deadlineEffect, deadlineOf, dialEffect, guarded, outcomes } from './call.ts'
import type { LineCall, PhoneLine, PhoneLineEffect } from './phone-line.ts'
import { settle, takenUp } from './requests.ts'
import { type Decided, finish, next, stop, unchanged } from './turn.ts'
import { tellWaiting } from './waiting.ts'

// What becomes of a call of which nobody tells anything.

/** Why a call is given up whose end no contact event has told. */
export const NO_WORD: Failure = { class: 'no-word' }

/** SQS delays by whole seconds of its own clock: a message may come so much early, ms. */
const EARLY_MS = 500

/**
 * Decides at the message of a deadline: incidents that have waited long for this call to end are told so, and the call is given up,
 * stopped or dialled again if its own deadline is over.
 */
export function atDeadlines(line: PhoneLine, call: LineCall, now: Instant): Decided {
  const told = tellWaiting(line, now + EARLY_MS)
  const looked = atDeadline(told.line, call, now)
  return { ...looked, outbox: [...told.outbox, ...looked.outbox, ...deadlineAt(line, call, told.again)] }
}

/** The effect that sends a deadline message for a call at a time; none without a time. */
export function deadlineAt({ phoneHash }: PhoneLine, { seq }: LineCall, at: Instant | undefined): PhoneLineEffect[] {
  return at === undefined ? [] : [{ type: 'deadline', phoneHash, seq, at }]
}

function atDeadline(line: PhoneLine, call: LineCall, now: Instant): Decided {
  if (now < deadlineOf(call) - EARLY_MS) return atEarlyDeadline(line, call, now)
  switch (call.phase) {
    case 'answered':
    case 'ended':
      if (call.decision !== undefined) return next(line, [], now, `over after a key: ${call.decision}`)
      return call.untold ? untold(line, call, now) : finish(line, call, 'no-key', now)
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

/** The word on how a call went has not come in its time: its vendor is asked for it once, and has as long again. */
function untold(line: PhoneLine, call: LineCall, now: Instant): Decided {
  const canBeAsked = !call.stopping && call.lastsMs !== undefined && call.contactId !== undefined
  return canBeAsked ? stop(line, { ...call, since: now }) : finish(line, call, 'unanswered', now, NO_WORD)
}

/** The look that guarded an earlier try has come, and the call goes on: another one is sent for its deadline. */
function atEarlyDeadline(line: PhoneLine, call: LineCall, now: Instant): Decided {
  const isGuard = call.guardedUntil !== undefined && call.guardedUntil <= now + EARLY_MS
  if (!isGuard || (call.phase !== 'dialling' && call.phase !== 'ringing')) return unchanged(line, 'early deadline')
  const { guardedUntil: _, ...unguarded } = call
  const next = guarded(line.phoneHash, unguarded, now)
  return { state: { ...line, call: next.call }, outbox: next.outbox, reason: 'early deadline' }
}

/** No vendor has taken it yet, so its words are not said: what waits joins it. */
function dialAgain(line: PhoneLine, { againAt, ...call }: LineCall, now: Instant): Decided {
  const { joining, about, left } = takenUp(call.about, line.waiting)
  const { call: again, outbox } = guarded(line.phoneHash, { ...call, phase: 'dialling', since: now, about }, now)
  return {
    state: { ...line, call: again, waiting: left, settled: settle(line.settled, joining, now) },
    outbox: [dialEffect(line.phoneHash, again), ...outbox],
    reason: 'dial again',
  }
}

/**
 * Decides that the answer to a call's request is lost: it may ring, so it is never dialled again. An event or a key of it may still name it;
 * meanwhile its incidents know that its outcome is unknown, and go on at their own deadline.
 */
export function lost(line: PhoneLine, call: LineCall, failure: Failure, now: Instant): Decided {
  const unknown: LineCall = { ...call, phase: 'unknown', since: now }
  return {
    state: { ...line, call: unknown },
    outbox: [...outcomes(line.phoneHash, unknown, 'unknown', failure), deadlineEffect(line.phoneHash, unknown)],
    reason: 'answer lost',
  }
}
