import { beforeAll, describe, expect, test } from 'vitest'
import { deniedByGuide } from '../infrastructure/deployer.ts'
import { type Packaged, packageService, templateOf, zipOf } from '../infrastructure/packaged.ts'
import { cycles, dangling, faults } from '../infrastructure/specification.ts'
import { environmentOf, ofType, referencesIn, roleGrants, roleOf, type Template } from '../infrastructure/template.ts'

let packaged: Packaged
let template: Template

beforeAll(async () => {
  packaged = await packageService(
    '',
    {},
    {
      config: 'serverless.standby.yml',
      options: ['--stage', 'prod', '--region', 'ap-northeast-1', '--param', 'primaryRegion=ap-southeast-1'],
    },
  )
  if (packaged.code !== 0) throw new Error(packaged.output)
  template = templateOf(packaged)
}, 180_000)

const forward = () => template.Resources.ForwardLambdaFunction ?? expect.unreachable('the forward function')

describe('the standby region', () => {
  test('is a template that CloudFormation takes', () => {
    expect([faults(template), dangling(template), cycles(template)]).toEqual([[], [], []])
  })

  test('may be deployed by whoever has the policy of the guide', () =>
    expect(deniedByGuide(template, 'fenghuo-standby-prod')).toEqual([]))

  test('has a queue that keeps what it gets as long as it can, and its dead letters', () => {
    const queues = Object.fromEntries(ofType(template, 'AWS::SQS::Queue').map(([id, queue]) => [id, queue.Properties]))
    expect(queues).toMatchObject({
      EventsQueue: {
        QueueName: 'fenghuo-standby-prod-events',
        MessageRetentionPeriod: 1_209_600,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { maxReceiveCount: 1000 },
      },
      EventsDlq: { MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true },
    })
    expect(Number(queues.EventsQueue?.VisibilityTimeout)).toBeGreaterThan(Number(forward().Properties.Timeout))
  })

  test('forwards to the primary region’s queue by its name, and may do nothing else', () => {
    const arn = `arn:\${AWS::Partition}:sqs:ap-southeast-1:\${AWS::AccountId}:fenghuo-prod-events`
    expect(environmentOf(forward())).toEqual({
      EVENTS_QUEUE_URL: { Ref: 'EventsQueue' },
      PRIMARY_EVENTS_QUEUE_URL: {
        'Fn::Sub': `https://sqs.ap-southeast-1.\${AWS::URLSuffix}/\${AWS::AccountId}/fenghuo-prod-events`,
      },
    })
    const grants = roleGrants(roleOf(template, forward())).filter(({ action }) => !action.startsWith('logs:'))
    expect(grants.filter(({ action }) => action === 'sqs:SendMessage')).toEqual([
      { action: 'sqs:SendMessage', resource: { 'Fn::Sub': arn } },
    ])
    const others = grants.filter(({ action }) => action !== 'sqs:SendMessage')
    expect(new Set(others.map(({ resource }) => referencesIn(resource)[0]?.id))).toEqual(new Set(['EventsQueue']))
    expect(ofType(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties)).toMatchObject([
      { FunctionResponseTypes: ['ReportBatchItemFailures'], BatchSize: 10 },
    ])
  })

  test('tells somebody when it is used, and when it can do nothing', () => {
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => {
      expect(Properties.AlarmActions, id).toEqual([{ Ref: 'AlarmTopic' }])
      return `${id}: ${Properties.MetricName} of ${referencesIn(Properties.Dimensions)[0]?.id}`
    })
    expect(alarms.sort()).toEqual([
      'DlqAlarm: ApproximateNumberOfMessagesVisible of EventsDlq',
      'StuckAlarm: ApproximateNumberOfMessagesNotVisible of EventsQueue',
      'UsedAlarm: NumberOfMessagesSent of EventsQueue',
    ])
  })

  test('carries the forward function and no configuration', () => {
    expect([...zipOf(packaged, 'forward').keys()]).toEqual(['services/forward/aws.js'])
  })
})
