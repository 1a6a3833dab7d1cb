import type { QueueDepth } from '../../contracts/queue-desk.ts'
import { type QueueName, queueNames, urlVariable } from '../../contracts/queues.ts'
import type { Depth } from '../../evaluation/path-state.ts'
import { required } from './env.ts'
import type { Env } from './lambda.ts'
import type { Sqs } from './sqs-actions.ts'

// Counts are approximate (SQS API reference, GetQueueAttributes).
const WAITING = 'ApproximateNumberOfMessages'
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible'
const DELAYED = 'ApproximateNumberOfMessagesDelayed'

/** Where each queue is, from the environment. Throws, naming the variable, if one is missing there. */
export function urlsIn(env: Env): Record<QueueName, string> {
  const urls = queueNames.map((name) => [name, required(env, urlVariable(name))] as const)
  return Object.fromEntries(urls) as Record<QueueName, string>
}

/** The messages of a queue that could be taken now, and those that somebody is at. */
export async function depthOf(sqs: Sqs, QueueUrl: string): Promise<Depth> {
  const { Attributes } = await sqs('GetQueueAttributes', { QueueUrl, AttributeNames: [WAITING, IN_FLIGHT] })
  return { waiting: Number(Attributes?.[WAITING] ?? 0), inFlight: Number(Attributes?.[IN_FLIGHT] ?? 0) }
}

/** All messages of a queue, those in flight included. */
async function heldBy(sqs: Sqs, queueUrl: string): Promise<number> {
  const { waiting, inFlight } = await depthOf(sqs, queueUrl)
  return waiting + inFlight
}

/** The same of several, by the names that their URLs have here. Rejects when one of them cannot be asked. */
export async function heldByEach(sqs: Sqs, urls: Record<string, string>): Promise<Record<string, number>> {
  const held = Object.entries(urls).map(async ([name, url]) => [name, await heldBy(sqs, url)] as const)
  return Object.fromEntries(await Promise.all(held))
}

/** How several stand, by the names that their URLs have here. Rejects when one of them cannot be asked. */
export async function depthsOf(sqs: Sqs, urls: Record<string, string>): Promise<Record<string, QueueDepth>> {
  const known = Object.entries(urls).map(async ([name, QueueUrl]) => {
    const { Attributes = {} } = await sqs('GetQueueAttributes', {
      QueueUrl,
      AttributeNames: [WAITING, IN_FLIGHT, DELAYED],
    })
    const count = (attribute: string) => Number(Attributes[attribute] ?? 0)
    return [name, { waiting: count(WAITING), inFlight: count(IN_FLIGHT), delayed: count(DELAYED) }] as const
  })
  return Object.fromEntries(await Promise.all(known))
}
