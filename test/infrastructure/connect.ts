import { describe, expect, test } from 'vitest'
import { contactFlow } from '../../shared/channels/connect/contact-flow.ts'
import { properties, template } from './sample.ts'
import { ofType, referencesIn } from './template.ts'

/** What calls need: the contact flow, and its way to our functions and back. */
export function connectTests(): void {
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

    test('tells acknowledge which calls were answered and which have ended, as does what sends texts', () => {
      const rules = ofType(template, 'AWS::Events::Rule').filter(([, rule]) =>
        referencesIn(rule.Properties.Targets).some(({ id }) => id === 'AcknowledgeLambdaFunction'),
      )
      expect(rules.map(([, rule]) => rule.Properties.EventPattern)).toEqual([
        {
          source: ['aws.connect'],
          'detail-type': ['Amazon Connect Contact Event'],
          detail: { instanceArn: [instance], eventType: ['CONNECTED_TO_SYSTEM', 'DISCONNECTED'] },
        },
        {
          source: ['aws.sms-voice'],
          'detail-type': ['Text Message Delivery Status Updated'],
          detail: { isFinal: [true] },
        },
      ])
    })

    test('tells acknowledge what people text to a number of this account', () => {
      const topic = { Ref: 'RepliesTopic' }
      const acknowledge = { 'Fn::GetAtt': ['AcknowledgeLambdaFunction', 'Arn'] }
      const { PolicyDocument: policy } = properties('RepliesTopicPolicy')
      expect((policy as { Statement: unknown }).Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'sms-voice.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: topic,
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ])
      expect(properties('RepliesSubscription')).toEqual({ TopicArn: topic, Protocol: 'lambda', Endpoint: acknowledge })
      expect(properties('RepliesPermission')).toEqual({
        Action: 'lambda:InvokeFunction',
        FunctionName: acknowledge,
        Principal: 'sns.amazonaws.com',
        SourceArn: topic,
      })
    })
  })
}
