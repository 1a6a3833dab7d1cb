import type { Depth } from '../../evaluation/path-state.ts'
import { FIRST_SENDER, FIRST_SENT, sentOnAttributes } from './first-sent.ts'
import { depthOf } from './queue-depth.ts'
import type { ReceivedMessage, Sqs } from './sqs-actions.ts'

/** SQS gives so many at once (API reference, ReceiveMessage). */
const BATCH = 10

/** One sweep takes at most so many messages; the next minute goes on. */
const MAX_BATCHES = 10

/** A message that has come back so often fails for a reason of its own: it stays for a human, too. */
const MAX_REDRIVES = 3

/** While a message with a reason is being passed over, the same sweep does not meet it again. */
const PASSED_OVER_S = 30

/**
 * Tends a dead-letter queue: a message that was sent there with a `reason` stays for a human; one that SQS moved there after
 * many tries goes back to its queue, since the trouble was ours. It takes along when it was first sent, and by whom: an alert without a
 * time of its own must not look newer than what came after it, nor as if we had written it. `held`: how many it holds, where that was just asked.
 */
export async function redrive(
  sqs: Sqs,
  queueUrl: string,
  deadLetterUrl: string,
  held?: Depth,
): Promise<{ redriven: number; left: number }> {
  const { waiting, inFlight } = held ?? (await depthOf(sqs, deadLetterUrl))
  const total = waiting + inFlight
  if (total === 0) return { redriven: 0, left: 0 }
  let redriven = 0
  let left = 0
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const messages = await takeLetters(sqs, deadLetterUrl, PASSED_OVER_S)
    if (messages.length === 0) break
    for (const message of messages) {
      const redrives = Number(message.MessageAttributes?.redrives?.StringValue ?? 0)
      if (message.MessageAttributes?.reason !== undefined || redrives >= MAX_REDRIVES) {
        left++
        continue
      }
      await sqs('SendMessage', {
        QueueUrl: queueUrl,
        MessageBody: message.Body ?? '',
        MessageAttributes: {
          redrives: { DataType: 'Number', StringValue: String(redrives + 1) },
          ...sentOnAttributes(message),
        },
      })
      await sqs('DeleteMessage', { QueueUrl: deadLetterUrl, ReceiptHandle: message.ReceiptHandle })
      redriven++
    }
  }
  return { redriven, left: Math.max(left, total - redriven) }
}

/** Takes some dead letters, with all that says what they are and whose: nobody else has them for so many seconds. */
export async function takeLetters(sqs: Sqs, QueueUrl: string, VisibilityTimeout: number): Promise<ReceivedMessage[]> {
  const { Messages = [] } = await sqs('ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: BATCH,
    MessageAttributeNames: ['reason', 'redrives', FIRST_SENT, FIRST_SENDER],
    MessageSystemAttributeNames: ['SentTimestamp', 'SenderId'],
    VisibilityTimeout,
  })
  return Messages
}
