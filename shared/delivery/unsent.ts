import type { Instant } from '../contracts/words.ts'
import { type Subscriber, wayOf } from '../store/subscribers.ts'
import type { Outcome } from './telling.ts'

/** An address that refuses so many mails in a row takes none. */
const MOST_MAILS = 5

/** A server that puts a mail off is asked again after so long, ms: sooner than RFC 5321, 4.5.4.1, has it as a rule, since an update is news now. */
const PUT_OFF_MS = 300_000

/** A webhook that has failed so often in a row, which takes more than a day, is not there any more. */
const MOST_POSTS = 12

/** One that has not said yes is asked so often at most: it may be somebody's who knows nothing of it. */
const MOST_QUESTIONS = 3

/** It is tried again after 5 minutes, then after twice as long each time, up to so many ms: near the schedule of Standard Webhooks. */
const LONGEST_WAIT_MS = 4 * 3_600_000

/** A subscriber who was not told: when it is tried again, or that it is forgotten. Who has refused the question itself gets no other. */
export function unsent(now: Subscriber, outcome: Exclude<Outcome, 'sent'>, at: Instant): Subscriber {
  const isMail = wayOf(now) === 'mail'
  // What a server of mail puts off, it has not refused; a webhook that is down has no such word.
  if (isMail && outcome === 'later') return { ...now, busyUntil: at + PUT_OFF_MS }
  const failures = now.failures + 1
  const hasRefused = outcome === 'refused' && now.state === 'asked'
  if (outcome === 'over' || hasRefused || failures >= mostOf(now))
    return { ...now, failures, state: 'gone', address: '' }
  if (isMail) return { ...now, failures }
  return { ...now, failures, busyUntil: at + Math.min(PUT_OFF_MS * 2 ** (failures - 1), LONGEST_WAIT_MS) }
}

function mostOf(now: Subscriber): number {
  if (wayOf(now) === 'mail') return MOST_MAILS
  return now.state === 'asked' ? MOST_QUESTIONS : MOST_POSTS
}
