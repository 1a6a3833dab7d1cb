import { describe, expect, test } from 'vitest'
import { properties, template } from './sample.ts'
import { grantsOf, ofType, referencesIn } from './template.ts'

/** The way in at a domain of one's own. */
export function inboundDomainTests(): void {
  describe('a domain of one’s own', () => {
    test('is there only where it is named', () => {
      expect(template.Conditions.HasInboundDomain).toEqual({ 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] })
      const parts = Object.entries(template.Resources).filter(([, { Type }]) => Type.startsWith('AWS::ApiGatewayV2::'))
      expect(parts).toHaveLength(9)
      for (const [id, { Condition }] of parts) expect(Condition, id).toBe('HasInboundDomain')
    })

    test('leads jobs to who hears them, and everything else to who takes alerts', () => {
      const routes = ofType(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
        const [integration] = referencesIn(Properties.Target)
        return [Properties.RouteKey, referencesIn(properties(integration?.id ?? '').IntegrationUri)[0]?.id]
      })
      expect(routes).toEqual([
        ['$default', 'IngestLambdaFunction'],
        ['ANY /heartbeat/{proxy+}', 'HeartbeatLambdaFunction'],
        ['ANY /ping/{proxy+}', 'HeartbeatLambdaFunction'],
      ])
    })
  })
}

/** What AWS itself reports, on its way to the function. */
export function awsEventTests(): void {
  describe('events of AWS', () => {
    test('come by a rule for each that projects name, and by no other', () => {
      const rules = ofType(template, 'AWS::Events::Rule').filter(([id]) => id.startsWith('AwsEvents'))
      expect(rules.map(([, { Properties }]) => [Properties.Name, Properties.EventPattern])).toEqual([
        ['fenghuo-dev-aws-emr', { source: ['aws.emr'], 'detail-type': [{ prefix: 'EMR ' }] }],
        [
          'fenghuo-dev-aws-ec2',
          {
            source: ['aws.ec2'],
            'detail-type': ['EC2 Instance State-change Notification'],
            detail: { state: ['running', 'stopped', 'terminated'] },
          },
        ],
        [
          expect.stringMatching(/^fenghuo-dev-aws-[0-9a-f]{12}$/),
          { source: ['aws.glue'], 'detail-type': ['Glue Job State Change'] },
        ],
      ])
      for (const [id, rule] of rules)
        expect(rule.Properties.Targets, id).toMatchObject([
          { Arn: { Ref: 'AwsEventsTopic' }, DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['AwsEventsDlq', 'Arn'] } } },
        ])
    })

    test('are polled for, as a project hears of them', () => {
      const [, mapping] =
        ofType(template, 'AWS::Lambda::EventSourceMapping').find(([id]) => id.includes('AwsEventsQueue')) ?? []
      expect(mapping?.Properties.Enabled).toBe(true)
    })

    test('go on from the topic, and what can’t is kept', () => {
      expect(properties('AwsEventsTopic')).toEqual({ TopicName: 'emr-status-change' })
      expect(properties('AwsEventsSubscription')).toEqual({
        TopicArn: { Ref: 'AwsEventsTopic' },
        Protocol: 'sqs',
        Endpoint: { 'Fn::GetAtt': ['AwsEventsQueue', 'Arn'] },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['AwsEventsDlq', 'Arn'] } },
      })
    })

    test('are let in from this account alone, but for rules at the topic, where no condition may stand', () => {
      for (const id of ['AwsEventsTopicPolicy', 'AwsEventsQueuePolicy']) {
        const { Statement } = properties(id).PolicyDocument as { Statement: Record<string, unknown>[] }
        for (const { Principal, Action, Condition } of Statement) {
          expect(Principal, id).toEqual({ Service: expect.stringMatching(/^(events|cloudwatch|sns)\.amazonaws\.com$/) })
          const isRule = Action === 'sns:Publish' && JSON.stringify(Principal).includes('events.')
          if (isRule) expect(Condition, id).toBeUndefined()
          else expect(JSON.stringify(Condition), id).toMatch(/AWS::AccountId|AwsEventsTopic/)
        }
      }
      expect(grantsOf(properties('AwsEventsTopicPolicy').PolicyDocument).map(({ action }) => action)).toEqual([
        'sns:Publish',
        'sns:Publish',
      ])
    })
  })
}
