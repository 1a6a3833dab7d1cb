import type { Failure } from '../contracts/failure.ts'
import type { Decision } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import type { CallOutcome } from '../incidents/attempt.ts'
import { deadlineEffect, deadlineOf, dialEffect, guarded, isOff, outcomes } from './call.ts'
import type { LineReason, PhoneLineReason } from './decision-reason.ts'
import type { LineCall, PhoneLine, PhoneLineEffect, PhoneLineEvent, Request } from './phone-line.ts'
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

/** A phone that has rung for so long, ms, has rung for what waited meanwhile as well: whoever picks up hears of it. */
const RUNG_MS = 10_000

/**
 * Ends a call that nobody answered. What waited while it rang for long ends with it, as it would have joined it: a storm is one call for
 * each person, also for who was called about its first incident alone. That goes by the vendor's word that it rang, and when that was over:
 * what came after, or while a line was only being sought, has been rung for by nobody.
 */
export function rangOut(line: PhoneLine, call: LineCall, { failure, endedAt }: Ended, now: Instant): Decided {
  const hasRung = call.phase === 'ringing' && failure?.class === 'no-answer' && endedAt !== undefined
  const wouldHaveTold = call.lastsMs === undefined && !isOff(call)
  const rungSince = ({ since = now }: Request) => Math.max(since, call.since)
  const rung = hasRung && wouldHaveTold ? line.waiting.filter((one) => endedAt - rungSince(one) >= RUNG_MS) : []
  const { joining, about } = takenUp(call.about, rung)
  const all: LineCall = { ...call, about }
  const waiting = line.waiting.filter((one) => !joining.includes(one))
  const settled = settle(line.settled, joining, now)
  return finish({ ...line, call: all, waiting, settled }, all, 'unanswered', now, failure)
}

type Ended = Pick<Extract<PhoneLineEvent, { type: 'disconnected' }>, 'failure' | 'endedAt'>

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
