import { randomUUID } from 'node:crypto'
import { withDoubtedSecret } from '../../shared/clouds/aws/doubted-secret.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { queuesInEveryRegion } from '../../shared/clouds/aws/every-region.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { objectFetcher } from '../../shared/clouds/aws/s3-object.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { sqs } from '../../shared/clouds/aws/sqs.ts'
import { sqsBatchSender } from '../../shared/clouds/aws/sqs-batch.ts'
import { PUT_BACK_MS } from '../../shared/clouds/aws/sqs-each.ts'
import { consumeLightly, recordsIn } from '../../shared/clouds/aws/sqs-light-consumer.ts'
import { sendTwice } from '../../shared/clouds/aws/sqs-twice.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { withHashedKeys } from '../../shared/config/hash-keys.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import type { Bilingual, Instant } from '../../shared/contracts/words.ts'
import { sendToEvery } from '../../shared/delivery/send-to-every.ts'
import { inboundOf, secretsOf } from '../../shared/engine/ingest/inbound-of.ts'
import { takeCloudEvent } from '../../shared/engine/ingest/take-cloud-event.ts'
import { takePostedReport } from '../../shared/engine/ingest/take-posted-report.ts'
import { REMEMBER_MS, sendUntil, takeRequest } from '../../shared/engine/ingest/take-request.ts'
import { cloudEventsIn } from '../../shared/ingest/aws/invoking.ts'
import { rateLimit } from '../../shared/ingest/rate.ts'
import { REPORTS_PATH } from '../../shared/ingest/report-signature.ts'
import { fetchText } from '../../shared/ingest/sns/fetch-text.ts'
import { seenRecorder } from '../../shared/store/inbound.ts'
import { requestOf, urlAnswerOf } from './web.ts'

/** All tries of one call that puts a message back fit into what is left for that. */
const putBackPatience = { connectMs: 500, tryMs: 700, tries: 2 }

/**
 * Who sends an alert waits no longer than this for another region beside the one that has it: a first connection to one half around the
 * world, three round trips, is made in it, and the answer still comes within a second.
 */
const BESIDE_MS = 600

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): Handler {
  const refuse = ({ en: reason }: Bilingual) => writeLog({ level: 'error', event: 'key refused', reason })
  const config = withHashedKeys(readConfig(env, env.LAMBDA_TASK_ROOT), env, refuse)
  const inbound = inboundOf(resolveReferences(config, env).value)
  const reportKeys = secretsOf(config.reportKeys ?? {}, env)
  const [own, ...others] = queuesInEveryRegion(required(env, 'EVENTS_QUEUE_URL'), config, env)
  // So late that a queue that is slow with much has not all of it twice.
  const sendHere = sendTwice(sqsBatchSender(own), (deadline) => (deadline - Date.now()) / 2)
  const sendEverywhere = sendToEvery([sendHere, ...others.map((queue) => sqsBatchSender(queue))], BESIDE_MS, Date.now)
  const patience = { connectMs: REMEMBER_MS, tryMs: REMEMBER_MS, tries: 1 }
  const checks = dynamoTable(dynamoDb(env, { patience }), required(env, 'CHECKS_TABLE'))
  const always = {
    ...inbound,
    now: Date.now,
    waitOf: rateLimit(),
    seen: seenRecorder(),
    checks,
    token: randomUUID,
    fetchObject: objectFetcher({
      region: required(env, 'AWS_REGION'),
      ...(env.AWS_ENDPOINT_URL_S3 ? { endpoint: env.AWS_ENDPOINT_URL_S3 } : {}),
      credentials: () => credentialsOf(env),
      now: Date.now,
    }),
    log: writeLog,
  }
  const awsEvents = {
    sqs: sqs(env, { patience: putBackPatience }),
    queueUrl: required(env, 'AWS_EVENTS_QUEUE_URL'),
    log: writeLog,
  }
  return async (event, context) => {
    const cloudEvents = cloudEventsIn(event)
    const records = recordsIn(event)
    const request = records || cloudEvents ? undefined : requestOf(urlRequestOf(event))
    const cameAt = Date.now()
    const until = cameAt + context.getRemainingTimeInMillis() - PUT_BACK_MS
    const bytes = Buffer.byteLength(request?.body ?? '')
    const deadline = () => (request ? Math.min(until, sendUntil(cameAt, bytes, Date.now())) : until)
    const send = (messages: string[], at: Instant) => sendEverywhere(messages, deadline(), at)
    const io = { ...always, cameAt, send }
    if (records)
      return consumeLightly(records, awsEvents, (body, sentAt) => takeCloudEvent(body, { ...io, cameAt: sentAt }))
    if (request === undefined)
      return void (await Promise.all((cloudEvents ?? []).map((one) => takeCloudEvent(one, io))))
    // A probe posts its reports to every region itself.
    const reply =
      request.path === REPORTS_PATH
        ? await takePostedReport(request, {
            ...io,
            reportKeys,
            send: (messages) => sendHere(messages, deadline(), cameAt),
          })
        : await takeRequest(request, { ...io, fetchText })
    return urlAnswerOf(reply)
  }
}

/** What Lambda calls. */
export const handler = withDoubtedSecret(wire, { env: process.env, now: Date.now, log: writeLog })
