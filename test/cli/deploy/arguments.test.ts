import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { argumentsFor, environmentFor } from '../../../cli/deploy/arguments.ts'
import { type Deployment, deploymentsOf } from '../../../cli/deploy/deployments.ts'
import { EventsQueue } from '../../../cli/deploy/events-queue.ts'

const vantages = { sg: 'aws/sg', us: 'aws/us', gz: 'tencent/gz' }
const all = deploymentsOf({ vantages }, 'sg')
const [primary, us, guangzhou] = all as [Deployment, Deployment, Deployment]
const several = deploymentsOf({ vantages, regions: { order: ['sg', 'us'], guardMs: 60_000 } }, 'sg')

describe("the framework's arguments", () => {
  const settings = { stage: 'prod', region: 'sg', config: 'ours.yml', isSentTo: true }

  it.each([
    ['the primary region, which other clouds send to', primary, ['config=ours.yml', 'senderUser=yes']],
    ['a probe in a further region', us, ['config=ours.yml', 'primaryRegion=sg']],
    ['a second region that pages, whose senders use the first one’s key', several[1], ['config=ours.yml']],
    ['another cloud, which is told of the queue in its environment', guangzhou, ['config=ours.yml']],
  ])('for %s', (_reason, deployment = expect.unreachable(), params) => {
    const { config, region } = deployment
    expect(argumentsFor(deployment, settings, ['a=b'])).toEqual([
      'deploy',
      ...(deployment.cloud === 'aws' ? ['--verbose'] : []),
      ...['--config', config, '--stage', 'prod', '--region', region],
      ...[...params, 'a=b'].map((param) => `--param=${param}`),
    ])
  })

  it('ask for no user to send with where every probe is on AWS', () => {
    const alone = argumentsFor(primary, { ...settings, isSentTo: false }, [])
    expect(alone.filter((one) => one.startsWith('--param'))).toEqual(['--param=config=ours.yml'])
  })

  it('leave out ours where the same is given', () => {
    const given = argumentsFor(us, settings, ['primaryRegion=other'])
    expect(given.filter((one) => one.includes('primaryRegion'))).toEqual(['--param=primaryRegion=other'])
  })

  it('leave the environment as it is on AWS, and name the queue elsewhere', () => {
    expect(environmentFor({ A: 'a' }, undefined, [])).toEqual({ A: 'a' })
    expect(environmentFor({ A: 'a' }, 'https://sqs/events', [])).toEqual({
      A: 'a',
      FENGHUO_EVENTS_QUEUE_URL: 'https://sqs/events',
    })
  })
})

it('a region’s own instance of Amazon Connect is the one that its configuration means, too', () => {
  const env = { CONNECT_INSTANCE_ID: 'the first one’s' }
  expect(environmentFor(env, undefined, ['secretArn=arn', 'connectInstanceId=its-own'])).toEqual({
    CONNECT_INSTANCE_ID: 'its-own',
  })
  expect(environmentFor(env, undefined, [])).toEqual(env)
})

describe('the events queue', () => {
  let sqs: { url: string; close(): void }
  beforeAll(async () => {
    const body = '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}'
    const headers = { 'content-type': 'application/x-amz-json-1.0' }
    const server = createServer((_, response) => void response.writeHead(400, headers).end(body))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    sqs = { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
  })
  afterAll(() => sqs.close())

  const nowhere = () => ({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL_SQS: sqs.url })
  const where = { stage: 'prod', region: 'sg' }

  it('is looked for nowhere else where the environment names it', async () => {
    const queue = new EventsQueue(where, { FENGHUO_EVENTS_QUEUE_URL: 'https://sqs/events' })

    expect(await queue.need(guangzhou)).toBe('https://sqs/events')
    expect((await queue.missing([guangzhou]))(guangzhou)).toEqual([])
  })

  it('is waited for by those outside AWS while it is not there, and not done without', async () => {
    const queue = new EventsQueue(where, nowhere())
    const before = await queue.missing(several)

    expect(several.map((one) => before(one).map(({ name }) => name))).toEqual([[], [], ['aws/sg']])
    await expect(queue.need(guangzhou)).rejects.toThrow(
      'primary is deployed, and its queue is not to be found yet: run this again',
    )
    expect(await queue.need(primary)).toBeUndefined()
  })

  it('has to be made by somebody', async () => {
    await expect(new EventsQueue(where, nowhere()).missing([us, guangzhou])).rejects.toThrow(
      'tencent/gz needs the events queue: deploy primary too, or set FENGHUO_EVENTS_QUEUE_URL',
    )
  })
})
