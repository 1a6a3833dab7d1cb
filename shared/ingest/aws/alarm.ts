import { ownProperty } from '../../contracts/own-property.ts'
import type { Context, Memory } from '../format.ts'
import { listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, textOf } from '../text.ts'
import { consoleOf } from './console.ts'
import type { EventNews } from './drafts.ts'
import { inTime } from './earlier.ts'
import { factOf } from './fact.ts'
import { configuredOutcome, outcomesIn, usual } from './outcomes.ts'
import { placeOf } from './place.ts'

/** What CloudWatch says of an alarm, whichever way it says it. */
interface Alarm {
  arn: string
  name: string
  value: string
  /** The state before, where it says so. */
  previous: string
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
    previous: textOf(body.OldStateValue),
    reason: textOf(body.NewStateReason),
    at: body.StateChangeTime,
    description: textOf(body.AlarmDescription),
    region: arn.split(':')[3] ?? '',
    account: textOf(body.AWSAccountId),
    source: firstText(dimensions.map(({ name, value }) => `${textOf(name)}=${textOf(value)}`).join(', ')),
    details: trigger,
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
    previous: textOf(recordOf(data.previousState).value),
    reason: textOf(state.reason),
    at: firstText(state.timestamp, event.time),
    description: textOf(description),
    region: textOf(event.region),
    account: firstText(event.account, event.accountId),
    source: dimensions.map(([name, value]) => `${name}=${textOf(value)}`).join(', '),
    details: { namespace: metric.namespace, metric: metric.name },
  }
}

/**
 * ALARM begins, OK ends, and that there is no data is told once: an alarm that had begun goes on. `outcomes` may say otherwise of the
 * thing `alarm`. An alarm names no severity of its own: unless the first word of its description is one, it has the project's.
 */
export function newsOfAlarm(
  alarm: Alarm,
  { options, earlier, receivedAt }: Pick<Context, 'options' | 'earlier' | 'receivedAt'>,
): EventNews {
  const { name, value, previous, reason, at, description, region, account } = alarm
  const key = keyOf(alarm)
  const outcomeFor = (state: string) =>
    configuredOutcome(outcomesIn(options), 'alarm', state) ?? ownProperty(usual.alarm, state)
  const change = { thing: 'alarm' as const, id: key, shown: name, name: '', state: value, why: reason }
  const severity = value === 'ALARM' ? severityOf(firstWordOf(description)) : undefined
  return {
    outcome: inTime(outcomeFor(value), { state: value, time: at, outcomeFor }, earlier, receivedAt),
    keys: { goingOn: key, once: `${key}/${value}/${textOf(at)}` },
    severity,
    draft: {
      fact: factOf({ ...change, severity }, previous === '' || previous === value ? {} : { from: previous }),
      title: name,
      source: [placeOf(alarm), alarm.source].filter(Boolean).join(', '),
      at,
      labels: { account, region, alarm: name, name, state: value },
      component: 'CloudWatch',
      details: { ...alarm.details, description, state: value, previous },
      links: [
        {
          href: `${consoleOf(region)}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(name.toWellFormed())}`,
          text: 'CloudWatch',
        },
      ],
    },
  }
}

/** What later messages are to know of this one. */
export function memoryOfAlarm(alarm: Alarm): Memory {
  return { of: keyOf(alarm), name: alarm.value, text: textOf(alarm.at) }
}

function keyOf({ arn, account, region, name }: Alarm): string {
  return arn === '' ? `cloudwatch/${account}/${region}/${name}` : arn
}

/** `[critical] the queue is full`. */
function firstWordOf(description: string): string {
  const [word = ''] = description
    .trim()
    .replace('[', '')
    .split(/[\s:,;\]]/, 1)
  return word
}
