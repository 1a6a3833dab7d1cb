import { beforeEach, describe, expect, it } from 'vitest'
import { KEY, request, sample, sampleText, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const send = (body: unknown, headers: Record<string, string> = {}, path = `/aws/${KEY}`) =>
  way.take(request(path, body, { headers }))
type Sent = { action: string; severity: string; summary: string; dedupKey: string }
const sent = () => way.alerts as Sent[]
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
    ['one that waits', cluster('WAITING'), [{ severity: 'info', summary: 'EMR cluster nightly (j-1) waits for work' }]],
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
    ['one that has stopped', instance('stopped'), [{ action: 'trigger', severity: 'warning' }]],
    ['one that is gone', instance('terminated'), [{ action: 'resolve' }]],
    [
      'a spot instance',
      event('EC2 Spot Instance Interruption Warning', { 'instance-id': 'i-1', 'instance-action': 'terminate' }),
      [{ severity: 'warning', summary: 'EC2 spot instance i-1 will be taken away in two minutes: terminate' }],
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
      [{ severity: 'error', summary: 'RDS database db failover: Multi-AZ failover' }],
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
      [{ severity: 'error', summary: 'AWS Health EC2 AWS_EC2_OPERATIONAL_ISSUE (arn:1) issue' }],
    ],
    [
      'what nobody foresaw',
      event('Glue Job State Change', { jobName: 'etl', state: 'FAILED', message: 'out of memory' }, 'aws.glue'),
      [{ severity: 'warning', summary: 'Glue Job State Change: out of memory' }],
    ],
    ['a cluster without a name for its state', event('EMR Cluster State Change', {}), [{ severity: 'warning' }]],
  ])('about %s', async (_, body, expected) => {
    expect((await send(body)).status).toBe(200)
    expect(sent()).toMatchObject(expected)
    expect(sent()).toHaveLength(expected.length)
  })

  it('closes what its other half has opened', async () => {
    for (const state of ['stopped', 'running']) await send(instance(state))
    expect(sent().map(({ action }) => action)).toEqual(['trigger', 'resolve'])
    expect(new Set(sent().map(({ dedupKey }) => dedupKey)).size).toBe(1)
  })

  it('becomes what the configuration says of its state', async () => {
    way.options.aws = { outcomes: { ec2: { stopped: 'critical', terminated: 'nothing' } } }
    for (const state of ['stopped', 'terminated']) await send(instance(state))
    expect(sent()).toMatchObject([{ severity: 'critical' }])
    expect(sent()).toHaveLength(1)
  })

  it('is told in the language of the configuration', async () => {
    way.io.projects = { pay: { name: 'pay', title: '支付', severity: 'critical', language: 'zh', options: {} } }
    await send(cluster('TERMINATED_WITH_ERRORS'))
    expect(sent()).toMatchObject([{ summary: 'EMR 集群 nightly（j-1） 异常终止' }])
  })
})
