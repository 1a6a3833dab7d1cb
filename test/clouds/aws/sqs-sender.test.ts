import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { CreateQueueCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { signed } from '../../../shared/clouds/aws/sigv4.ts'
import { sqsSender } from '../../../shared/clouds/aws/sqs-sender.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' }
const now = Date.UTC(2026, 10, 21, 2, 13)
const queueUrl = 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/fenghuo-events'

interface Taken {
  headers: IncomingHttpHeaders
  body: string
}

/** What the queue service does with one request after the other; after the last one it takes messages. */
type Answer = (response: ServerResponse, body: string) => void

const json =
  (status: number, value: unknown): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(value))
const taken: Answer = (response, body) => {
  const { MessageBody } = JSON.parse(body)
  const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex')
  json(200, { MessageId: 'm-1', MD5OfMessageBody })(response, body)
}
const reset: Answer = (response) => void (response.socket as Socket).resetAndDestroy()

async function queueService(...answers: Answer[]): Promise<{ endpoint: string; requests: Taken[] }> {
  const requests: Taken[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    requests.push({ headers: request.headers, body })
    const answer = answers.shift() ?? taken
    answer(response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

/** A clock that starts at `now` and goes on as time does. */
function runningClock(): () => number {
  const startedAt = performance.now()
  return () => now + performance.now() - startedAt
}

function sender(endpoint: string, changes: { queueUrl?: string; random?: () => number; now?: () => number } = {}) {
  return sqsSender({
    queueUrl,
    region: 'ap-southeast-1',
    endpoint,
    credentials,
    now: runningClock(),
    random: () => 0,
    ...changes,
  })
}

it('sends through the AWS JSON protocol, signed', async () => {
  const { endpoint, requests } = await queueService()
  await sender(endpoint, { now: () => now })('{"summary":"烽火"}', now + 1_000)
  expect(requests).toHaveLength(1)
  const [{ headers, body } = { headers: {}, body: '' }] = requests
  expect(JSON.parse(body)).toEqual({ QueueUrl: queueUrl, MessageBody: '{"summary":"烽火"}' })
  expect(headers).toMatchObject({
    'x-amz-target': 'AmazonSQS.SendMessage',
    'content-type': 'application/x-amz-json-1.0',
  })
  const again = signed(
    {
      method: 'POST',
      url: new URL(endpoint),
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body,
    },
    { region: 'ap-southeast-1', service: 'sqs' },
    credentials,
    now,
  )
  expect(headers.authorization).toBe(again.authorization)
  expect(headers['x-amz-security-token']).toBe('session')
})

it("signs for the queue's region, which may not be the function's, or the function's if the URL tells none", async () => {
  const { endpoint, requests } = await queueService()
  await sender(endpoint, { queueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/events' })('x', now + 1_000)
  await sender(endpoint, { queueUrl: 'http://127.0.0.1:4566/000000000000/events' })('x', now + 1_000)
  const regions = requests.map(({ headers }) => headers.authorization?.split('/')[2])
  expect(regions).toEqual(['ap-northeast-1', 'ap-southeast-1'])
})

describe('tries again', () => {
  const cases: [reason: string, first: Answer][] = [
    ['after a throttle', json(400, { __type: 'com.amazonaws.sqs#RequestThrottled', message: 'slow down' })],
    ['after 429', json(429, {})],
    ['after 500', json(500, { __type: 'com.amazonaws.sqs#InternalFailure' })],
    ['after 503 without JSON', (response) => void response.writeHead(503).end('<html>Service Unavailable</html>')],
    ['after a reset', reset],
    ['after a reset that came when the message was taken', (response) => void (response.socket as Socket).destroy()],
    ['after 200 from something that is not SQS', (response) => void response.end('<html>Welcome to the hotel</html>')],
    [
      'after 200 for another message',
      json(200, { MessageId: 'm-0', MD5OfMessageBody: 'd41d8cd98f00b204e9800998ecf8427e' }),
    ],
    [
      'after 200 that ends early',
      (response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('{"MessageId":"m-0"')
        setTimeout(() => response.socket?.destroy(), 5)
      },
    ],
  ]
  it.each(cases)('%s', async (_reason, first) => {
    const { endpoint, requests } = await queueService(first)
    await sender(endpoint)('hello', now + 5_000)
    expect(requests).toHaveLength(2)
  })
})

describe('gives up at once', () => {
  const cases: [reason: string, answer: Answer, error: string][] = [
    [
      'when the queue does not exist',
      json(400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'The specified queue does not exist.' }),
      'SQS refused the message: HTTP 400 QueueDoesNotExist The specified queue does not exist.',
    ],
    [
      'when it may not send',
      json(403, { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'not authorized' }),
      'SQS refused the message: HTTP 403 AccessDeniedException not authorized',
    ],
  ]
  it.each(cases)('%s', async (_reason, answer, error) => {
    const { endpoint, requests } = await queueService(answer)
    await expect(sender(endpoint)('hello', now + 5_000)).rejects.toThrow(error)
    expect(requests).toHaveLength(1)
  })
})

describe('gives up at the deadline', () => {
  it('when the service refuses until then, with the number of tries', async () => {
    const { endpoint, requests } = await queueService(...Array.from({ length: 50 }, () => json(503, {})))
    await expect(sender(endpoint, { random: () => 0.5 })('hello', now + 1_100)).rejects.toThrow(
      /^SQS not reached \(tries: [2-9]\): HTTP 503$/,
    )
    expect(requests.length).toBeGreaterThan(1)
  })

  it('when the service never answers', async () => {
    const { endpoint } = await queueService(() => {})
    await expect(sender(endpoint)('hello', now + 100)).rejects.toThrow('SQS not reached (tries: 1): no answer in time')
  })

  it('when an answer does not end', async () => {
    const endless: Answer = (response) => {
      const timer = setInterval(() => response.write('x'.repeat(60_000)), 1)
      response.on('close', () => clearInterval(timer))
    }
    const { endpoint, requests } = await queueService(endless)
    await sender(endpoint)('hello', now + 2_000)
    expect(requests).toHaveLength(2)
  })
})

it('is taken by an SQS, up to the largest report', async () => {
  const app = buildApp({ logger: false })
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const sqs = new SQSClient({ endpoint, region: 'ap-southeast-1', credentials, useQueueUrlAsEndpoint: false })
  onTestFinished(() => sqs.destroy())
  await sqs.send(new CreateQueueCommand({ QueueName: 'events' }))
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'events' }))
  const message = JSON.stringify({ detail: '烽'.repeat(299_990) })
  await sender(endpoint, { queueUrl: QueueUrl })(message, now + 5_000)
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  expect(Messages?.map(({ Body }) => Body)).toEqual([message])
})
