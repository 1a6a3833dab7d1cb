import { required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { sqs } from '../../shared/clouds/aws/sqs.ts'
import { relay, relayDeadline } from '../../shared/clouds/aws/sqs-relay.ts'
import { sqsSender } from '../../shared/clouds/aws/sqs-sender.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const here = sqs(env)
  const queueUrl = required(env, 'EVENTS_QUEUE_URL')
  const send = sqsSender({
    queueUrl: required(env, 'PRIMARY_EVENTS_QUEUE_URL'),
    region: required(env, 'AWS_REGION'),
    credentials: credentialsOf(env),
    now: Date.now,
    random: Math.random,
  })
  return async (event, context) => {
    const deadline = relayDeadline(Date.now(), context.getRemainingTimeInMillis())
    return relay(event, { sqs: here, queueUrl, send, deadline, log: writeLog })
  }
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
