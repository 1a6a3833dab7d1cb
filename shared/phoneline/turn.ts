import type { Failure } from '../contracts/failure.ts'
import type { Decision } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import type { CallOutcome } from '../incidents/attempt.ts'
import { deadlineEffect, deadlineOf, dialEffect, guarded, outcomes } from './call.ts'
import type { LineReason, PhoneLineReason } from './decision-reason.ts'
import type { LineCall, PhoneLine, PhoneLineEffect } from './phone-line.ts'
import { settle, takenUp } from './requests.ts'

// How a line goes from one call to the next: never two at once.

/** So many calls that are over are remembered, for a late key. */
const REMEMBERED_CALLS = 5

/** What the phone line's machine decides. */
export type Decided = Decision<PhoneLine, PhoneLineEffect, PhoneLineReason>

/** Begins one call about everything that waits. It is written as `dialling` before the vendor is asked. */
export function start(line: PhoneLine, before: PhoneLineEffect[], now: Instant): Decided {
  const seq = line.seq + 1
  const { about, left } = takenUp([], line.waiting)
  const { call, outbox } = guarded(line.phoneHash, { seq, phase: 'dialling', about, since: now, askedAt: now }, now)
  return {
    state: { ...line, seq, waiting: left, call, settled: settle(line.settled, about, now) },
    outbox: [...before, dialEffect(line.phoneHash, call), ...outbox],
    reason: 'call',
  }
}

/** Asks the vendor to end a call that may still ring; one that it has not named yet is stopped once it has. */
export function stop(line: PhoneLine, call: LineCall): Decided {
  const { contactId, route, seq, lastsMs, askedAt } = call
  if (contactId === undefined || route === undefined) return unchanged(line, 'nothing to stop yet')
  if (lastsMs !== undefined) {
    const left: LineCall = { ...call, stopping: true }
    const asked: LineCall = { ...left, guardedUntil: deadlineOf(left) }
    const outbox: PhoneLineEffect[] = [{ type: 'stop', seq, contactId, route, askedAt }]
    return {
      state: { ...line, call: asked },
      outbox: [...outbox, deadlineEffect(line.phoneHash, asked)],
      reason: 'asked about',
    }
  }
  return {
    state: { ...line, call: { ...call, stopping: true } },
    outbox: [{ type: 'stop', seq, contactId, route }],
    reason: 'stop',
  }
}

/** Ends the call: its incidents are told how it went, and what waits is called about next. */
export function finish(
  line: PhoneLine,
  call: LineCall,
  outcome: CallOutcome,
  now: Instant,
  failure?: Failure,
): Decided {
  return next(line, outcomes(line.phoneHash, call, outcome, failure), now, `call ended: ${outcome}`)
}

/** Frees the line: its call is remembered for a late key, and what waits is called about at once. */
export function next(line: PhoneLine, outbox: PhoneLineEffect[], now: Instant, reason: LineReason): Decided {
  const { call, ...rest } = line
  const over = call === undefined ? [] : [remembered(call)]
  const free: PhoneLine = { ...rest, past: [...over, ...rest.past].slice(0, REMEMBERED_CALLS) }
  if (free.waiting.length === 0) return { state: free, outbox, reason }
  return { ...start(free, outbox, now), reason: `${reason}; next call` }
}

function remembered({ seq, about, contactId, keyless, decision }: LineCall): PhoneLine['past'][number] {
  const incidents = about.map(({ incident }) => incident)
  return {
    seq,
    incidents,
    ...(contactId === undefined ? {} : { contactId }),
    ...(keyless && { keyless }),
    ...(decision === 'snoozed' && { snoozed: true as const }),
  }
}

/** The decision that changes nothing; nothing is written. */
export function unchanged(line: PhoneLine, reason: PhoneLineReason): Decided {
  return { state: line, outbox: [], reason }
}
