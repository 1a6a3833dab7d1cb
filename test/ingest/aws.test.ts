import { beforeEach, describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/contracts/alert.ts'
import { summaryIn } from '../../shared/messages/facts.ts'
import { KEY, request, sample, sampleText, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const send = (body: unknown, headers: Record<string, string> = {}, path = `/aws/${KEY}`) =>
  way.take(request(path, body, { headers }))
type Sent = Pick<Alert, 'action' | 'severity' | 'summary' | 'fact' | 'dedupKey' | 'once' | 'title' | 'labels'>
const sent = (language: 'en' | 'zh' = 'en') =>
  (way.alerts as Sent[]).map((one) => ({ ...one, summary: summaryIn(language, one) }))
const event = (type: string, detail: object, source = 'aws.x') => ({
  source,
  'detail-type': type,
  id: 'e-1',
  account: '1',
  region: 'us-east-1',
  time: '2026-11-28T11:00:00Z',
  detail,
})
const cluster = (state: string) => event('EMR Cluster State Change', { clusterId: 'j-1', name: 'nightly', state })
const instance = (state: string) => event('EC2 Instance State-change Notification', { 'instance-id': 'i-1', state })

describe('an event of AWS', () => {
  it('comes by an API destination with the key in its header', async () => {
    const [, body = ''] = sampleText('eventbridge-api-destination.http.txt').split(/\r?\n\r?\n/)
    expect((await send(body, { 'x-fenghuo-key': KEY }, '/aws')).status).toBe(200)
    expect(sent()).toMatchObject([{ dedupKey: 'arn:aws:cloudwatch:ap-southeast-1:123456789012:alarm:web-cpu-high' }])
  })

  it.each<[string, object, Partial<Sent>[]]>([
    ['a cluster that starts', cluster('STARTING'), []],
    [
      'one that waits',
      cluster('WAITING'),
      [{ severity: 'info', once: true, summary: 'EMR cluster nightly (j-1) waits for work' }],
    ],
    ['one that runs', cluster('RUNNING'), [{ action: 'resolve' }]],
    [
      'one that failed',
      sample('emr-cluster-state-change-terminated-with-errors.constructed') as object,
      [
        {
          severity: 'critical',
          summary:
            'EMR cluster Development Cluster (j-123456789ABCD) has terminated with errors: STEP_FAILURE: Shut down as step failed',
        },
      ],
    ],
    ['a step that failed', sample('emr-step-status-change-failed') as object, [{ severity: 'error' }]],
    ['an instance that stops', instance('stopping'), []],
    ['one that has stopped', instance('stopped'), [{ action: 'trigger', severity: 'info', once: true }]],
    ['one that is gone', instance('terminated'), [{ action: 'trigger', severity: 'info', once: true }]],
    [
      'a spot instance',
      event('EC2 Spot Instance Interruption Warning', { 'instance-id': 'i-1', 'instance-action': 'terminate' }),
      [{ once: true, summary: 'EC2 spot instance i-1 will be taken away in two minutes: terminate' }],
    ],
    [
      'a launch that failed',
      event('EC2 Instance Launch Unsuccessful', { AutoScalingGroupName: 'web', StatusMessage: 'no capacity' }),
      [{ severity: 'error', summary: 'Auto Scaling group web could not launch an instance: no capacity' }],
    ],
    [
      'a task that broke down',
      event('ECS Task State Change', {
        group: 'service:pay',
        lastStatus: 'STOPPED',
        stopCode: 'EssentialContainerExited',
      }),
      [{ severity: 'error', summary: 'ECS task service:pay has stopped' }],
    ],
    [
      'a task that somebody ended',
      event('ECS Task State Change', { group: 'service:pay', lastStatus: 'STOPPED', stopCode: 'UserInitiated' }),
      [],
    ],
    [
      'a database that failed over',
      event('RDS DB Instance Event', {
        SourceIdentifier: 'db',
        EventCategories: ['failover'],
        Message: 'Multi-AZ failover',
      }),
      [{ severity: 'error', summary: 'RDS database db fails over: Multi-AZ failover' }],
    ],
    ['its backup', event('RDS DB Instance Event', { SourceIdentifier: 'db', EventCategories: ['backup'] }), []],
    [
      'an issue of AWS',
      event('AWS Health Event', {
        service: 'EC2',
        eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
        eventTypeCategory: 'issue',
        eventArn: 'arn:1',
      }),
      [{ severity: 'error', summary: 'AWS Health EC2 AWS_EC2_OPERATIONAL_ISSUE (arn:1) has an issue' }],
    ],
    [
      'what nobody foresaw',
      event('Glue Job State Change', { jobName: 'etl', state: 'FAILED', message: 'out of memory' }, 'aws.glue'),
      [{ severity: 'info', once: true, summary: 'Glue Job State Change etl FAILED: out of memory' }],
    ],
    [
      'what nobody foresaw, and AWS calls an error',
      event('EMR Configuration Error', { clusterId: 'j-1', severity: 'ERROR', message: 'subnet is full' }),
      [{ severity: 'error', summary: 'EMR Configuration Error j-1: subnet is full' }],
    ],
    [
      'an instance group that is stuck in a state of its own',
      event('EMR Instance Group State Change', { instanceGroupId: 'ig-1', state: 'STUCK', severity: 'WARN' }),
      [{ severity: 'warning', once: true, summary: 'EMR instance group ig-1 STUCK' }],
    ],
    [
      'an instance that will be retired',
      event('AWS Health Event', {
        service: 'EC2',
        eventTypeCode: 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED',
        eventTypeCategory: 'scheduledChange',
        eventArn: 'arn:2',
        eventDescription: [{ language: 'en_US', latestDescription: 'An instance will be stopped on Monday' }],
        affectedEntities: [{ entityValue: 'i-1' }],
      }),
      [
        {
          severity: 'warning',
          summary:
            'AWS Health EC2 AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED (i-1) will be changed: An instance will be stopped on Monday',
        },
      ],
    ],
    ['a cluster without a name for its state', event('EMR Cluster State Change', {}), [{ once: true }]],
  ])('about %s', async (_, body, expected) => {
    expect((await send(body)).status).toBe(200)
    expect(sent()).toMatchObject(expected)
    expect(sent()).toHaveLength(expected.length)
  })

  it('closes what its other half has opened, if the configuration makes them a pair', async () => {
    way.options.aws = { outcomes: { ec2: { stopped: 'warning', running: 'over' } } }
    for (const state of ['stopped', 'running']) await send(instance(state))
    expect(sent().map(({ action }) => action)).toEqual(['trigger', 'resolve'])
    expect(new Set(sent().map(({ dedupKey }) => dedupKey)).size).toBe(1)
  })

  it('is a notice of its own each time, and of a cluster that waits after each step the first time', async () => {
    for (const id of ['e-1', 'e-1', 'e-2']) await send({ ...instance('stopped'), id })
    for (const id of ['e-3', 'e-4']) await send({ ...cluster('WAITING'), id })
    expect(sent().map(({ dedupKey }) => dedupKey)).toEqual([
      'aws/1/us-east-1/ec2/i-1/stopped/e-1',
      'aws/1/us-east-1/ec2/i-1/stopped/e-1',
      'aws/1/us-east-1/ec2/i-1/stopped/e-2',
      'aws/1/us-east-1/emr-cluster/j-1/WAITING',
      'aws/1/us-east-1/emr-cluster/j-1/WAITING',
    ])
  })

  it('of a source that nobody foresaw may open and close by its detail type', async () => {
    way.options.aws = { outcomes: { 'Glue Job State Change': { FAILED: 'error', SUCCEEDED: 'over' } } }
    const job = (state: string) => event('Glue Job State Change', { jobName: 'etl', state }, 'aws.glue')
    for (const state of ['FAILED', 'SUCCEEDED', 'STOPPED']) await send(job(state))
    expect(sent()).toMatchObject([
      { action: 'trigger', severity: 'error', dedupKey: 'aws/1/us-east-1/aws.glue/Glue Job State Change/etl' },
      { action: 'resolve', dedupKey: 'aws/1/us-east-1/aws.glue/Glue Job State Change/etl' },
      { action: 'trigger', severity: 'info', once: true },
    ])
  })

  it.each<[string, string, object, Partial<Sent>]>([
    ['ALARM', 'page', {}, { action: 'trigger', severity: 'critical', dedupKey: 'arn:cpu' }],
    ['ALARM', '[warning] disk', {}, { action: 'trigger', severity: 'warning', dedupKey: 'arn:cpu' }],
    ['OK', 'page', {}, { action: 'resolve', dedupKey: 'arn:cpu' }],
    ['INSUFFICIENT_DATA', '', {}, { action: 'trigger', severity: 'info', once: true }],
    [
      'INSUFFICIENT_DATA',
      '',
      { outcomes: { alarm: { INSUFFICIENT_DATA: 'error' } } },
      { severity: 'error', dedupKey: 'arn:cpu' },
    ],
  ])('an alarm in %s, described as "%s", with %j', async (value, description, options, expected) => {
    way.options.aws = options
    const detail = { alarmName: 'cpu', state: { value }, configuration: { description } }
    await send({ ...event('CloudWatch Alarm State Change', detail, 'aws.cloudwatch'), resources: ['arn:cpu'] })
    expect(sent()).toMatchObject([expected])
  })

  it('becomes what the configuration says of its state', async () => {
    way.options.aws = { outcomes: { ec2: { stopped: 'critical', terminated: 'nothing' } } }
    for (const state of ['stopped', 'terminated']) await send(instance(state))
    expect(sent()).toMatchObject([{ severity: 'critical' }])
    expect(sent()).toHaveLength(1)
  })

  it.each<[string, object, string]>([
    [
      'EMR Cluster State Change',
      { clusterId: 'j-1', name: '夜间', state: 'TERMINATED_WITH_ERRORS' },
      'EMR 集群 夜间（j-1）异常终止',
    ],
    [
      'EMR Step Status Change',
      { clusterId: 'j-1', stepId: 's-1', name: '汇总', state: 'FAILED' },
      'EMR 步骤 汇总（j-1/s-1）失败',
    ],
    ['EMR Instance Group State Change', { instanceGroupId: 'ig-1', state: 'SUSPENDED' }, 'EMR 实例组 ig-1 已挂起'],
    ['EMR Instance Fleet State Change', { instanceFleetId: 'if-1', state: 'SUSPENDED' }, 'EMR 实例集 if-1 已挂起'],
    [
      'EMR Auto Scaling Policy State Change',
      { clusterId: 'j-1', resourceId: 'ig-1', state: 'FAILED' },
      'EMR 自动伸缩 j-1/ig-1 失败',
    ],
    ['EMR Notebook Execution State Change', { notebookExecutionId: 'ex-1', state: 'FAILED' }, 'EMR 笔记本 ex-1 失败'],
    ['EC2 Instance State-change Notification', { 'instance-id': 'i-1', state: 'stopped' }, 'EC2 实例 i-1 已停止'],
    ['EC2 Spot Instance Interruption Warning', { 'instance-id': 'i-1' }, 'EC2 竞价实例 i-1 将在两分钟后被回收'],
    ['EC2 Instance Launch Unsuccessful', { AutoScalingGroupName: 'web' }, '自动伸缩组 web 启动实例失败'],
    [
      'ECS Task State Change',
      { group: 'service:pay', lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' },
      'ECS 任务 service:pay 已停止',
    ],
    ['RDS DB Instance Event', { SourceIdentifier: 'db', EventCategories: ['failure'] }, 'RDS 数据库 db 故障'],
    [
      'AWS Health Event',
      {
        service: 'EC2',
        eventTypeCategory: 'scheduledChange',
        eventArn: 'arn',
        affectedEntities: ['i-1', 'i-2', 'i-3', 'i-4'].map((entityValue) => ({ entityValue })),
      },
      'AWS 健康事件 EC2（i-1, i-2, i-3, …）计划变更',
    ],
    ['Glue Job State Change', { jobName: 'etl', state: 'FAILED' }, 'Glue Job State Change etl FAILED'],
  ])('of the type %s with %j is told in Chinese', async (type, detail, summary) => {
    await send(event(type, detail))
    expect(sent('zh')).toMatchObject([{ action: 'trigger', summary }])
  })

  it.each<[string, string, object, object]>([
    [
      'a database',
      'RDS DB Instance Event',
      { EventCategories: ['failover'] },
      { EventCategories: ['failover'], EventID: 'RDS-EVENT-0049' },
    ],
    [
      'a service of tasks',
      'ECS Task State Change',
      { lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' },
      { lastStatus: 'RUNNING' },
    ],
    [
      'an issue of AWS',
      'AWS Health Event',
      { eventTypeCategory: 'issue' },
      { eventTypeCategory: 'issue', statusCode: 'closed' },
    ],
    ['instances of EMR', 'EMR Instance Group State Change', { state: 'ARRESTED' }, { state: 'RUNNING' }],
  ])('ends what it began: %s', async (_, type, begun, ended) => {
    const same = { SourceIdentifier: 'db', group: 'service:pay', eventArn: 'arn:1', instanceGroupId: 'ig-1' }
    for (const detail of [begun, ended]) await send(event(type, { ...same, ...detail }))
    expect(sent().map(({ action }) => action)).toEqual(['trigger', 'resolve'])
    expect(new Set(sent().map(({ dedupKey }) => dedupKey)).size).toBe(1)
  })

  it.each([
    [
      event('RDS DB Instance Event', { SourceIdentifier: 'db', EventCategories: ['failure'] }),
      'rds/home?region=us-east-1#database:id=db',
    ],
    [
      event('EC2 Instance Launch Unsuccessful', { AutoScalingGroupName: 'web' }),
      'ec2/home?region=us-east-1#AutoScalingGroupDetails:id=web',
    ],
    [cluster('WAITING'), 'emr/home?region=us-east-1#/clusterDetails/j-1'],
    [instance('stopped'), 'ec2/home?region=us-east-1#InstanceDetails:instanceId=i-1'],
  ])('links to its page of the console', async (body, page) => {
    await send(body)
    expect(sent()).toMatchObject([{ links: [{ href: `https://console.aws.amazon.com/${page}` }] }])
  })
})
