import type { Instant } from '../../contracts/words.ts'
import { sendersOf, sentAt } from './first-sent.ts'
import { backOff, type Queue } from './sqs-back-off.ts'
import { takeEach } from './sqs-each.ts'
import { type PartialFailure, sqsEvent } from './sqs-event.ts'

export interface Relay extends Queue {
  /** Puts a message on the other queue, with when it was first sent, UTC ms, and by whom. Rejects if that fails until `deadline`. */
  send(body: string, deadline: Instant, firstSent: Instant, firstSender?: string): Promise<void>
  /** When all of the batch must be sent. */
  deadline: Instant
}

/** The other region is tried for no longer; what is left of an invocation is for putting the messages back. */
const SEND_MS = 15_000
const PUT_BACK_MS = 5_000

/** Until when the messages of an invocation are sent that has so much time left, ms: UTC ms. */
export function relayDeadline(now: Instant, remainingMs: number): Instant {
  return now + Math.min(SEND_MS, remainingMs - PUT_BACK_MS)
}

/**
 * Sends each message of a batch on as it is: what it says is for whoever takes it there to judge. What is not taken stays, and
 * comes again after 5 s at first and 5 min at last.
 */
export async function relay(event: unknown, to: Relay): Promise<PartialFailure> {
  const { Records } = sqsEvent.parse(event)
  const answer = await takeEach(Records, {
    take: (record) => to.send(record.body, to.deadline, sentAt(record), sendersOf(record)[0]),
    putBack: (record) => backOff(record, to),
    log: to.log,
  })
  const forwarded = Records.length - answer.batchItemFailures.length
  if (forwarded > 0) to.log({ level: 'warn', event: 'messages forwarded', messages: forwarded })
  return answer
}
