import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { expect, it, onTestFinished } from 'vitest'
import { wire } from '../../services/ingest/aws.ts'
import { hashOfKey } from '../../shared/ingest/keys.ts'
import { KEY } from '../ingest/requests.ts'
import { senderEnv, startQueue } from './queue.ts'

const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 10_000 }

const stopped = {
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  account: '1',
  region: 'ap-southeast-1',
  detail: { 'instance-id': 'i-1', state: 'stopped' },
}

/** `ingest` as it is deployed, with its queue; its table answers nobody. */
async function ingest() {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-ingest-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const project = {
    name: 'pay',
    title: '支付',
    severity: 'critical',
    keys: [{ key: hashOfKey(KEY), perMinute: 600 }],
    inbound: { aws: { events: ['ec2'] } },
  }
  const config = { language: 'en', timezone: 'UTC', vantages: {}, groups: {}, policies: {}, channels: {}, checks: [] }
  const file = join(folder, 'ingest.json')
  await writeFile(file, JSON.stringify({ ...config, projects: { pay: project } }))
  const queue = await startQueue()
  const env = { ...senderEnv, AWS_REGION: 'ap-southeast-1', FENGHUO_CONFIG: file, CHECKS_TABLE: 'checks' }
  const handlerWith = (eventsUrl: string) =>
    wire({
      ...env,
      EVENTS_QUEUE_URL: eventsUrl,
      AWS_EVENTS_QUEUE_URL: queue.url,
      AWS_ENDPOINT_URL_SQS: queue.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
    })
  return { queue, handlerWith }
}

const record = (body: unknown, messageId = 'm-1') => ({
  messageId,
  receiptHandle: 'h-1',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1' },
})

it.each<[string, unknown]>([
  ['a message of its queue', { Records: [record({ Type: 'Notification', Message: JSON.stringify(stopped) })] }],
  [
    'a record of SNS',
    { Records: [{ EventSource: 'aws:sns', Sns: { Type: 'Notification', Message: JSON.stringify(stopped) } }] },
  ],
  ['a rule that invokes it', stopped],
])('takes an event of AWS as %s brings it', async (_, event) => {
  const { queue, handlerWith } = await ingest()
  const answer = await handlerWith(queue.url)(event, context)
  expect([undefined, { batchItemFailures: [] }]).toContainEqual(answer)
  const [body = ''] = await queue.bodies()
  expect(JSON.parse(body)).toMatchObject({ kind: 'alerts', alerts: [{ project: 'pay', action: 'trigger' }] })
})

it('believes no header of a proxy, and no cookie: whose an alert is says its key alone', async () => {
  const { queue, handlerWith } = await ingest()
  const path = `/events/${KEY}`
  const request = {
    rawPath: '/events/nobody',
    rawQueryString: `key=${KEY}`,
    headers: {
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'in.example.com',
      'x-forwarded-uri': path,
      'x-forwarded-prefix': path,
      'x-original-url': path,
      'x-http-method-override': 'POST',
    },
    cookies: [`x-fenghuo-key=${KEY}`],
    requestContext: { http: { method: 'POST', path, sourceIp: '127.0.0.1' } },
    body: '{"summary":"x"}',
  }
  const handler = handlerWith(queue.url)
  expect(await handler(request, context)).toMatchObject({ statusCode: 401 })
  expect(await handler({ ...request, rawPath: path }, context)).toMatchObject({ statusCode: 202 })
  expect(
    await handler({ ...request, rawPath: path, requestContext: { http: { method: 'GET' } } }, context),
  ).toMatchObject({
    statusCode: 405,
  })
  expect(await queue.bodies()).toHaveLength(1)
})

it('leaves on its queue what the events queue does not take, and what invokes it otherwise comes again', async () => {
  const { queue, handlerWith } = await ingest()
  const handler = handlerWith(`${queue.endpoint}/000000000000/gone`)
  expect(await handler({ Records: [record(stopped), record('x', 'm-2')] }, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm-1' }, { itemIdentifier: 'm-2' }],
  })
  await expect(handler(stopped, context)).rejects.toThrow()
})

it('answers in time that it could not take a request, in place of being ended without an answer', async () => {
  const { queue, handlerWith } = await ingest()
  const request = { rawPath: `/events/${KEY}`, requestContext: { http: { method: 'POST' } }, body: '{"summary":"x"}' }
  const handler = handlerWith(queue.url)
  expect(await handler(request, context)).toMatchObject({ statusCode: 202 })
  const late = { ...context, getRemainingTimeInMillis: () => 1_000 }
  expect(await handler(request, late)).toMatchObject({ statusCode: 503 })
})

it('says of what it puts on the queue when it came, and of an event of AWS when that was sent', async () => {
  const { queue, handlerWith } = await ingest()
  const handler = handlerWith(queue.url)
  const from = Date.now()
  await handler(
    { rawPath: `/events/${KEY}`, requestContext: { http: { method: 'POST' } }, body: '{"summary":"x"}' },
    context,
  )
  const until = Date.now()
  await handler({ Records: [record(stopped)] }, context)
  const { Messages = [] } = await queue.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  )
  const times = Messages.map(({ MessageAttributes = {} }) => Number(MessageAttributes.firstSent?.StringValue))
  const [sent, came] = times.toSorted((a, b) => a - b)
  expect(sent).toBe(1)
  expect(came).toBeGreaterThanOrEqual(from)
  expect(came).toBeLessThanOrEqual(until)
})
