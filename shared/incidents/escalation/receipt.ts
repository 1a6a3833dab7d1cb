import type { Failure } from '../../contracts/failure.ts'
import type { Instant } from '../../contracts/words.ts'
import { type Attempt, isUnplaced } from '../attempt.ts'
import type { ReasonedChange } from '../decision-reason.ts'
import type { Incident, NoticeEffect } from '../incident.ts'
import { after, attemptOf, fallBack, messageLine } from './outcome.ts'

/**
 * Decides on what a carrier says of a text that its vendor had taken: it is put on record, and one that did not arrive hands over to the
 * person's next channel while its layer still lasts.
 */
export function takeTextReceipt(
  incident: Incident,
  receipt: { effect: NoticeEffect; failure?: Failure },
  now: Instant,
): ReasonedChange {
  const { effect, failure } = receipt
  const { kind, to } = effect
  const hasArrived = failure === undefined
  const line = messageLine(incident, receipt, hasArrived ? 'arrived' : 'not-arrived', now)
  if (hasArrived || !('channel' in to)) return { incident, effects: [line], reason: `${kind} arrived` }
  const next: Incident = { ...incident, texts: Math.max(0, incident.texts - 1) }
  const reason = `${kind} not-arrived` as const
  const { phase, deadlineAt, attempts } = incident.escalation
  const isOfLayer = incident.status === 'open' && phase === 'layer' && effect.extras.until === deadlineAt
  const index = isOfLayer && kind === 'page' ? attemptOf(incident, to.contact, to.channel) : -1
  const attempt = attempts[index]
  // A carrier may be faster than we are at writing down that its vendor took the text.
  if (attempt === undefined || !(attempt.status === 'sent' || isUnplaced(attempt.status)))
    return { incident: next, effects: [line], reason }
  const changed: Attempt = { ...attempt, status: 'failed', since: now, failure }
  next.escalation = { ...incident.escalation, attempts: attempts.with(index, changed) }
  return { ...after(line, fallBack(next, changed, now)), reason }
}
