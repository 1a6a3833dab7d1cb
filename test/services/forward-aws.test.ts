import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, it, onTestFinished, vi } from 'vitest'
import { pollQueue } from '../../local/pollers.ts'
import { wire } from '../../services/forward/aws.ts'
import { closedTarget } from '../checks/targets.ts'
import { senderEnv, startQueue, type TestQueue } from './queue.ts'

/** The forward function on the standby's queue, as Lambda runs it. */
function forwarding(standby: TestQueue, primaryUrl: string, limitMs = 30_000) {
  const handler = wire({
    ...senderEnv,
    AWS_REGION: 'ap-northeast-1',
    AWS_ENDPOINT_URL_SQS: standby.endpoint,
    EVENTS_QUEUE_URL: standby.url,
    PRIMARY_EVENTS_QUEUE_URL: primaryUrl,
  })
  const answers: unknown[] = []
  const running = pollQueue({
    sqs: standby.sqs,
    queue: { name: 'standby', url: standby.url, arn: 'arn:aws:sqs:ap-northeast-1:000000000000:standby' },
    region: 'ap-northeast-1',
    batchSize: 10,
    partialFailures: true,
    invoke: async (event) => {
      const answer = await handler(event, { awsRequestId: 'r', getRemainingTimeInMillis: () => limitMs })
      answers.push(answer)
      return answer
    },
    onError: (error) => answers.push(error),
  })
  onTestFinished(() => running.stop())
  return answers
}

async function setUp() {
  vi.spyOn(console, 'log').mockReturnValue()
  onTestFinished(() => void vi.restoreAllMocks())
  const standby = await startQueue('standby')
  const put = async (...bodies: string[]) => {
    for (const MessageBody of bodies)
      await standby.sqs.send(new SendMessageCommand({ QueueUrl: standby.url, MessageBody }))
  }
  return { standby, put }
}

it('brings every message to the primary queue once, as it is', async () => {
  const { standby, put } = await setUp()
  const primary = await startQueue('events')
  const bodies = ['{"v":1,"kind":"report","big":12345678901234567890}', 'not even JSON', '{"projectName":"支付"}']
  await put(...bodies)
  forwarding(standby, primary.url)
  const arrived: string[] = []
  await vi.waitFor(async () => {
    arrived.push(...(await primary.bodies()))
    expect(arrived.toSorted()).toEqual(bodies.toSorted())
  }, 15_000)
  expect(await standby.bodies()).toEqual([])
})

it('tells when a message was first sent, for what it says has perhaps no time of its own, and by whom', async () => {
  const { standby, put } = await setUp()
  const primary = await startQueue('events')
  const from = Date.now()
  await put('{"projectName":"pay"}')
  const until = Date.now()
  forwarding(standby, primary.url)
  const message = await vi.waitFor(async () => {
    const query = {
      QueueUrl: primary.url,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SenderId' as const],
    }
    const { Messages: [one] = [] } = await primary.sqs.send(new ReceiveMessageCommand(query))
    expect(one).toBeDefined()
    return one
  }, 15_000)
  const firstSent = Number(message?.MessageAttributes?.firstSent?.StringValue)
  expect(firstSent).toBeGreaterThanOrEqual(from)
  expect(firstSent).toBeLessThanOrEqual(until)
  expect(message?.MessageAttributes?.firstSender?.StringValue).toBe(message?.Attributes?.SenderId)
})

it('keeps what the primary queue does not take, and does not ask for it at once', async () => {
  const { standby, put } = await setUp()
  await put('{"kind":"report"}')
  const nowhere = new URL('/000000000000/events', await closedTarget()).href
  const answers = forwarding(standby, nowhere, 5_100)
  await vi.waitFor(() => expect(answers).toHaveLength(1), 15_000)
  expect(answers).toEqual([{ batchItemFailures: [{ itemIdentifier: expect.any(String) }] }])
  const all = new GetQueueAttributesCommand({ QueueUrl: standby.url, AttributeNames: ['All'] })
  const { Attributes } = await standby.sqs.send(all)
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1' })
})

it.each([
  'EVENTS_QUEUE_URL',
  'PRIMARY_EVENTS_QUEUE_URL',
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
])('names %s when it is not set', (name) => {
  const env = {
    ...senderEnv,
    AWS_REGION: 'ap-northeast-1',
    EVENTS_QUEUE_URL: 'https://sqs.ap-northeast-1.amazonaws.com/1/standby',
    PRIMARY_EVENTS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/1/events',
  }
  expect(() => wire({ ...env, [name]: undefined })).toThrow(`${name} is not set`)
})
