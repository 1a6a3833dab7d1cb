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

/** The same of several, by the names that their URLs have here. Rejects when one of them cannot be asked. */
export async function heldByEach(sqs: Sqs, urls: Record<string, string>): Promise<Record<string, number>> {
  const held = Object.entries(urls).map(async ([name, url]) => [name, await heldBy(sqs, url)] as const)
  return Object.fromEntries(await Promise.all(held))
}

async function counts(sqs: Sqs, QueueUrl: string): Promise<[waiting: number, inFlight: number]> {
  const { Attributes } = await sqs('GetQueueAttributes', { QueueUrl, AttributeNames: [WAITING, IN_FLIGHT] })
  return [Number(Attributes?.[WAITING] ?? 0), Number(Attributes?.[IN_FLIGHT] ?? 0)]
}
