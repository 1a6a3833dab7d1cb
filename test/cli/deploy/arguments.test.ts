import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { argumentsFor, environmentFor } from '../../../cli/deploy/arguments.ts'
import { type Deployment, deploymentsOf } from '../../../cli/deploy/deployments.ts'
import { Queues } from '../../../cli/deploy/queues.ts'

const vantages = { sg: 'aws/sg', us: 'aws/us', gz: 'tencent/gz' }
const all = deploymentsOf({ vantages }, { region: 'sg', standby: 'ap-northeast-1' })
const [primary, standby, us, guangzhou] = all as [Deployment, Deployment, Deployment, Deployment]

describe("the framework's arguments", () => {
  const settings = { stage: 'prod', region: 'sg', config: 'ours.yml', isSentTo: true }
  const queues = { events: 'https://sqs/events', standby: 'https://sqs/standby' }

  it.each([
    [
      'the primary region, which other clouds send to',
      primary,
      ['config=ours.yml', 'senderUser=yes', `standbyQueueUrl=${queues.standby}`],
    ],
    ['the queue that stands by, which knows the primary region', standby, ['primaryRegion=sg']],
    ['a further region', us, ['config=ours.yml', 'primaryRegion=sg', `standbyQueueUrl=${queues.standby}`]],
    ['another cloud, which is told of queues in its environment', guangzhou, ['config=ours.yml']],
  ])('for %s', (_reason, deployment, params) => {
    const { config, region } = deployment
    expect(argumentsFor(deployment, settings, queues, ['a=b'])).toEqual([
      'deploy',
      ...(deployment.cloud === 'aws' ? ['--verbose'] : []),
      ...['--config', config, '--stage', 'prod', '--region', region],
      ...[...params, 'a=b'].map((param) => `--param=${param}`),
    ])
  })

  it('ask for no user to send with where every probe is on AWS', () => {
    const alone = argumentsFor(primary, { ...settings, isSentTo: false }, {}, [])
    expect(alone.filter((one) => one.startsWith('--param'))).toEqual(['--param=config=ours.yml'])
  })

  it('leave out ours where the same is given', () => {
    const given = ['standbyQueueUrl=https://sqs/other']

    expect(argumentsFor(primary, settings, queues, given).filter((one) => one.includes('standbyQueueUrl'))).toEqual([
      '--param=standbyQueueUrl=https://sqs/other',
    ])
  })

  it('leave the environment as it is on AWS, and name the queues elsewhere', () => {
    expect(environmentFor(us, { A: 'a' }, queues)).toEqual({ A: 'a' })
    expect(environmentFor(guangzhou, { A: 'a' }, queues)).toEqual({
      A: 'a',
      FENGHUO_EVENTS_QUEUE_URL: queues.events,
      FENGHUO_STANDBY_QUEUE_URL: queues.standby,
    })
  })
})

describe('queues that the environment names', () => {
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

  const env = { FENGHUO_EVENTS_QUEUE_URL: 'https://sqs/events' }

  it('are looked for nowhere else', async () => {
    const queues = new Queues({ stage: 'prod', region: 'sg' }, env)

    expect(await queues.find(guangzhou)).toEqual({ events: 'https://sqs/events', standby: undefined })
    expect((await queues.missing([guangzhou]))(guangzhou)).toEqual([])
  })

  it('are not done without when they can not be found after all', async () => {
    const nowhere = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL_SQS: sqs.url }
    const queues = new Queues({ stage: 'prod', region: 'sg', standby: 'ap-northeast-1' }, { ...nowhere, ...env })
    const before = await queues.missing(all)
    expect([primary, standby, us, guangzhou].map(before)).toEqual([['standby'], [], ['standby'], ['standby']])
    await expect(queues.need(primary)).rejects.toThrow(
      'standby is deployed, and its queue is not to be found yet: run this again',
    )
    expect(await queues.need(standby)).toEqual({})
  })
})
