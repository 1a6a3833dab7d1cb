import { required } from './env.ts'
import type { Env } from './lambda.ts'
import { credentialsOf } from './sigv4.ts'
import type { SqsQueue } from './sqs-call.ts'

/**
 * A queue of another region: an endpoint in the environment, such as a private one, is of this region alone. `FENGHUO_REGIONS_URL` moves
 * those of all others.
 */
export function queueElsewhere(queueUrl: string, env: Env): SqsQueue {
  return queueOf(queueUrl, { ...env, AWS_ENDPOINT_URL_SQS: env.FENGHUO_REGIONS_URL })
}

/** A queue as a function on AWS speaks to it, by its environment; `AWS_ENDPOINT_URL_SQS` moves it. Throws without a region or keys. */
export function queueOf(queueUrl: string, env: Env): SqsQueue {
  const endpoint = env.AWS_ENDPOINT_URL_SQS
  return {
    queueUrl,
    region: required(env, 'AWS_REGION'),
    ...(endpoint ? { endpoint } : {}),
    credentials: credentialsOf(env),
    keepsConnection: true,
    now: Date.now,
    random: Math.random,
  }
}
