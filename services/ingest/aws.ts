import { randomUUID } from 'node:crypto'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { urlRequest } from '../../shared/clouds/aws/function-url.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { sqsBatchSender } from '../../shared/clouds/aws/sqs-batch.ts'
import { sendToEither } from '../../shared/clouds/aws/sqs-either.ts'
import { withStoredSecrets } from '../../shared/clouds/aws/stored-secrets.ts'
import { withHashedKeys } from '../../shared/config/hash-keys.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import { takePostedReport } from '../../shared/engine/take-posted-report.ts'
import { takeRequest } from '../../shared/engine/take-request.ts'
import { rateLimit } from '../../shared/ingest/rate.ts'
import { REPORTS_PATH } from '../../shared/ingest/report-signature.ts'
import { fetchText } from './fetch-text.ts'
import { inboundOf, secretsOf } from './inbound.ts'
import { requestOf, urlAnswerOf } from './web.ts'

/** Sentry takes a hook away that is not answered within 1 s; this is what the queue gets of it. */
const SEND_MS = 800

function writeLine(line: Record<string, unknown>): void {
  console.log(JSON.stringify(line))
}

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const refuse = (reason: string) => writeLine({ level: 'error', event: 'key refused', reason })
  const config = withHashedKeys(readConfig(env, env.LAMBDA_TASK_ROOT), env, refuse)
  const inbound = inboundOf(resolveReferences(config, env).value)
  const reportKeys = secretsOf(config.reportKeys ?? {}, env)
  const endpoint = env.AWS_ENDPOINT_URL_SQS
  const sender = (queueUrl: string) =>
    sqsBatchSender({
      queueUrl,
      region: required(env, 'AWS_REGION'),
      ...(endpoint ? { endpoint } : {}),
      credentials: credentialsOf(env),
      now: Date.now,
      random: Math.random,
    })
  const standby = env.STANDBY_EVENTS_QUEUE_URL
  const send = sendToEither(sender(required(env, 'EVENTS_QUEUE_URL')), standby ? sender(standby) : undefined)
  const waitOf = rateLimit()
  return async (event) => {
    const deadline = Date.now() + SEND_MS
    const request = requestOf(urlRequest.parse(event))
    const io = {
      now: Date.now,
      waitOf,
      send: (messages: string[]) => send(messages, deadline),
      log: writeLine,
    }
    const reply =
      request.path === REPORTS_PATH
        ? await takePostedReport(request, { ...io, reportKeys })
        : await takeRequest(request, { ...io, ...inbound, fetchText, token: randomUUID })
    return urlAnswerOf(reply)
  }
}

/** What Lambda calls. */
export const handler = withStoredSecrets(wire, { env: process.env, now: Date.now, log: writeLine })
