import { isUsed } from '../../contracts/queues.ts'
import type { Depth, PathDepths } from '../../evaluation/path-state.ts'
import { required } from './env.ts'
import type { Env } from './lambda.ts'
import { depthOf } from './queue-depth.ts'
import type { Sqs } from './sqs-actions.ts'

/** The URLs of the queues that watch looks at. Those of AWS's own events stand in the environment where somebody hears of them. */
export type WatchedQueues = Record<keyof PathDepths, string>

/**
 * Reads them from the environment. Throws, naming the variable, if one of those that pages go through is missing there. Those of subscribers
 * are not waited for: an update of a deployment changes code and variables one after the other, and a round of watch does much else.
 */
export function watchedQueues(env: Env, config: Parameters<typeof isUsed>[1]): WatchedQueues {
  const isTold = isUsed('subscribers', config)
  return {
    events: required(env, 'EVENTS_QUEUE_URL'),
    overflow: required(env, 'OVERFLOW_QUEUE_URL'),
    escalation: required(env, 'ESCALATION_QUEUE_URL'),
    'events-dlq': required(env, 'EVENTS_DLQ_URL'),
    'escalation-dlq': required(env, 'ESCALATION_DLQ_URL'),
    subscribers: (isTold && env.SUBSCRIBERS_QUEUE_URL) || '',
    'subscribers-dlq': (isTold && env.SUBSCRIBERS_DLQ_URL) || '',
    'aws-events': env.AWS_EVENTS_QUEUE_URL ?? '',
    'aws-events-dlq': env.AWS_EVENTS_DLQ_URL ?? '',
  }
}

/** Asks each queue once, whoever wants to know: for one invocation. */
export function depthsOnce(sqs: Sqs, queues: WatchedQueues) {
  const asked = new Map<keyof PathDepths, Promise<Depth>>()
  const depth = (queue: keyof PathDepths): Promise<Depth> => {
    const found = asked.get(queue) ?? depthOf(sqs, queues[queue])
    asked.set(queue, found)
    return found
  }
  const names = (Object.keys(queues) as (keyof PathDepths)[]).filter((queue) => queues[queue] !== '')
  const depths = async () => {
    const found = await Promise.all(names.map(async (queue) => [queue, await depth(queue)] as const))
    return Object.fromEntries(found) as unknown as PathDepths
  }
  return { depth, depths }
}
