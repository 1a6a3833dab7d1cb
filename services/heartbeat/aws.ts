import { withDoubtedSecret } from '../../shared/clouds/aws/doubted-secret.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { queuesInEveryRegion } from '../../shared/clouds/aws/every-region.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { sqsBatchSender } from '../../shared/clouds/aws/sqs-batch.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { sendToEvery } from '../../shared/delivery/send-to-every.ts'
import { ANSWER_MS } from '../../shared/engine/ingest/take-heartbeat-request.ts'
import { answerHeartbeat } from './web.ts'

/** A job waits for its answer: no longer than this for another region beside the one that has its word. */
const BESIDE_MS = 1_000

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const secret = required(env, 'FENGHUO_SECRET')
  const config = readConfig(env, env.LAMBDA_TASK_ROOT)
  const checks = new Set(config.checks.map(({ id }) => id))
  const queues = queuesInEveryRegion(required(env, 'EVENTS_QUEUE_URL'), config, env)
  const send = sendToEvery(
    queues.map((queue) => sqsBatchSender(queue)),
    BESIDE_MS,
    Date.now,
  )
  return async (event, context) => {
    const cameAt = Date.now()
    const deadline = cameAt + context.getRemainingTimeInMillis() - ANSWER_MS
    return answerHeartbeat(urlRequestOf(event), {
      secret,
      checks,
      language: config.language,
      now: Date.now,
      // All regions have it with its time: none sends it on.
      send: (message) => send([message], deadline, cameAt),
      log: writeLog,
    })
  }
}

/** What Lambda calls. */
export const handler = withDoubtedSecret(wire, { env: process.env, now: Date.now, log: writeLog })
