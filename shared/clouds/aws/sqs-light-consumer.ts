import { failureOf } from './json-call.ts'
import { callSqs, regionOf, type SqsQueue } from './sqs-call.ts'
import { takeEach } from './sqs-each.ts'
import { backOffSeconds, type PartialFailure, type SqsRecord, sqsEvent } from './sqs-event.ts'

/** One call that puts a message back has so long. */
const PUT_BACK_MS = 1_500

/** The messages of the queue that has invoked the function; undefined where something else has. */
export function recordsIn(event: unknown): SqsRecord[] | undefined {
  return sqsEvent.safeParse(event).data?.Records
}

/**
 * Takes a batch of a queue, each message by itself and with no SDK: what was not taken comes again, after 5 s at first and 5 min at last.
 * `take` gets the JSON of a message, or its text where that is none.
 */
export function consumeLightly(
  records: SqsRecord[],
  queue: SqsQueue,
  take: (body: unknown) => Promise<void>,
  log: (line: Record<string, unknown>) => void,
): Promise<PartialFailure> {
  return takeEach(records, { take: ({ body }) => take(jsonOrText(body)), putBack, log })

  /** Without it the message comes again after the queue's own visibility timeout. */
  async function putBack({ messageId, receiptHandle, attributes }: SqsRecord): Promise<void> {
    const change = { ReceiptHandle: receiptHandle, VisibilityTimeout: backOffSeconds({ attributes }) }
    try {
      const answer = await callSqs(queue, regionOf(queue), 'ChangeMessageVisibility', change, PUT_BACK_MS)
      if (answer.status !== 200) throw new Error(failureOf(answer).reason)
    } catch (error) {
      log({ level: 'warn', event: 'back-off failed', messageId, error: String(error) })
    }
  }
}

function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body) ?? body
  } catch {
    return body
  }
}
