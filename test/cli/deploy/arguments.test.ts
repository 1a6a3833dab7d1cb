import { describe, expect, it } from 'vitest'
import { argumentsFor, environmentFor } from '../../../cli/deploy/arguments.ts'
import { type Deployment, deploymentsOf } from '../../../cli/deploy/deployments.ts'
import { Queues } from '../../../cli/deploy/queues.ts'

const vantages = { sg: 'aws/sg', us: 'aws/us', gz: 'tencent/gz' }
const all = deploymentsOf({ vantages }, { region: 'sg', standby: 'tokyo' })
const [primary, standby, us, guangzhou] = all as [Deployment, Deployment, Deployment, Deployment]

describe("the framework's arguments", () => {
  const settings = { stage: 'prod', region: 'sg', config: 'ours.yml' }
  const queues = { events: 'https://sqs/events', standby: 'https://sqs/standby' }

  it.each([
    ['the primary region', primary, ['config=ours.yml', `standbyQueueUrl=${queues.standby}`]],
    ['the queue that stands by, which knows the primary region', standby, ['primaryRegion=sg']],
    ['a further region', us, ['config=ours.yml', 'primaryRegion=sg', `standbyQueueUrl=${queues.standby}`]],
    ['another cloud, which is told of queues in its environment', guangzhou, ['config=ours.yml']],
  ])('for %s', (_reason, deployment, params) => {
    const { config, region } = deployment
    expect(argumentsFor(deployment, settings, queues, ['a=b'])).toEqual([
      ...['deploy', '--config', config, '--stage', 'prod', '--region', region],
      ...[...params, 'a=b'].map((param) => `--param=${param}`),
    ])
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
  const env = { FENGHUO_EVENTS_QUEUE_URL: 'https://sqs/events' }

  it('are looked for nowhere else', async () => {
    const queues = new Queues({ stage: 'prod', region: 'sg' }, env)

    expect(await queues.find(guangzhou)).toEqual({ events: 'https://sqs/events', standby: undefined })
    expect((await queues.missing([guangzhou]))(guangzhou)).toEqual([])
  })
})
