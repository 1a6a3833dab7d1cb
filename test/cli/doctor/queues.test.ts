import { GetQueueAttributesCommand, SendMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queues } from '../../../cli/doctor/queues.ts'
import { sqsClient } from '../../../shared/clouds/aws/clients.ts'
import { type SimulatedFunction, startAwsAccount } from '../../simulators/aws-account.ts'
import type { VendorServer } from '../../simulators/server.ts'
import { startTestStack, type TestStack } from '../stack.ts'
import { deployed, lines, now, patientWith, region } from './patient.ts'

const PRIMARY = `https://sqs.${region}.amazonaws.com/000000000000/fenghuo-prod-events`

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

/** What is found; `standby` is the queue that the deployed probe falls over to. */
const look = (standby?: string) => {
  const { target } = stack
  const env = Object.fromEntries(Object.entries(target.env).filter((entry): entry is [string, string] => !!entry[1]))
  const lambda = async () => deployed(standby === undefined ? {} : { STANDBY_EVENTS_QUEUE_URL: standby })
  return lines(queues, { ...patientWith(env, { lambda }), target })
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
]

describe('queues', () => {
  it('that are well; without a standby there is no line of one', async () => {
    expect(await look()).toEqual(well)
  })

  it('with a standby', async () => {
    const url = await stack.target.queueUrl('events')
    const own = 'skipped standby forward: the queue is none of serverless.standby.yml: what empties it is yours to know'
    expect(await look(url)).toEqual([...well, 'ok standby: empty', own])
    expect((await look(await stack.target.queueUrl('eventsDlq'))).at(-2)).toBe(
      'fault standby: without a dead-letter queue',
    )
    expect((await look(`${url}-gone`)).at(-2)).toMatch(/^fault standby: nothing of ours is there/)
  })

  it.each<[reason: string, SimulatedFunction | undefined, line: string | RegExp]>([
    [
      'it forwards',
      { variables: { PRIMARY_EVENTS_QUEUE_URL: PRIMARY }, mappings: ['Enabled'] },
      'ok standby forward: in ap-northeast-1, called by the queue, brings messages to the events queue',
    ],
    [
      'it is not there',
      undefined,
      'fault standby forward: there is no function fenghuo-standby-prod-forward in ap-northeast-1',
    ],
    ['its update failed', { LastUpdateStatus: 'Failed' }, 'fault standby forward: its last update has failed'],
    [
      'it brings messages to another region',
      { variables: { PRIMARY_EVENTS_QUEUE_URL: PRIMARY.replace(region, 'us-east-1') }, mappings: ['Enabled'] },
      /^fault standby forward: it brings messages to https:.*us-east-1.*, and the events queue is /,
    ],
    [
      'it brings messages to another stage',
      { variables: { PRIMARY_EVENTS_QUEUE_URL: PRIMARY.replace('prod', 'dev') }, mappings: ['Enabled'] },
      /^fault standby forward: it brings messages to .*fenghuo-dev-events, and the events queue is /,
    ],
    [
      'its trigger was switched off',
      { variables: { PRIMARY_EVENTS_QUEUE_URL: PRIMARY }, mappings: ['Disabled'] },
      'fault standby forward: its trigger is Disabled: nothing on it is worked on',
    ],
  ])('whose standby has a function that forwards: %s', async (_reason, fn, line) => {
    const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = stack.target.env
    const functions = fn ? { 'fenghuo-standby-prod-forward': fn } : {}
    const there = { region: 'ap-northeast-1', accessKeyId, secretAccessKey, functions, quotas: [], metrics: {} }
    const account = await startAwsAccount({ ...there, now: () => now })
    stack.target.env.AWS_ENDPOINT_URL_LAMBDA = account.url
    const found = await look('https://sqs.ap-northeast-1.amazonaws.com/000000000000/fenghuo-standby-prod-events')
    await account.close()
    expect(found.at(-1)).toMatch(line)
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
    expect(found.filter((line) => /^fault .*: nothing of ours is there/.test(line))).toHaveLength(5)
  })
})
