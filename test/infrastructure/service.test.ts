import { describe, expect, test } from 'vitest'
import { alarmTests } from './alarms.ts'
import { awsEventTests, inboundDomainTests } from './aws-events.ts'
import { connectTests } from './connect.ts'
import { consoleTests } from './console.ts'
import { deniedByGuide } from './deployer.ts'
import { functionTests } from './functions.ts'
import { roleTests } from './roles.ts'
import { packaged, packagesOnce, template } from './sample.ts'
import { cycles, dangling, faults } from './specification.ts'
import { storeTests } from './stores.ts'

// Packaging takes seconds: one serves all that is asked of it.
packagesOnce()

test('a fresh tree packages without credentials, network or secrets, and says what a deployment will need', () => {
  expect(packaged.output).toMatch(/page reads from \/fenghuo\/dev\/: .*DINGTALK_TOKEN/)
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
    // The topic of AWS's own events is named by a parameter.
    const others = names.filter(([, name]) => !String(name).includes('fenghuo-dev'))
    expect(others).toEqual([['AwsEventsTopic', 'emr-status-change']])
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

functionTests()
consoleTests()
roleTests()
awsEventTests()
inboundDomainTests()
storeTests()
connectTests()
alarmTests()
