import { callSqs, regionOf, type SqsQueue } from '../../shared/clouds/aws/sqs-call.ts'
import { backOffSeconds, type PartialFailure, type SqsRecord, sqsEvent } from '../../shared/clouds/aws/sqs-event.ts'
import { carriedBy } from './cloud-events.ts'

/** For putting one message back. */
const PUT_BACK_MS = 1_500

/** Whether a queue has invoked the function. */
export function isFromQueue(event: unknown): boolean {
  return sqsEvent.safeParse(event).success
}

/** Takes a batch of a queue, each message by itself: what was not taken comes again, after 5 s at first and 5 min at last. */
export async function takeQueued(
  event: unknown,
  queue: SqsQueue,
  take: (body: unknown) => Promise<void>,
  log: (line: Record<string, unknown>) => void,
): Promise<PartialFailure> {
  const { Records } = sqsEvent.parse(event)
  const failed = await Promise.all(Records.map((record) => takeOne(record)))
  return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) }

  async function takeOne(record: SqsRecord): Promise<string[]> {
    try {
      await take(carriedBy(record.body))
      return []
    } catch (error) {
      log({ level: 'error', event: 'message kept', messageId: record.messageId, error: String(error) })
      await putBack(record)
      return [record.messageId]
    }
  }

  /** Without it the message comes again after the queue's own visibility timeout. */
  async function putBack(record: SqsRecord): Promise<void> {
    const change = { ReceiptHandle: record.receiptHandle, VisibilityTimeout: backOffSeconds(record) }
    await callSqs(queue, regionOf(queue), 'ChangeMessageVisibility', change, PUT_BACK_MS).catch((error: unknown) => {
      log({ level: 'warn', event: 'back-off failed', messageId: record.messageId, error: String(error) })
    })
  }
}
