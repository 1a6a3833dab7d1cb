import { ownProperty } from '../../contracts/own-property.ts'
import { listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, textOf } from '../text.ts'
import type { EventNews } from './drafts.ts'
import { configuredOutcome, type Outcome, outcomesIn } from './outcomes.ts'

/** What CloudWatch says of an alarm, whichever way it says it. */
interface Alarm {
  arn: string
  name: string
  value: string
  reason: string
  at: unknown
  description: string
  region: string
  account: string
  source: string
  details: Record<string, unknown>
}

/** An alarm as an SNS message has it; undefined for another message. */
export function alarmInMessage(body: Record<string, unknown>): Alarm | undefined {
  if (!('AlarmName' in body) || !('NewStateValue' in body)) return undefined
  const arn = textOf(body.AlarmArn)
  const trigger = recordOf(body.Trigger)
  const dimensions = listOf(trigger.Dimensions).map(recordOf)
  return {
    arn,
    name: textOf(body.AlarmName),
    value: textOf(body.NewStateValue),
    reason: textOf(body.NewStateReason),
    at: body.StateChangeTime,
    description: textOf(body.AlarmDescription),
    region: arn.split(':')[3] ?? '',
    account: textOf(body.AWSAccountId),
    source: firstText(dimensions.map(({ name, value }) => `${textOf(name)}=${textOf(value)}`).join(', ')),
    details: { ...trigger, OldStateValue: body.OldStateValue },
  }
}

/** An alarm as EventBridge has it, or as CloudWatch hands it to a function itself; undefined for another event. */
export function alarmInEvent(event: Record<string, unknown>): Alarm | undefined {
  const data = recordOf(event.alarmData ?? event.detail)
  const isAlarm = 'alarmData' in event || event['detail-type'] === 'CloudWatch Alarm State Change'
  if (!isAlarm || !('alarmName' in data)) return undefined
  const state = recordOf(data.state)
  const { description, metrics } = recordOf(data.configuration)
  const metric = recordOf(recordOf(recordOf(listOf(metrics)[0]).metricStat).metric)
  const dimensions = Object.entries(recordOf(metric.dimensions))
  return {
    arn: firstText(event.alarmArn, listOf(event.resources)[0]),
    name: textOf(data.alarmName),
    value: textOf(state.value),
    reason: textOf(state.reason),
    at: firstText(state.timestamp, event.time),
    description: textOf(description),
    region: textOf(event.region),
    account: firstText(event.account, event.accountId),
    source: dimensions.map(([name, value]) => `${name}=${textOf(value)}`).join(', '),
    details: { namespace: metric.namespace, metric: metric.name, previous: recordOf(data.previousState).value },
  }
}

/**
 * ALARM begins, OK ends, and that there is no data is told once: an alarm that had begun goes on. `outcomes` may say otherwise of the
 * thing `alarm`. An alarm names no severity of its own: unless the first word of its description is one, it has the project's.
 */
export function newsOfAlarm(alarm: Alarm, options: unknown): EventNews {
  const { arn, name, value, reason, at, description, region, account } = alarm
  const host = region.startsWith('cn-') ? 'console.amazonaws.cn' : 'console.aws.amazon.com'
  const key = arn === '' ? `cloudwatch/${account}/${region}/${name}` : arn
  const draft = {
    summary: [name, reason || value].filter(Boolean).join(': '),
    source: alarm.source || name,
    at,
    labels: { account, region, alarm: name },
    component: 'CloudWatch',
    details: { ...alarm.details, description, state: value },
    links: [
      {
        href: `https://${host}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(name.toWellFormed())}`,
        text: 'CloudWatch',
      },
    ],
  }
  const [word = ''] = description
    .trim()
    .replace('[', '')
    .split(/[\s:,;\]]/, 1)
  return {
    outcome: configuredOutcome(outcomesIn(options), 'alarm', value) ?? ownProperty(usualOfAlarms, value),
    keys: { goingOn: key, once: `${key}/${value}/${textOf(at)}` },
    severity: value === 'ALARM' ? severityOf(word) : undefined,
    draft,
  }
}

/** Every other state of an alarm, ALARM above all, begins. */
const usualOfAlarms: Record<string, Outcome> = { OK: 'over', INSUFFICIENT_DATA: 'notice' }
