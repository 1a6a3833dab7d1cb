import { describe, expect, test } from 'vitest'
import { template } from './sample.ts'
import { environmentOf, ofType, referencesIn } from './template.ts'

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

    test('look at what watch cannot see: itself, and what is lost before it comes to a queue', () => {
      const watched = ofType(template, 'AWS::CloudWatch::Alarm').map(([id, { Properties }]) => {
        const things = new Set(referencesIn([Properties.Dimensions, Properties.Metrics]).map((thing) => thing.id))
        return `${id}: ${Properties.MetricName ?? 'expression'} of ${[...things]}, ${Properties.TreatMissingData} when missing`
      })
      expect(watched.sort()).toEqual([
        'AcknowledgeErrorsAlarm: Errors of AcknowledgeLambdaFunction, notBreaching when missing',
        'RegionHealthAlarm: expression of RegionDashhealthLambdaFunction, breaching when missing',
        'RegionLookupAlarm: expression of RegionDashlookupLambdaFunction,RegionDashhealthLambdaFunction, notBreaching when missing',
        'ThrottlesAlarm: expression of AcknowledgeLambdaFunction,IngestLambdaFunction, notBreaching when missing',
        'WatchAlarm: expression of WatchLambdaFunction, breaching when missing',
      ])
    })

    test('leave the rest to watch, which has each queue of ours in its environment, and the topic', () => {
      const queues = ofType(template, 'AWS::SQS::Queue').map(([id]) => id)
      const environment = environmentOf(template.Resources.WatchLambdaFunction ?? expect.unreachable())
      const known = referencesIn(environment).map(({ id }) => id)
      expect(known).toEqual(expect.arrayContaining([...queues, 'AlarmTopic']))
    })

    test('are mailed when there is an address', () => {
      expect(template.Resources.AlarmEmail?.Condition).toBe('HasAlarmEmail')
      expect(template.Conditions.HasAlarmEmail).toEqual({ 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] })
    })
  })
}
