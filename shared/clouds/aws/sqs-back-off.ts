import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Sqs } from './sqs-actions.ts'
import { backOffSeconds, type SqsRecord } from './sqs-event.ts'

/** A queue that has handed messages over. */
export interface Queue {
  sqs: Sqs
  queueUrl: string
  log(entry: LogEntry): void
}

/** Makes a message that failed wait before it comes again: `after` seconds, or the longer the more often it failed. Never rejects. */
export async function backOff(record: SqsRecord, { sqs, queueUrl, log }: Queue, after?: number): Promise<void> {
  const seconds = after ?? backOffSeconds(record)
  const change = { QueueUrl: queueUrl, ReceiptHandle: record.receiptHandle, VisibilityTimeout: seconds }
  await sqs('ChangeMessageVisibility', change).catch((error: unknown) => {
    // Without it the message comes again after the queue's own visibility timeout.
    log({ level: 'warn', event: 'back-off failed', messageId: record.messageId, error: String(error) })
  })
}
