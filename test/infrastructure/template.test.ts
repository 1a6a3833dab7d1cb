import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { contactFlow } from '../../shared/channels/connect/contact-flow.ts'
import { deniedByGuide } from './deployer.ts'
import { type Packaged, packageService, templateOf } from './packaged.ts'
import { cycles, dangling, faults } from './specification.ts'
import { ofType, referencesIn, roleGrants, roleOf, type Template } from './template.ts'

let packaged: Packaged
let template: Template

// The configuration that comes with the project, as somebody packages it who has only just cloned it.
beforeAll(async () => {
  const own = await readFile(new URL('../../fenghuo.yml', import.meta.url), 'utf8')
  packaged = await packageService(own, { CONNECT_INSTANCE_ID: '11111111-2222-3333-4444-555555555555' })
  if (packaged.code !== 0) throw new Error(packaged.output)
  template = templateOf(packaged)
}, 180_000)

const properties = (id: string) => template.Resources[id]?.Properties ?? expect.unreachable(`${id} is in the template`)

test('a fresh tree packages without credentials, network or secrets, and says what a deployment will need', () => {
  expect(packaged.output).toContain("This package can't be deployed:")
  expect(packaged.output).toContain('WECOM_KEY is not set, and fenghuo.yml needs it for page')
  expect(packaged.output).toContain('Service packaged')
})

describe('CloudFormation', () => {
  test('knows every type and property, and misses nothing it requires', () => expect(faults(template)).toEqual([]))
  test('finds everything that is referred to', () => expect(dangling(template)).toEqual([]))
  test('can make the resources one after the other', () => expect(cycles(template)).toEqual([]))

  test('may be deployed by whoever has the policy of the guide', () =>
    expect(deniedByGuide(template, 'fenghuo-dev')).toEqual([]))

  test('gets every name by stage, so that two stages fit into one account', () => {
    const names = Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
      ['QueueName', 'TableName', 'FunctionName', 'TopicName', 'AlarmName', 'LogGroupName', 'Name']
        .filter((key) => typeof Properties[key] === 'string')
        .map((key) => [id, Properties[key]] as const),
    )
    expect(names.length).toBeGreaterThan(20)
    for (const [id, name] of names) expect(name, id).toContain('fenghuo-dev')
  })

  test('tells what other systems and people need to know', () => {
    expect(Object.keys(template.Outputs)).toEqual(
      expect.arrayContaining([
        'EventsQueueUrl',
        'OverflowQueueUrl',
        'EscalationQueueUrl',
        'EventsDlqUrl',
        'EscalationDlqUrl',
        'ContactsTableName',
        'IncidentsTableName',
        'ChecksTableName',
        'AcknowledgeLambdaFunctionUrl',
        'HeartbeatLambdaFunctionUrl',
        'AlarmTopicArn',
        'SenderPolicyArn',
      ]),
    )
  })
})

describe('queues', () => {
  test('are encrypted, keep messages for 14 days, and have a DLQ or are one', () => {
    const queues = ofType(template, 'AWS::SQS::Queue')
    const targets = new Set(
      queues.flatMap(([, queue]) => referencesIn(queue.Properties.RedrivePolicy).map(({ id }) => id)),
    )
    expect([...targets].sort()).toEqual(['EscalationDlq', 'EventsDlq'])
    for (const [id, queue] of queues) {
      expect(queue.Properties, id).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 })
      if (!targets.has(id)) expect(queue.Properties, id).toMatchObject({ RedrivePolicy: { maxReceiveCount: 100 } })
    }
  })

  test('hide a message longer than its function may take, and take back the ones that failed', () => {
    const mappings = ofType(template, 'AWS::Lambda::EventSourceMapping')
    expect(mappings).toHaveLength(3)
    for (const [id, mapping] of mappings) {
      const [queue] = referencesIn(mapping.Properties.EventSourceArn)
      const [fn] = referencesIn(mapping.Properties.FunctionName)
      expect(mapping.Properties, id).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 0,
        Enabled: true,
      })
      expect(properties(queue?.id ?? '').VisibilityTimeout).toBeGreaterThan(Number(properties(fn?.id ?? '').Timeout))
    }
  })

  test('may lead to themselves again and again: an escalation has more than 16 steps', () => {
    const loops = ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(([, { Properties }]) => {
      const [queue] = referencesIn(Properties.EventSourceArn)
      const fn = template.Resources[referencesIn(Properties.FunctionName)[0]?.id ?? ''] ?? expect.unreachable()
      const sends = roleGrants(roleOf(template, fn)).filter(({ action }) => action === 'sqs:SendMessage')
      const isLoop = sends.some(({ resource }) => referencesIn(resource)[0]?.id === queue?.id)
      return isLoop ? [{ queue: queue?.id, loop: fn.Properties.RecursiveLoop }] : []
    })
    // What evaluate parts or puts aside comes back to it twice at most.
    const twice = ['EventsQueue', 'OverflowQueue'].map((queue) => ({ queue, loop: undefined }))
    expect(loops).toEqual(expect.arrayContaining([{ queue: 'EscalationQueue', loop: 'Allow' }, ...twice]))
    expect(loops).toHaveLength(3)
  })
})

describe('tables', () => {
  test('can be restored, are encrypted, outlive the stack, and let old data go', () => {
    const tables = ofType(template, 'AWS::DynamoDB::Table')
    expect(tables.map(([id]) => id).sort()).toEqual(['ChecksTable', 'ContactsTable', 'IncidentsTable'])
    for (const [id, table] of tables) {
      expect(table, id).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
      expect(table.Properties, id).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      })
      // Contacts are people's own data: they stay until somebody removes them.
      const expires = id === 'ContactsTable' ? undefined : { AttributeName: 'expiresAt', Enabled: true }
      expect(table.Properties.TimeToLiveSpecification, id).toEqual(expires)
    }
  })

  test('declare exactly the attributes that their keys use', () => {
    for (const [id, { Properties }] of ofType(template, 'AWS::DynamoDB::Table')) {
      const declared = (Properties.AttributeDefinitions as { AttributeName: string }[]).map(
        (each) => each.AttributeName,
      )
      const keys = JSON.stringify([Properties.KeySchema, Properties.GlobalSecondaryIndexes ?? []])
      const used = [...keys.matchAll(/"AttributeName":"(\w+)"/g)].map((match) => match[1])
      expect(declared.sort(), id).toEqual([...new Set(used)].sort())
    }
  })
})

describe('Amazon Connect', () => {
  const instance = {
    'Fn::Sub': `arn:\${AWS::Partition}:connect:\${AWS::Region}:\${AWS::AccountId}:instance/11111111-2222-3333-4444-555555555555`,
  }

  test('gets the flow with the ARN of acknowledge in it, once it may call that function', () => {
    const { Content, ...rest } = properties('ContactFlow')
    expect(rest).toMatchObject({ InstanceArn: instance, Type: 'CONTACT_FLOW', State: 'ACTIVE' })
    expect(JSON.parse(String((Content as { 'Fn::Sub': string })['Fn::Sub']))).toEqual(
      contactFlow(`\${AcknowledgeLambdaFunction.Arn}`),
    )
    expect(template.Resources.ContactFlow?.DependsOn).toEqual(['ContactFlowFunction', 'ContactFlowPermission'])
  })

  test('may call acknowledge, from our instance only', () => {
    const acknowledge = { 'Fn::GetAtt': ['AcknowledgeLambdaFunction', 'Arn'] }
    expect(properties('ContactFlowFunction')).toEqual({
      InstanceId: instance,
      IntegrationType: 'LAMBDA_FUNCTION',
      IntegrationArn: acknowledge,
    })
    expect(properties('ContactFlowPermission')).toEqual({
      FunctionName: acknowledge,
      Action: 'lambda:InvokeFunction',
      Principal: 'connect.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: instance,
    })
  })

  test('tells acknowledge which calls were answered and which have ended', () => {
    const rules = ofType(template, 'AWS::Events::Rule').filter(([, rule]) => rule.Properties.EventPattern)
    expect(rules.map(([, rule]) => rule.Properties.EventPattern)).toEqual([
      {
        source: ['aws.connect'],
        'detail-type': ['Amazon Connect Contact Event'],
        detail: { instanceArn: [instance], eventType: ['CONNECTED_TO_SYSTEM', 'DISCONNECTED'] },
      },
    ])
  })
})

describe('alarms', () => {
  test('go to the topic, and say when it is over', () => {
    for (const [id, alarm] of ofType(template, 'AWS::CloudWatch::Alarm')) {
      expect(alarm.Properties, id).toMatchObject({
        AlarmActions: [{ Ref: 'AlarmTopic' }],
        OKActions: [{ Ref: 'AlarmTopic' }],
      })
    }
  })

  test('watch both DLQs, the age of all queues, and what fails without growing old', () => {
    const watched = ofType(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => {
      const [thing] = referencesIn([Properties.Dimensions, Properties.Metrics])
      return `${id}: ${Properties.MetricName ?? 'expression'} of ${thing?.id}, ${Properties.TreatMissingData} when missing`
    })
    expect(watched.sort()).toEqual([
      'AcknowledgeErrorsAlarm: Errors of AcknowledgeLambdaFunction, notBreaching when missing',
      'EscalationAgeAlarm: ApproximateAgeOfOldestMessage of EscalationQueue, notBreaching when missing',
      'EscalationBacklogAlarm: ApproximateNumberOfMessagesVisible of EscalationQueue, notBreaching when missing',
      'EscalationDlqAlarm: ApproximateNumberOfMessagesVisible of EscalationDlq, notBreaching when missing',
      'EscalationFailingAlarm: ApproximateNumberOfMessagesNotVisible of EscalationQueue, notBreaching when missing',
      'EvaluateErrorsAlarm: Errors of EvaluateLambdaFunction, notBreaching when missing',
      'EventsAgeAlarm: ApproximateAgeOfOldestMessage of EventsQueue, notBreaching when missing',
      'EventsDlqAlarm: ApproximateNumberOfMessagesVisible of EventsDlq, notBreaching when missing',
      'EventsFailingAlarm: ApproximateNumberOfMessagesNotVisible of EventsQueue, notBreaching when missing',
      'OverflowAgeAlarm: ApproximateAgeOfOldestMessage of OverflowQueue, notBreaching when missing',
      'PageErrorsAlarm: Errors of PageLambdaFunction, notBreaching when missing',
      'ThrottlesAlarm: expression of PageLambdaFunction, notBreaching when missing',
      'WatchAlarm: expression of WatchLambdaFunction, breaching when missing',
    ])
  })

  test('hear of each function that Lambda has no room for', () => {
    const functions = ofType(template, 'AWS::Lambda::Function').map(([id]) => id)
    const watched = referencesIn(properties('ThrottlesAlarm').Metrics).map(({ id }) => id)
    expect(watched.sort()).toEqual(functions.sort())
  })

  test('let a deadline wait on the escalation queue for as long as SQS can delay it', () => {
    expect(properties('EscalationAgeAlarm').Threshold).toBeGreaterThan(900)
  })

  test('are mailed when there is an address', () => {
    expect(template.Resources.AlarmEmail?.Condition).toBe('HasAlarmEmail')
    expect(template.Conditions.HasAlarmEmail).toEqual({ 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] })
  })
})
