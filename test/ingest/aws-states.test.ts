import { beforeEach, describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/contracts/alert.ts'
import { takeCloudEvent } from '../../shared/engine/ingest/take-cloud-event.ts'
import { summaryIn } from '../../shared/messages/facts.ts'
import { WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
  way.options.aws = { events: ['emr'], outcomes: { ec2: { stopped: 'critical', running: 'over' } } }
})

const event = (type: string, detail: object, time = '11:00', source = 'aws.x') => ({
  source,
  'detail-type': type,
  id: `e-${time}`,
  account: '1',
  region: 'us-east-1',
  time: `2026-11-28T${time}:00Z`,
  detail,
})
const take = (body: unknown) => takeCloudEvent(body, way.io)
const sent = (language: 'en' | 'zh' = 'en') =>
  (way.alerts as Alert[]).map((one) => ({ ...one, summary: summaryIn(language, one) }))
const told = () => sent().map(({ action, severity, once = false }) => [action, action === 'trigger' && severity, once])

const group = (state: string, severity: string) =>
  event('EMR Instance Group State Change', { instanceGroupId: 'ig-1', state, severity, message: 'why' })
const step = (state: string, time: string) =>
  event('EMR Step Status Change', { clusterId: 'j-1', stepId: 's-1', name: 'etl', state }, time)
const instance = (state: string, time: string) =>
  event('EC2 Instance State-change Notification', { 'instance-id': 'i-1', state }, time)
const task = (more: object, time?: string) => {
  const detail = {
    clusterArn: 'arn:aws:ecs:us-east-1:1:cluster/prod',
    taskArn: 'arn:aws:ecs:us-east-1:1:task/prod/0a1b',
    group: 'service:pay',
    lastStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    ...more,
  }
  return event('ECS Task State Change', detail, time)
}

describe('a state that AWS calls worse than it usually is', () => {
  it.each<[string, string, unknown[]]>([
    ['RESIZING', 'INFO', []],
    ['RESIZING', 'WARNING', [['trigger', 'warning', true]]],
    ['RUNNING', 'INFO', [['resolve', false, false]]],
    // A reconfiguration that has failed leaves the group running: nothing is over by it.
    ['RUNNING', 'WARN', [['trigger', 'warning', true]]],
    ['RECONFIGURING', 'ERROR', [['trigger', 'error', false]]],
  ])('%s, %s', async (state, severity, expected) => {
    await take(group(state, severity))
    expect(told()).toEqual(expected)
  })

  it('is what the configuration says of it all the same', async () => {
    way.options.aws = { events: ['emr'], outcomes: { 'emr-group': { RESIZING: 'nothing' } } }
    await take(group('RESIZING', 'WARNING'))
    expect(told()).toEqual([])
  })
})

describe('what is told late, after the same thing has come to another state', () => {
  it('neither ends nor begins anything', async () => {
    await take(instance('stopped', '10:00'))
    await take(instance('running', '09:59'))
    await take(instance('running', '10:05'))
    await take(instance('stopped', '10:01'))
    expect(told()).toEqual([
      ['trigger', 'critical', false],
      ['resolve', false, false],
      ['trigger', 'info', true],
    ])
  })

  it('is known of alarms, by an event as by a message', async () => {
    const alarm = (value: string, time: string) => ({
      AlarmName: 'cpu',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:1:alarm:cpu',
      NewStateValue: value,
      StateChangeTime: `2026-11-28T${time}:00.000+0000`,
    })
    const message = (...of: [string, string]) => ({ Type: 'Notification', Message: JSON.stringify(alarm(...of)) })
    for (const one of [message('ALARM', '10:05'), message('OK', '10:00'), message('OK', '10:10')]) await take(one)
    const direct = (value: string, time: string) =>
      event('CloudWatch Alarm State Change', { alarmName: 'disk', state: { value } }, time, 'aws.cloudwatch')
    for (const one of [direct('OK', '10:05'), direct('ALARM', '10:00'), direct('ALARM', '10:10')]) await take(one)
    expect(told()).toEqual([
      ['trigger', 'critical', false],
      ['resolve', false, false],
      ['resolve', false, false],
      ['trigger', 'info', true],
      ['trigger', 'critical', false],
    ])
  })

  it('is an alert all the same where nothing has ended it since', async () => {
    const alarm = (value: string, time: string) =>
      event('CloudWatch Alarm State Change', { alarmName: 'disk', state: { value } }, time, 'aws.cloudwatch')
    for (const one of [alarm('INSUFFICIENT_DATA', '10:05'), alarm('ALARM', '10:00')]) await take(one)
    await take(task({ lastStatus: 'PENDING' }, '10:05'))
    await take(task({}, '10:00'))
    expect(told()).toEqual([
      ['trigger', 'info', true],
      ['trigger', 'critical', false],
      ['trigger', 'error', false],
    ])
  })

  const scaling = (result: string, time: string) =>
    event(`EC2 Instance Launch ${result}`, { AutoScalingGroupName: 'web' }, time)
  const database = (EventID: string, category: string, time: string) =>
    event('RDS DB Instance Event', { SourceIdentifier: 'db', EventID, EventCategories: [category] }, time)
  const health = (statusCode: string, time: string) =>
    event('AWS Health Event', { eventArn: 'arn:h', eventTypeCategory: 'issue', statusCode }, time)

  it.each<[string, (time: string) => object, (time: string) => object, string]>([
    ['a task of ECS', (time) => task({}, time), (time) => task({ lastStatus: 'RUNNING' }, time), 'error'],
    ['a group', (time) => scaling('Unsuccessful', time), (time) => scaling('Successful', time), 'error'],
    [
      'a database',
      (time) => database('RDS-EVENT-0031', 'failure', time),
      (time) => database('RDS-EVENT-0065', 'recovery', time),
      'critical',
    ],
    ['AWS itself', (time) => health('open', time), (time) => health('closed', time), 'error'],
  ])('is told once, or not at all, of %s', async (_, begins, ends, severity) => {
    for (const one of [ends('10:05'), begins('10:00'), begins('10:10'), ends('10:07')]) await take(one)
    expect(told()).toEqual([
      ['resolve', false, false],
      ['trigger', 'info', true],
      ['trigger', severity, false],
    ])
    // What came before is no state that it came from.
    expect(sent().map(({ summary }) => summary)).not.toContainEqual(expect.stringContaining(', was '))
  })

  it('goes by what the configuration says ends it', async () => {
    way.options.aws = { events: ['ecs'], outcomes: { 'ecs-task': { RUNNING: 'nothing' } } }
    for (const one of [task({ lastStatus: 'RUNNING' }, '10:05'), task({}, '10:00')]) await take(one)
    expect(told()).toEqual([['trigger', 'error', false]])
  })

  it('is not judged by a time that is still to come', async () => {
    await take({ ...instance('running', '10:00'), time: '2027-01-01T00:00:00Z' })
    await take(instance('stopped', '10:05'))
    expect(told().at(-1)).toEqual(['trigger', 'critical', false])
  })
})

it('tells how long a step ran, and the cluster which step failed', async () => {
  for (const one of [step('PENDING', '09:00'), step('RUNNING', '09:10'), step('FAILED', '09:40')]) await take(one)
  await take(event('EMR Cluster State Change', { clusterId: 'j-1', state: 'TERMINATED_WITH_ERRORS' }, '09:41'))
  expect(sent().map(({ summary }) => summary)).toEqual([
    'EMR step etl (j-1/s-1) has failed, was running, ran for 30 min',
    'EMR cluster j-1 has terminated with errors, failed step: etl (s-1)',
  ])
})

it('tells of an alarm from which state it came, and why, in the language of its reader', async () => {
  const detail = {
    alarmName: 'cpu',
    previousState: { value: 'OK' },
    state: { value: 'ALARM', reason: 'Threshold Crossed' },
  }
  await take(event('CloudWatch Alarm State Change', detail, '10:00', 'aws.cloudwatch'))
  expect(sent()).toMatchObject([
    { title: 'cpu', source: 'AWS 1 us-east-1', summary: 'CloudWatch alarm cpu is in alarm, was ok: Threshold Crossed' },
  ])
  expect(sent('zh')[0]?.summary).toBe('CloudWatch 告警 cpu 告警中，此前正常：Threshold Crossed')
})

describe('a task of ECS', () => {
  const app = { name: 'app', exitCode: 137, reason: 'OutOfMemoryError' }
  const done = { name: 'app', exitCode: 0 }

  it.each<[string, object, unknown[]]>([
    ['that broke down', { containers: [app] }, [['trigger', 'error', false]]],
    ['of a service that ended by itself', { containers: [done] }, [['trigger', 'error', false]]],
    ['of no service that is done', { group: 'family:report', containers: [done, { name: 'side' }] }, []],
    ['of no service that failed', { group: 'family:report', containers: [app] }, [['trigger', 'error', false]]],
  ])('%s', async (_, more, expected) => {
    await take(task(more))
    expect(told()).toEqual(expected)
  })

  it('is told with its cluster, its run, how each container ended, and the page of its service', async () => {
    await take(task({ containers: [app], startedAt: '2026-11-28T10:00:00.1Z', stoppedAt: '2026-11-28T10:12:00.1Z' }))
    expect(sent()).toMatchObject([
      {
        dedupKey: 'aws/1/us-east-1/ecs-task/prod/service:pay',
        summary:
          'ECS task prod/service:pay has stopped, ran for 12 min: Essential container in task exited; app: exit 137, OutOfMemoryError',
        links: [{ href: 'https://console.aws.amazon.com/ecs/v2/clusters/prod/services/pay/health?region=us-east-1' }],
      },
    ])
  })
})

describe('what nobody foresaw', () => {
  it.each<[string, object, string]>([
    [
      'Object Created',
      { bucket: { name: 'logs' }, object: { key: 'a.gz', size: 5 }, 'request-id': 'N4' },
      'Object Created: bucket.name: logs, object.key: a.gz, object.size: 5, request-id: N4',
    ],
    [
      'CodeBuild Build State Change',
      { 'build-status': 'FAILED', 'project-name': 'web', 'build-id': 'arn:b' },
      'CodeBuild Build State Change web FAILED',
    ],
    [
      'AWS API Call via CloudTrail',
      { userIdentity: { arn: 'arn:aws:iam::1:user/bob' }, eventName: 'DeleteBucket', errorCode: 'AccessDenied' },
      'AWS API Call via CloudTrail DeleteBucket: arn:aws:iam::1:user/bob AccessDenied',
    ],
    [
      'GuardDuty Finding',
      { accountId: '1', id: 'f-1', severity: 8, description: 'somebody mines' },
      'GuardDuty Finding f-1: somebody mines',
    ],
  ])('is shown readably: %s', async (type, detail, summary) => {
    await take(event(type, detail))
    expect(sent()).toMatchObject([{ summary, severity: 'info', once: true }])
  })
})

it.each([
  ['cn-north-1', 'https://console.amazonaws.cn/'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/'],
])('links to the console of the partition of %s', async (region, console) => {
  await take({ ...instance('stopped', '10:00'), region })
  expect(sent()[0]?.links?.[0]?.href).toContain(console)
})
