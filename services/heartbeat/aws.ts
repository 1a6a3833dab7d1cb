import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { urlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { sqsSender } from '../../shared/clouds/aws/sqs-sender.ts'
import { withStoredSecrets } from '../../shared/clouds/aws/stored-secrets.ts'
import { answerHeartbeat } from './web.ts'

/** What is kept of the function's time limit for its answer. */
const ANSWER_MS = 500

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const secret = required(env, 'FENGHUO_SECRET')
  const checks = new Set(readConfig(env, env.LAMBDA_TASK_ROOT).checks.map(({ id }) => id))
  const endpoint = env.AWS_ENDPOINT_URL_SQS
  const send = sqsSender({
    queueUrl: required(env, 'EVENTS_QUEUE_URL'),
    region: required(env, 'AWS_REGION'),
    ...(endpoint ? { endpoint } : {}),
    credentials: credentialsOf(env),
    now: Date.now,
    random: Math.random,
  })
  return async (event, context) => {
    const deadline = Date.now() + context.getRemainingTimeInMillis() - ANSWER_MS
    return answerHeartbeat(urlRequest.parse(event), {
      secret,
      checks,
      now: Date.now,
      send: (message) => send(message, deadline),
      log: (line) => console.log(JSON.stringify(line)),
    })
  }
}

/** What Lambda calls. */
export const handler = withStoredSecrets(wire, {
  env: process.env,
  now: Date.now,
  log: (line) => console.log(JSON.stringify(line)),
})
