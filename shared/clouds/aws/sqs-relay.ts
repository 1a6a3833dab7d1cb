import type { Instant } from '../../contracts/words.ts'
import { sentAt } from './first-sent.ts'
import { backOff, type Consumer } from './sqs-consumer.ts'
import { type PartialFailure, type SqsRecord, sqsEvent } from './sqs-event.ts'

export interface Relay extends Pick<Consumer, 'client' | 'queueUrl' | 'log'> {
  /** Puts a message on the other queue, with when it was first sent, UTC ms. Rejects if that fails until `deadline`. */
  send(body: string, deadline: Instant, firstSent: Instant): Promise<void>
  /** When all of the batch must be sent. */
  deadline: Instant
}

/**
 * Sends each message of a batch on as it is: what it says is for whoever takes it there to judge. What is not taken stays, and
 * comes again after 5 s at first and 5 min at last.
 */
export async function relay(event: unknown, to: Relay): Promise<PartialFailure> {
  const { Records } = sqsEvent.parse(event)
  const failures = await Promise.all(Records.map((record) => relayOne(record, to)))
  const failed = failures.flat()
  if (Records.length > failed.length) {
    to.log({ level: 'warn', event: 'messages forwarded', messages: Records.length - failed.length })
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
}

async function relayOne(record: SqsRecord, to: Relay): Promise<string[]> {
  try {
    await to.send(record.body, to.deadline, sentAt(record))
    return []
  } catch (error) {
    to.log({ level: 'error', event: 'message kept', messageId: record.messageId, error: String(error) })
    await backOff(record, to)
    return [record.messageId]
  }
}
