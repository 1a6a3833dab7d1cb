import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { sqsSender } from '../../shared/clouds/aws/sqs-sender.ts'
import { probe } from './probe.ts'
import { triggerOf } from './trigger.ts'

/** Builds the probe from a function's environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const { checks } = readConfig(env)
  const vantage = required(env, 'VANTAGE')
  const endpoint = env.AWS_ENDPOINT_URL_SQS
  const send = sqsSender({
    queueUrl: required(env, 'EVENTS_QUEUE_URL'),
    region: required(env, 'AWS_REGION'),
    ...(endpoint ? { endpoint } : {}),
    credentials: credentialsOf(env),
    now: Date.now,
    random: Math.random,
  })
  const deps = {
    checks,
    vantage,
    version: env.AWS_LAMBDA_FUNCTION_VERSION ?? 'local',
    io: { now: Date.now, monotonic: () => performance.now(), env },
    send,
    log: (line: Record<string, unknown>) => console.log(JSON.stringify(line)),
  }
  let coldStart = true
  return async (event, context) => {
    const invocation = {
      id: context.awsRequestId,
      function: context.functionName ?? 'probe',
      coldStart,
      endsAt: Date.now() + context.getRemainingTimeInMillis(),
    }
    coldStart = false
    return probe(deps, triggerOf(event, Date.now()), invocation)
  }
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
