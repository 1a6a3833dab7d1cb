import { GetQueueAttributesCommand, SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queues } from '../../../cli/doctor/queues.ts'
import { sqsClient } from '../../../shared/clouds/aws/clients.ts'
import { startAwsAccount } from '../../simulators/aws-account.ts'
import type { VendorServer } from '../../simulators/server.ts'
import { startTestStack, type TestStack } from '../stack.ts'
import { lines, now, patientWith, region } from './patient.ts'

let stack: TestStack
let aws: VendorServer
const metrics: Record<string, number[]> = {}
beforeAll(async () => {
  stack = await startTestStack('prod')
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = stack.target.env
  aws = await startAwsAccount({
    region,
    accessKeyId,
    secretAccessKey,
    functions: {},
    quotas: [],
    metrics,
    now: () => now,
  })
  stack.target.env.AWS_ENDPOINT_URL_CLOUDWATCH = aws.url
})
afterAll(() => Promise.all([stack.stop(), aws.close()]))

const look = () => {
  const { target } = stack
  const env = Object.fromEntries(Object.entries(target.env).filter((entry): entry is [string, string] => !!entry[1]))
  return lines(queues, { ...patientWith(env), target })
}

const well = [
  'ok events: 0 waiting',
  'ok events dead letters: empty',
  'ok age of events: the oldest message waited 0 s',
  'ok overflow: 0 waiting',
  'ok age of overflow: the oldest message waited 0 s',
  'ok escalation: 0 waiting',
  'ok escalation dead letters: empty',
  'ok age of escalation: the oldest message waited 0 s',
  ...['subscribers', 'aws-events'].flatMap((name) => [
    `ok ${name}: 0 waiting`,
    `ok ${name} dead letters: empty`,
    `ok age of ${name}: the oldest message waited 0 s`,
  ]),
]

describe('queues', () => {
  it('that are well', async () => {
    expect(await look()).toEqual(well)
  })

  it('whose messages wait, and lie dead', async () => {
    const client = sqsClient(stack.target.env)
    for (const queue of ['events', 'escalationDlq'] as const)
      await client.send(new SendMessageCommand({ QueueUrl: await stack.target.queueUrl(queue), MessageBody: '{}' }))
    Object.assign(metrics, { 'ApproximateAgeOfOldestMessage fenghuo-prod-events': [12, 200] })
    const found = await look()
    expect(found.filter((line) => !well.includes(line))).toEqual([
      'ok events: 1 waiting',
      'warning age of events: the oldest message waited 200 s',
      'warning escalation dead letters: 1 waiting',
    ])
    await stack.drain('events')
    await stack.drain('escalationDlq')
  })

  it('that no longer give up into their dead-letter queues', async () => {
    const client = sqsClient(stack.target.env)
    const QueueUrl = await stack.target.queueUrl('escalation')
    const ask = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] })
    const { Attributes } = await client.send(ask)
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy: '' } }))
    expect((await look())[5]).toBe(
      'fault escalation: does not give up into its dead-letter queue: what fails comes again for ever',
    )
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))
    expect((await look())[5]).toBe('ok escalation: 0 waiting')
  })

  it('that are not there', async () => {
    const elsewhere = { ...stack.target, queueUrl: async () => `${await stack.target.queueUrl('events')}-gone` }
    const found = await lines(queues, { ...patientWith(), target: elsewhere })
    expect(found.filter((line) => /^fault .*: nothing of ours is there/.test(line))).toHaveLength(9)
  })
})
