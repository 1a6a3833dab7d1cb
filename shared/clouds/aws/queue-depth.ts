import type { Sqs } from './sqs-actions.ts'

// Counts are approximate (SQS API reference, GetQueueAttributes).
const WAITING = 'ApproximateNumberOfMessages'
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible'

/** How many messages of a queue could be taken now. */
export async function waitingIn(sqs: Sqs, queueUrl: string): Promise<number> {
  const [waiting] = await counts(sqs, queueUrl)
  return waiting
}

/** All messages of a queue, those in flight included. */
export async function heldBy(sqs: Sqs, queueUrl: string): Promise<number> {
  const [waiting, inFlight] = await counts(sqs, queueUrl)
  return waiting + inFlight
}

async function counts(sqs: Sqs, QueueUrl: string): Promise<[waiting: number, inFlight: number]> {
  const { Attributes } = await sqs('GetQueueAttributes', { QueueUrl, AttributeNames: [WAITING, IN_FLIGHT] })
  return [Number(Attributes?.[WAITING] ?? 0), Number(Attributes?.[IN_FLIGHT] ?? 0)]
}
