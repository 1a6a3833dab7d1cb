import { tidy } from '../../checks/run/tidy.ts'
import type { AwsFact, AwsThing } from '../../contracts/aws-change.ts'
import type { Fact } from '../../contracts/fact.ts'
import { FACT_CHARACTERS } from '../../contracts/fact-limit.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Context, Draft, Memory } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, lineOf, textOf } from '../text.ts'
import { alarmInEvent, newsOfAlarm } from './alarm.ts'
import { draftsOf, type EventNews } from './drafts.ts'
import { earlierOf, memoryOf } from './earlier.ts'
import { configuredOutcome, outcomeOf, outcomeOfSeverity, outcomesIn } from './outcomes.ts'
import { changeIn, type ThingChange } from './things.ts'

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
  { options, earlier }: Pick<Context, 'options' | 'earlier'>,
): EventNews {
  const alarm = alarmInEvent(event)
  if (alarm !== undefined) return newsOfAlarm(alarm, options)
  const change = changeIn(event)
  if (change === undefined) return unforeseen(event, options)
  const byName =
    change.thing === 'emr-cluster' && change.name !== '' && ownProperty(recordOf(options), 'clusterKey') === 'name'
  const { account, region, time } = event
  const thing = `aws/${textOf(account)}/${textOf(region)}/${change.thing}`
  return {
    // Clusters of one name are one thing: the next one’s start ends nothing that its predecessor has begun, its good end does.
    outcome: byName && change.state === 'RUNNING' ? 'nothing' : outcomeOf(change, outcomesIn(options)),
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

/** What of an event later ones are to know; undefined: nothing. */
export function memoryOfEvent(event: Record<string, unknown>): Memory | undefined {
  const change = changeIn(event)
  return change === undefined ? undefined : memoryOf(change, event)
}

/** So much of AWS's own words, and of a name, is told. */
const SAID_CHARACTERS = 1_000
const NAME_CHARACTERS = 160

/** What is told of a change, once it is known who reads it. */
function factOf(change: ThingChange, earlier: Partial<AwsFact['args']>): Fact {
  const { thing, state } = change
  const [id, name, said] = [shownOf(change), lineOf(change.name, NAME_CHARACTERS), lineOf(change.why, SAID_CHARACTERS)]
  const fact: AwsFact = {
    code: 'aws-change',
    args: {
      thing,
      id: lineOf(id, NAME_CHARACTERS),
      ...(name && { name }),
      state: lineOf(state, NAME_CHARACTERS),
      ...(said && { said }),
      ...earlier,
    },
  }
  return JSON.stringify(fact).length <= FACT_CHARACTERS ? fact : tidy(fact)
}

const shownOf = ({ id, shown = id }: ThingChange): string => shown

/** `AWS 123456789012 ap-southeast-1`. */
function placeOf({ account, region }: Record<string, unknown>): string {
  return ['AWS', account, region].map(textOf).filter(Boolean).join(' ')
}

/** Reads an event by what its detail says of itself. The configuration may say by its detail type what becomes of its states. */
function unforeseen(event: Record<string, unknown>, options: unknown): EventNews {
  const { source, account, region, time, id } = event
  const type = textOf(event['detail-type'])
  // What the input transformer of a rule made is no event any more: all that there is tells of it.
  const detail = isRecord(event.detail) ? event.detail : event
  const state = firstText(detail.state, detail.status, detail.State, detail.Status)
  const severity = severityOf(detail.severity)
  const why = firstText(detail.message, detail.Message, detail.description, state, detail.eventName)
  const what = whatOf(event, detail)
  const place = `aws/${textOf(account)}/${textOf(source)}`
  return {
    outcome: configuredOutcome(outcomesIn(options), type, state) ?? outcomeOfSeverity(severity),
    keys: {
      goingOn: `${place}/${what === '' ? textOf(id) : `${type}/${what}`}`,
      once: textOf(id) && `${place}/${textOf(id)}`,
    },
    severity,
    draft: {
      summary: [[firstText(type, source), what.split('/').at(-1)].filter(Boolean).join(' '), why]
        .filter(Boolean)
        .join(': '),
      source: placeOf(event),
      at: time,
      labels: { account, region, source },
      component: source,
      details: detail,
    },
  }
}

/** The resource that an event names, or what its detail calls a name or an id. */
function whatOf(event: Record<string, unknown>, detail: Record<string, unknown>): string {
  const named = Object.entries(detail).find(([key, value]) => /(name|id|arn)$/i.test(key) && textOf(value) !== '')
  return firstText(named?.[1], listOf(event.resources)[0])
}

/** The console page of what it is about. */
function linksOf({ thing, id }: ThingChange, event: Record<string, unknown>): { href: string; text: string }[] {
  const region = textOf(event.region)
  const base = `https://${region.startsWith('cn-') ? 'console.amazonaws.cn' : 'console.aws.amazon.com'}`
  const named = encodeURIComponent(id.toWellFormed())
  const page = thing.startsWith('emr') ? clusterPage(event) : pages[thing]?.(named)
  if (page === undefined) return []
  const [path, fragment] = page
  return [{ href: `${base}/${path}/home?region=${region}#${fragment}`, text: 'AWS' }]
}

/** The console's part and the place in it, by what a thing is known by. */
const pages: Partial<Record<AwsThing, (id: string) => [path: string, fragment: string]>> = {
  ec2: (id) => ['ec2', `InstanceDetails:instanceId=${id}`],
  'ec2-spot': (id) => ['ec2', `InstanceDetails:instanceId=${id}`],
  'auto-scaling': (id) => ['ec2', `AutoScalingGroupDetails:id=${id}`],
  rds: (id) => ['rds', `database:id=${id}`],
  health: (id) => ['health', `/account/event-log?eventID=${id}`],
}

function clusterPage(event: Record<string, unknown>): [string, string] | undefined {
  const cluster = firstText(recordOf(event.detail).clusterId)
  return cluster === '' ? undefined : ['emr', `/clusterDetails/${encodeURIComponent(cluster.toWellFormed())}`]
}
