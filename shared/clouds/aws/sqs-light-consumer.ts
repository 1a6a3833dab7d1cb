import type { Instant } from '../../contracts/words.ts'
import { sentAt } from './first-sent.ts'
import { backOff, type Queue } from './sqs-back-off.ts'
import { takeEach } from './sqs-each.ts'
import { type PartialFailure, type SqsRecord, sqsEvent } from './sqs-event.ts'

/** The messages of the queue that has invoked the function; undefined where something else has. */
export function recordsIn(event: unknown): SqsRecord[] | undefined {
  return sqsEvent.safeParse(event).data?.Records
}

/**
 * Takes a batch of a queue, each message by itself: what was not taken comes again, after 5 s at first and 5 min at last. `take` gets the
 * JSON of a message, or its text where that is none, and when it was sent.
 */
export function consumeLightly(
  records: SqsRecord[],
  queue: Queue,
  take: (body: unknown, cameAt: Instant) => Promise<void>,
): Promise<PartialFailure> {
  return takeEach(records, {
    take: (record) => take(jsonOrText(record.body), sentAt(record)),
    putBack: (record) => backOff(record, queue),
    log: queue.log,
  })
}

function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body) ?? body
  } catch {
    return body
  }
}
