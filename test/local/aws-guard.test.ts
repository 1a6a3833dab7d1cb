import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import {
  CreateQueueCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Embedded, startQueueServer } from '../../local/queues.ts'
import { localCredentials } from '../../local/resources.ts'
import { startTableServer } from '../../local/tables.ts'
import { signed } from '../../shared/clouds/aws/sigv4.ts'

const region = 'ap-southeast-1'
const servers: Record<string, Embedded> = {}
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-guard-'))
  servers.sqs = await startQueueServer({ dataDir: join(folder, 'sqs'), port: 0, region })
  servers.dynamodb = await startTableServer({ dataDir: join(folder, 'dynamodb'), port: 0 })
})

afterAll(async () => {
  await servers.sqs?.stop()
  await servers.dynamodb?.stop()
  await rm(folder, { recursive: true })
})

/** A request as it goes over the wire, so that any Host and Origin can be sent. */
function send(endpoint: string, method: string, headers: Record<string, string>, body: string) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((done, failed) => {
    const { port } = new URL(endpoint)
    const outgoing = request({ host: '127.0.0.1', port, method, path: '/', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}

const calls = [
  { service: 'sqs', target: 'AmazonSQS.ListQueues', contentType: 'application/x-amz-json-1.0' },
  { service: 'dynamodb', target: 'DynamoDB_20120810.ListTables', contentType: 'application/x-amz-json-1.0' },
] as const

interface Change {
  host?: string
  origin?: string
  secret?: string
  keyId?: string
  ageMs?: number
  body?: string
  service?: string
  unsigned?: true
}

async function listing({ service, target, contentType }: (typeof calls)[number], change: Change = {}) {
  const { endpoint = '' } = servers[service] ?? {}
  const url = new URL('/', endpoint)
  const headers = { 'content-type': contentType, 'x-amz-target': target }
  const credentials = {
    accessKeyId: change.keyId ?? localCredentials.accessKeyId,
    secretAccessKey: change.secret ?? localCredentials.secretAccessKey,
  }
  if (change.host !== undefined) url.host = change.host
  const signature = signed(
    { method: 'POST', url, headers, body: '{}' },
    { region, service: change.service ?? service },
    credentials,
    Date.now() - (change.ageMs ?? 0),
  )
  const sent = { ...(change.unsigned ? headers : signature), host: url.host }
  const origin = change.origin === undefined ? {} : { origin: change.origin }
  return send(endpoint, 'POST', { ...sent, ...origin }, change.body ?? '{}')
}

describe.each(calls)('the embedded $service', (call) => {
  it.each<{ reason: string; change: Change; status: number }>([
    { reason: 'a request signed with the made-up keys', change: {}, status: 200 },
    { reason: 'a name that was pointed at this machine', change: { host: 'evil.example:80' }, status: 421 },
    { reason: 'a page of the internet', change: { origin: 'https://evil.example' }, status: 403 },
    { reason: 'a page of another local program', change: { origin: 'http://localhost:3000' }, status: 403 },
    { reason: 'a page that hides where it is from', change: { origin: 'null' }, status: 403 },
    { reason: 'nobody who signs', change: { unsigned: true }, status: 403 },
    { reason: 'another secret', change: { secret: 'guessed' }, status: 403 },
    { reason: 'another key', change: { keyId: 'AKIAEXAMPLE' }, status: 403 },
    { reason: 'a signature of yesterday', change: { ageMs: 86_400_000 }, status: 403 },
    { reason: 'a signature for another service', change: { service: 's3' }, status: 403 },
    { reason: 'a body that was not signed', change: { body: '{"Limit":1}' }, status: 403 },
  ])('answers $reason with $status', async ({ change, status }) => {
    const answer = await listing(call, change)
    expect(answer.status).toBe(status)
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('lets no page ask whether it may', async () => {
    const preflight = { origin: 'https://evil.example', 'access-control-request-headers': 'x-amz-target' }
    const answer = await send(servers[call.service]?.endpoint ?? '', 'OPTIONS', preflight, '')
    expect(answer.status).toBe(403)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it('names the mistake as AWS does', async () => {
    const answer = await listing(call, { secret: 'guessed' })
    expect(answer.headers['x-amzn-errortype']).toBe('InvalidSignatureException')
    expect(JSON.parse(answer.text)).toMatchObject({ __type: 'com.amazon.coral.service#InvalidSignatureException' })
  })
})

describe('AWS SDKs', () => {
  const settings = (service: string) => ({ endpoint: servers[service]?.endpoint ?? '', region, maxAttempts: 1 })

  it.each([
    { reason: 'the made-up keys', credentials: localCredentials, fails: undefined },
    {
      reason: 'keys of their own',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' },
      fails: 'UnrecognizedClientException',
    },
  ])('with $reason', async ({ credentials, fails }) => {
    const sqs = new SQSClient({ ...settings('sqs'), credentials })
    const dynamodb = new DynamoDBClient({ ...settings('dynamodb'), credentials })
    const answers = await Promise.allSettled([
      sqs.send(new ListQueuesCommand({})),
      dynamodb.send(new ListTablesCommand({})),
    ])
    sqs.destroy()
    dynamodb.destroy()
    const names = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.name : undefined))
    expect(names).toEqual([fails, fails])
  })
})

describe('what the queue takes, as SQS does', () => {
  it.each([
    { text: '一切正常 ✅', reason: 'characters of one unit', taken: true },
    { text: 'down 🔥', reason: 'an emoji, which is two units of UTF-16', taken: true },
    { text: '\u{10ffff}', reason: 'the last character of Unicode', taken: true },
    { text: 'a\tb\r\nc', reason: 'the control characters of text', taken: true },
    { text: 'a\u0000b', reason: 'another control character', taken: false },
    { text: '\uffff', reason: 'no character', taken: false },
    { text: '\ud83d', reason: 'half an emoji', taken: false },
  ])('$reason: $taken', async ({ text, taken }) => {
    const sqs = new SQSClient({
      endpoint: servers.sqs?.endpoint ?? '',
      region,
      credentials: localCredentials,
      maxAttempts: 1,
    })
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'texts' }))
    const entry = { Id: 'one', MessageBody: text }
    const [alone, batch] = await Promise.allSettled([
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text })),
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: [entry] })),
    ])
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    await sqs.send(new PurgeQueueCommand({ QueueUrl }))
    sqs.destroy()
    expect(Messages.map(({ Body }) => Body)).toEqual(taken ? [text, text] : [])
    expect(alone.status).toBe(taken ? 'fulfilled' : 'rejected')
    expect(batch.status === 'fulfilled' && batch.value.Failed?.length).toBe(taken ? 0 : 1)
  })
})
