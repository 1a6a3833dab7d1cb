import { ownProperty } from '../../contracts/own-property.ts'
import type { Context, Draft, Memory } from '../format.ts'
import { isRecord, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import { alarmInEvent, memoryOfAlarm, newsOfAlarm } from './alarm.ts'
import { linksOf } from './console.ts'
import { draftsOf, type EventNews } from './drafts.ts'
import { earlierOf, inTime, memoriesOf } from './earlier.ts'
import { factOf } from './fact.ts'
import { type Outcome, outcomeOf, outcomesIn } from './outcomes.ts'
import { placeOf } from './place.ts'
import { changeIn, shownOf, type ThingChange } from './things.ts'
import { newsOfUnforeseen } from './unforeseen.ts'

/** Whether it is an event of EventBridge, or an alarm that CloudWatch hands over itself. */
export function isEvent(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && ('detail-type' in value || 'alarmData' in value)
}

/** What becomes of an event of EventBridge: an alert, its end, what is told once, or nothing. What nobody foresaw is shown as it is. */
export function draftsOfEvent(event: Record<string, unknown>, context: Context): Draft[] {
  return draftsOf(newsOfEvent(event, context))
}

/** What an event of EventBridge tells, whatever becomes of it. */
export function newsOfEvent(
  event: Record<string, unknown>,
  context: Pick<Context, 'options' | 'earlier' | 'receivedAt'>,
): EventNews {
  const { options, earlier, receivedAt } = context
  const alarm = alarmInEvent(event)
  if (alarm !== undefined) return newsOfAlarm(alarm, context)
  const change = changeIn(event)
  if (change === undefined) return newsOfUnforeseen(event, options)
  const byName =
    change.thing === 'emr-cluster' && change.name !== '' && ownProperty(recordOf(options), 'clusterKey') === 'name'
  const { account, region, time } = event
  const thing = `aws/${textOf(account)}/${textOf(region)}/${change.thing}`
  // Clusters of one name are one thing: the next one’s start ends nothing that its predecessor has begun, its good end does.
  const outcomeFor = (state: string, severity?: ThingChange['severity']): Outcome =>
    byName && state === 'RUNNING' ? 'nothing' : outcomeOf({ ...change, state, severity }, outcomesIn(options))
  const outcome = outcomeFor(change.state, change.severity)
  return {
    outcome: inTime(outcome, { state: change.state, time, outcomeFor }, earlier, receivedAt),
    keys: {
      goingOn: `${thing}/${byName ? `name/${change.name}` : change.id}`,
      once: onceKeyOf(`${thing}/${change.id}/${change.state}`, change, event),
    },
    severity: change.severity,
    draft: {
      fact: factOf(change, earlierOf(change, event, earlier)),
      title: change.name || shownOf(change),
      source: placeOf(event),
      at: time,
      labels: { account, region, id: change.id, name: change.name, state: change.state },
      component: change.thing,
      details: recordOf(event.detail),
      links: linksOf(change, event),
    },
  }
}

/**
 * Each event is told, however often it comes; one that has no id is told each time. A cluster that runs step after step waits after each:
 * that is told the first time.
 */
function onceKeyOf(state: string, { thing }: ThingChange, event: Record<string, unknown>): string {
  const id = firstText(event.id)
  if (thing === 'emr-cluster') return state
  return id && `${state}/${id}`
}

/** What of an event later ones are to know; the first is about the same thing. */
export function memoriesOfEvent(event: Record<string, unknown>): Memory[] {
  const alarm = alarmInEvent(event)
  if (alarm !== undefined) return [memoryOfAlarm(alarm)]
  const change = changeIn(event)
  return change === undefined ? [] : memoriesOf(change, event)
}
