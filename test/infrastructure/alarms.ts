import { describe, expect, test } from 'vitest'
import { properties, template } from './sample.ts'
import { ofType, referencesIn } from './template.ts'

/** Who hears of what, when a part of ours is the one that fails. */
export function alarmTests(): void {
  describe('alarms', () => {
    test('go to the topic, and say when it is over', () => {
      for (const [id, alarm] of ofType(template, 'AWS::CloudWatch::Alarm')) {
        expect(alarm.Properties, id).toMatchObject({
          AlarmActions: [{ Ref: 'AlarmTopic' }],
          OKActions: [{ Ref: 'AlarmTopic' }],
        })
      }
    })

    test('watch all DLQs, the age of all queues, and what fails without growing old', () => {
      const watched = ofType(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => {
        const [thing] = referencesIn([Properties.Dimensions, Properties.Metrics])
        return `${id}: ${Properties.MetricName ?? 'expression'} of ${thing?.id}, ${Properties.TreatMissingData} when missing`
      })
      expect(watched.sort()).toEqual([
        'AcknowledgeErrorsAlarm: Errors of AcknowledgeLambdaFunction, notBreaching when missing',
        'AwsEventsAgeAlarm: ApproximateAgeOfOldestMessage of AwsEventsQueue, notBreaching when missing',
        'AwsEventsDlqAlarm: ApproximateNumberOfMessagesVisible of AwsEventsDlq, notBreaching when missing',
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
        'RegionHealthAlarm: expression of RegionDashhealthLambdaFunction, breaching when missing',
        'RegionLookupAlarm: expression of RegionDashlookupLambdaFunction, notBreaching when missing',
        'ThrottlesAlarm: expression of PageLambdaFunction, notBreaching when missing',
        'WatchAlarm: expression of WatchLambdaFunction, breaching when missing',
      ])
    })

    test('hear of each function that Lambda has no room for', () => {
      const functions = ofType(template, 'AWS::Lambda::Function').map(([id]) => id)
      const metrics = ['ThrottlesAlarm', 'RegionLookupAlarm'].map((id) => properties(id).Metrics)
      const watched = new Set(referencesIn(metrics).map(({ id }) => id))
      expect([...watched].sort()).toEqual(functions.sort())
    })

    test('let a deadline wait on the escalation queue for as long as SQS can delay it', () => {
      expect(properties('EscalationAgeAlarm').Threshold).toBeGreaterThan(900)
    })

    test('are mailed when there is an address', () => {
      expect(template.Resources.AlarmEmail?.Condition).toBe('HasAlarmEmail')
      expect(template.Conditions.HasAlarmEmail).toEqual({ 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] })
    })
  })
}
