import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'
import { findPackageJSON } from 'node:module'
import { pathToFileURL } from 'node:url'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { startFauxqs } from 'fauxqs'
import { guardAws } from './aws-guard.ts'
import type { QueueDefinition } from './definition.ts'
import { localCredentials, type Queue } from './resources.ts'

/** SQS takes a delay of at most so many seconds (SQS API reference, SendMessage). */
const maxDelaySeconds = 900

/** What no message may hold: anything but #x9, #xA, #xD, #x20–#xD7FF, #xE000–#xFFFD, #x10000–#x10FFFF (SendMessage, "MessageBody"). */
const refusedCharacter = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/** A server that runs inside this process. */
export interface Embedded {
  /** `http://127.0.0.1:port` */
  endpoint: string
  stop(): Promise<void>
}

/** The part of Fastify that embedding needs. */
interface FastifyApp {
  server: Server
  listen(options: { port: number; host: string }): Promise<string>
  addHook(name: 'preHandler', hook: (request: { body: unknown }, reply: FastifyReply, done: () => void) => void): void
}

interface FastifyReply {
  code(status: number): FastifyReply
  header(name: string, value: string): FastifyReply
  send(body: unknown): void
}

/**
 * Starts fauxqs on the loopback address with its messages kept under `dataDir` (in memory without), for whoever signs with `credentials`.
 * Its own server listens on every address and takes any delay; Fastify's `fastify.initialization` channel
 * (Fastify reference, "Diagnostics Channel Hooks") hands us its app before it listens, so that both can be put right.
 */
export async function startQueueServer(options: {
  dataDir?: string
  port: number
  region: string
  /** Default: the local stack's own. */
  credentials?: typeof localCredentials
}): Promise<Embedded> {
  const keys = options.credentials ?? localCredentials
  const guard = (message: unknown) => guardApp((message as { fastify: FastifyApp }).fastify, keys)
  await takeEveryCharacter()
  subscribe('fastify.initialization', guard)
  const starting = startFauxqs({
    port: options.port,
    logger: false,
    defaultRegion: options.region,
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
  })
  unsubscribe('fastify.initialization', guard)
  const server = await starting
  return { endpoint: `http://127.0.0.1:${server.port}`, stop: () => server.stop() }
}

/** fauxqs takes none of the characters that are two units of UTF-16, such as 🔥, because its pattern looks at units: this corrects it. */
async function takeEveryCharacter(): Promise<void> {
  const folder = pathToFileURL(findPackageJSON('fauxqs', import.meta.url) ?? '')
  const { INVALID_MESSAGE_BODY_CHAR: pattern } = (await import(new URL('dist/sqs/sqsTypes.js', folder).href)) as {
    INVALID_MESSAGE_BODY_CHAR: RegExp
  }
  pattern.test = (text) => refusedCharacter.test(text)
}

function guardApp(app: FastifyApp, keys: typeof localCredentials): void {
  guardAws(app.server, { ...keys, service: 'sqs' })
  const listen = app.listen.bind(app)
  app.listen = ({ port }) => listen({ port, host: '127.0.0.1' })
  app.addHook('preHandler', (request, reply, done) => {
    putBackSoon(request.body)
    const delay = delays(request.body).find((seconds) => seconds < 0 || seconds > maxDelaySeconds)
    if (delay === undefined) return done()
    reply
      .code(400)
      .header('content-type', 'application/x-amz-json-1.0')
      .header('x-amzn-query-error', 'InvalidParameterValue;Sender')
      .send({
        __type: 'com.amazonaws.sqs#InvalidParameterValue',
        message: `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
      })
  })
}

/** fauxqs loses a message that is put back at once, by a visibility timeout of 0, since it can't keep that: a moment later it can. */
function putBackSoon(body: unknown): void {
  const asked = (body ?? {}) as { ReceiptHandle?: string; VisibilityTimeout?: number }
  if (asked.ReceiptHandle !== undefined && asked.VisibilityTimeout === 0) asked.VisibilityTimeout = 0.001
}

function delays(body: unknown): number[] {
  const { DelaySeconds, Entries } = (body ?? {}) as { DelaySeconds?: number; Entries?: { DelaySeconds?: number }[] }
  const entries = Array.isArray(Entries) ? Entries.map((entry) => entry.DelaySeconds) : []
  return [DelaySeconds, ...entries].filter((seconds) => typeof seconds === 'number')
}

/** Makes the definition's queues where they are missing and gives all of them the definition's attributes. Keys are logical ids. */
export async function createQueues(
  sqs: SQSClient,
  definitions: Record<string, QueueDefinition>,
): Promise<Record<string, Queue>> {
  const queues: Record<string, Queue> = {}
  for (const [id, { name }] of Object.entries(definitions)) {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }))
    const url = await reachable(QueueUrl ?? '', sqs)
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
    )
    queues[id] = { name, url, arn: Attributes?.QueueArn ?? '' }
  }
  for (const [id, definition] of Object.entries(definitions)) {
    const redrive = definition.redrive
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: queues[id]?.url,
        Attributes: {
          VisibilityTimeout: String(definition.visibilitySeconds),
          DelaySeconds: String(definition.delaySeconds ?? 0),
          MessageRetentionPeriod: String(definition.retentionSeconds),
          ...(redrive && {
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: queues[redrive.to]?.arn,
              maxReceiveCount: String(redrive.maxReceiveCount),
            }),
          }),
        },
      }),
    )
  }
  return queues
}

/** The queue's path at the address we talk to: the address in a queue's URL may be of an earlier run, or made up and no URL at all. */
async function reachable(url: string, sqs: SQSClient): Promise<string> {
  const endpoint = await sqs.config.endpoint?.()
  if (!endpoint) return url
  const port = endpoint.port === undefined ? '' : `:${endpoint.port}`
  return `${endpoint.protocol}//${endpoint.hostname}${port}${url.replace(/^[a-z]+:\/\/[^/]*/, '')}`
}
