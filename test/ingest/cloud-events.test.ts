import { beforeEach, describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/contracts/alert.ts'
import { takeCloudEvent } from '../../shared/engine/ingest/take-cloud-event.ts'
import { summaryIn } from '../../shared/messages/facts.ts'
import { readSeen } from '../../shared/store/inbound.ts'
import { sample, WayIn } from './requests.ts'

type Sent = Pick<Alert, 'action' | 'severity' | 'summary' | 'fact' | 'dedupKey' | 'project' | 'source'>

let way: WayIn
beforeEach(() => {
  way = new WayIn()
  way.options.aws = { events: ['emr', 'ec2'] }
})
const take = (body: unknown) => takeCloudEvent(body, way.io)
const sent = (language: 'en' | 'zh' = 'en') =>
  (way.alerts as Sent[]).map((one) => ({ ...one, summary: summaryIn(language, one) }))

const event = (type: string, source: string, time: string, detail: object) => ({
  version: '0',
  id: `e-${time}`,
  'detail-type': type,
  source,
  account: '123456789012',
  region: 'ap-southeast-1',
  time: `2026-11-28T${time}:00Z`,
  detail,
})
const cluster = (state: string, time: string, more: object = {}) =>
  event('EMR Cluster State Change', 'aws.emr', time, { clusterId: 'j-1', name: 'nightly', state, ...more })
const step = (state: string, time: string) =>
  event('EMR Step Status Change', 'aws.emr', time, { clusterId: 'j-1', stepId: 's-9', name: 'etl', state })
const instance = (state: string, time: string) =>
  event('EC2 Instance State-change Notification', 'aws.ec2', time, { 'instance-id': 'i-1', state })
/** What CloudWatch hands to a function that is an alarm's action. */
const calling = {
  source: 'aws.cloudwatch',
  alarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu',
  accountId: '123456789012',
  time: '2026-11-28T08:00:00.000+0000',
  region: 'us-east-1',
  alarmData: {
    alarmName: 'cpu',
    state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: '2026-11-28T08:00:00.000+0000' },
    previousState: { value: 'OK' },
    configuration: { description: 'too high', metrics: [] },
  },
}
const failed = JSON.stringify({ code: 'STEP_FAILURE', message: 'Shut down as step failed' })

describe('what AWS reports of the account', () => {
  it('tells where a cluster came from, how long it ran, and which step failed', async () => {
    for (const one of [cluster('STARTING', '08:00'), cluster('RUNNING', '08:10'), step('FAILED', '10:04')])
      await take(one)
    await take(cluster('TERMINATING', '10:05', { stateChangeReason: failed }))
    await take(cluster('TERMINATED_WITH_ERRORS', '10:06', { stateChangeReason: failed }))
    expect(sent().at(-1)).toMatchObject({
      severity: 'critical',
      source: 'AWS 123456789012 ap-southeast-1',
      summary:
        'EMR cluster nightly (j-1) has terminated with errors, was running, ran for 2 h 6 min, failed step: etl (s-9): STEP_FAILURE: Shut down as step failed',
    })
  })

  it('tells the same in Chinese', async () => {
    for (const one of [cluster('RUNNING', '08:10'), step('FAILED', '10:04')]) await take(one)
    await take(cluster('TERMINATED_WITH_ERRORS', '10:10', { stateChangeReason: '{"code":""}' }))
    expect(sent('zh').at(-1)?.summary).toBe(
      'EMR 集群 nightly（j-1）异常终止，此前运行中，共运行 2 小时，失败的步骤：etl (s-9)',
    )
  })

  it('goes by when things happened, however late they are told', async () => {
    for (const one of [cluster('WAITING', '09:00'), cluster('RUNNING', '08:10'), cluster('STARTING', '08:00')])
      await take(one)
    await take(cluster('TERMINATED_WITH_ERRORS', '10:00'))
    expect(sent().at(-1)?.summary).toBe(
      'EMR cluster nightly (j-1) has terminated with errors, was waiting, ran for 2 h',
    )
  })

  it('leaves out what no earlier event said, and what can’t be read now', async () => {
    const bare = 'EMR cluster nightly (j-1) has terminated with errors'
    await take(cluster('TERMINATED_WITH_ERRORS', '10:00'))
    expect(sent().at(-1)?.summary).toBe(bare)
    await take(cluster('RUNNING', '08:00'))
    way.table.query = async () => Promise.reject(new Error('throttled'))
    await take(cluster('TERMINATED_WITH_ERRORS', '10:00'))
    expect(sent().at(-1)?.summary).toBe(bare)
    expect(way.logged.map(({ event }) => event)).toContain('not remembered')
  })

  it('tells how long an instance ran', async () => {
    for (const one of [instance('running', '08:00'), instance('stopped', '08:30'), instance('running', '09:00')])
      await take(one)
    await take(instance('stopped', '09:45'))
    expect(sent().map(({ action, summary }) => [action, summary])).toEqual([
      ['trigger', 'EC2 instance i-1 is running'],
      ['trigger', 'EC2 instance i-1 has stopped, was running, ran for 30 min'],
      ['trigger', 'EC2 instance i-1 is running, was stopped'],
      ['trigger', 'EC2 instance i-1 has stopped, was running, ran for 45 min'],
    ])
  })

  it('closes a failed cluster by the next good run of the same name, if that is wanted', async () => {
    way.options.aws = { events: ['emr'], clusterKey: 'name' }
    const run = (clusterId: string, state: string) => take(cluster(state, '10:00', { clusterId }))
    await run('j-1', 'TERMINATED_WITH_ERRORS')
    await run('j-2', 'RUNNING')
    expect(sent()).toHaveLength(1)
    await run('j-2', 'TERMINATED')
    expect(sent().map(({ action }) => action)).toEqual(['trigger', 'resolve'])
    expect(new Set(sent().map(({ dedupKey }) => dedupKey)).size).toBe(1)
  })

  it.each<[string, unknown, Partial<Sent>[]]>([
    [
      'an event in a message of the topic',
      { Type: 'Notification', Message: JSON.stringify(instance('stopped', '08:00')) },
      [{ project: 'pay', severity: 'info' }],
    ],
    [
      'an alarm whose action is the topic',
      { Type: 'Notification', Message: JSON.stringify(sample('cloudwatch-alarm-sns-message')) },
      [{ project: 'shop' }],
    ],
    [
      'an alarm by a rule of EventBridge',
      sample('cloudwatch-alarm-eventbridge'),
      [{ project: 'shop', action: 'trigger' }],
    ],
    [
      'an alarm that calls the function itself',
      calling,
      [{ project: 'shop', action: 'trigger', dedupKey: calling.alarmArn }],
    ],
    [
      'what only one project’s own pattern fits',
      event('Glue Job State Change', 'aws.glue', '08:00', { jobName: 'etl', state: 'FAILED' }),
      [{ project: 'shop', summary: 'Glue Job State Change etl FAILED' }],
    ],
    ['an event that both want', cluster('TERMINATED_WITH_ERRORS', '08:00'), [{ project: 'pay' }, { project: 'shop' }]],
    [
      'a text that somebody has published',
      'the disk is full\nsee the wiki',
      [{ project: 'pay', summary: 'the disk is full' }],
    ],
    ['an event that nobody names', event('X', 'aws.new', '08:00', {}), [{ project: 'pay', summary: 'X' }]],
    ['something that is no event at all', [1, 2], [{ project: 'pay', summary: '[1,2]' }]],
  ])('comes to the projects that name it: %s', async (_, body, expected) => {
    const options = {
      aws: {
        events: ['emr', 'alarms', { source: ['aws.glue'], detail: { state: [{ 'anything-but': 'SUCCEEDED' }] } }],
      },
    }
    way.io.projects = { ...way.io.projects, shop: { ...(way.io.projects.shop ?? expect.unreachable()), options } }
    await take(body)
    expect(sent().toSorted((a, b) => (a.project < b.project ? -1 : 1))).toMatchObject(expected)
    expect(sent()).toHaveLength(expected.length)
  })

  it('is kept by its queue while the events queue can’t be reached', async () => {
    way.queueFails = true
    await expect(take(instance('stopped', '08:00'))).rejects.toThrow('SQS not reached')
  })

  it('goes to nobody where nobody names any', async () => {
    delete way.options.aws
    await take(instance('stopped', '08:00'))
    expect(way.alerts).toEqual([])
    expect(way.logged).toEqual([{ level: 'warn', event: 'no project names events of AWS' }])
  })

  it('is written down once a minute as heard of', async () => {
    for (const time of ['08:00', '09:00']) await take(instance('stopped', time))
    expect(await readSeen('pay', way.io)).toEqual({ aws: { at: way.now, alerts: 1 } })
  })
})
