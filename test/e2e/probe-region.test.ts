import { beforeAll, describe, expect, test } from 'vitest'
import { deniedByGuide } from '../infrastructure/deployer.ts'
import { type Packaged, packageService, templateOf, zipOf } from '../infrastructure/packaged.ts'
import { cycles, dangling, faults } from '../infrastructure/specification.ts'
import { environmentOf, ofType, roleGrants, roleOf, type Template } from '../infrastructure/template.ts'

const fenghuoYml = `
vantages:
  sg: aws/ap-southeast-1
  us: { at: aws/us-east-1, vpc: { subnets: [subnet-1, subnet-2], securityGroups: [sg-1] } }
channels: { wecom: { type: wecom-robot, key: a-key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom] }
kafka:
  msk: { type: kafka, brokers: ['b-1.msk.example.com:9098'], sasl: { mechanism: aws-iam, region: us-east-1 } }
projects:
  pay:
    title: 支付
    checks:
      web: { title: 收银台, http: https://pay.example.com/healthz }
      inside: { title: 内网, http: http://pay.internal/, from: [sg] }
      sink: { title: 消费组, kafka-lag: msk/sink, from: [us], lag: { down: 1000 } }
`

let packaged: Packaged
let template: Template

beforeAll(async () => {
  const options = ['--stage', 'prod', '--region', 'us-east-1', '--param', 'primaryRegion=ap-southeast-1']
  packaged = await packageService(fenghuoYml, {}, { config: 'serverless.probe.yml', options })
  if (packaged.code !== 0) throw new Error(packaged.output)
  template = templateOf(packaged)
}, 180_000)

const probe = () => template.Resources.ProbeLambdaFunction ?? expect.unreachable('the probe')

describe('a further region', () => {
  test('is a template that CloudFormation takes, with one function and no queue or table', () => {
    expect([faults(template), dangling(template), cycles(template)]).toEqual([[], [], []])
    expect(ofType(template, 'AWS::Lambda::Function').map(([id]) => id)).toEqual(['ProbeLambdaFunction'])
    expect([...ofType(template, 'AWS::SQS::Queue'), ...ofType(template, 'AWS::DynamoDB::Table')]).toEqual([])
  })

  test('may be deployed by whoever has the policy of the guide', () =>
    expect(deniedByGuide(template, 'fenghuo-probe-prod')).toEqual([]))

  test("runs its own vantage's checks every minute", () => {
    const rules = ofType(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties.ScheduleExpression)
    expect(rules).toEqual(['rate(1 minute)'])
    const config = JSON.parse(String(zipOf(packaged, 'probe').get('.build/config/probe.json')))
    expect(config.checks.map(({ id, from }: { id: string; from: string[] }) => [id, from])).toEqual([
      ['pay/web', ['aws/us-east-1']],
      ['pay/sink', ['aws/us-east-1']],
    ])
  })

  test('stands in the network of its vantage, with a role that may make its interfaces there', () => {
    expect(probe().Properties.VpcConfig).toEqual({ SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] })
    const managed = JSON.stringify(roleOf(template, probe()).Properties.ManagedPolicyArns)
    expect(managed).toContain(':iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole')
  })

  test("sends to the primary region's queue, reads MSK with its role, and may do nothing else", () => {
    expect(environmentOf(probe())).toMatchObject({
      VANTAGE: 'aws/us-east-1',
      EVENTS_QUEUE_URL: {
        'Fn::Sub': `https://sqs.ap-southeast-1.\${AWS::URLSuffix}/\${AWS::AccountId}/fenghuo-prod-events`,
      },
    })
    const grants = roleGrants(roleOf(template, probe())).filter(({ action }) => !action.startsWith('logs:'))
    const queue = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:sqs:${name}` })
    expect(grants).toEqual([
      { action: 'sqs:SendMessage', resource: queue(`ap-southeast-1:\${AWS::AccountId}:fenghuo-prod-events`) },
      ...[
        ['kafka-cluster:Connect', 'cluster/*'],
        ['kafka-cluster:DescribeCluster', 'cluster/*'],
        ['kafka-cluster:DescribeTopic', 'topic/*'],
        ['kafka-cluster:DescribeGroup', 'group/*'],
      ].map(([action, of]) => ({
        action,
        resource: { 'Fn::Sub': `arn:\${AWS::Partition}:kafka:us-east-1:\${AWS::AccountId}:${of}` },
      })),
    ])
  })
})
