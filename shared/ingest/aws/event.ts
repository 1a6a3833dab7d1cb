import type { Language } from '../../contracts/words.ts'
import type { Context, Draft, Memory } from '../format.ts'
import { isRecord, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import { alarmInEvent, draftOfAlarm } from './alarm.ts'
import { type Earlier, earlierOf, memoryOf, toldOfEarlier } from './earlier.ts'
import { clusterKey, type Outcome, outcomeOf, outcomes } from './outcomes.ts'
import { type Told, toldBy } from './things.ts'
import { states, things } from './words.ts'

/** Whether it is an event of EventBridge, or an alarm that CloudWatch hands over itself. */
export function isEvent(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && ('detail-type' in value || 'alarmData' in value)
}

/** What becomes of an event of EventBridge: an alert, its end, or nothing. What nobody foresaw is shown as it is. */
export function draftsOfEvent(event: Record<string, unknown>, { project, options, earlier }: Context): Draft[] {
  const alarm = alarmInEvent(event)
  if (alarm !== undefined) return [draftOfAlarm(alarm)]
  const told = toldBy(event)
  if (told === undefined) return [unforeseen(event)]
  const byName = told.thing === 'emr-cluster' && told.name !== '' && clusterKeyIn(options) === 'name'
  const outcome = byName ? outcomeByName(told, options) : outcomeIn(told, options)
  if (outcome === 'nothing') return []
  const { account, region, time } = event
  return [
    {
      action: outcome === 'over' ? 'resolve' : 'trigger',
      dedupKey: `aws/${textOf(account)}/${textOf(region)}/${told.thing}/${byName ? `name/${told.name}` : told.id}`,
      summary: sentence(told, earlierOf(told, event, earlier), project.language),
      source: placeOf(event),
      severity: outcome === 'over' ? undefined : outcome,
      at: time,
      labels: { account, region, id: told.id, state: told.state },
      component: things[told.thing].en,
      details: recordOf(event.detail),
      links: linksOf(told, event),
    },
  ]
}

/** What of an event later ones are to know; undefined: nothing. */
export function memoryOfEvent(event: Record<string, unknown>): Memory | undefined {
  const told = toldBy(event)
  return told === undefined ? undefined : memoryOf(told, event)
}

function outcomeIn(told: Told, options: unknown): Outcome {
  return outcomeOf(told, outcomes.optional().parse(recordOf(options).outcomes))
}

/** Clusters of one name are one thing: the next one’s start ends nothing that its predecessor has begun, its good end does. */
function outcomeByName(told: Told, options: unknown): Outcome {
  return told.state === 'RUNNING' ? 'nothing' : outcomeIn(told, options)
}

function clusterKeyIn(options: unknown) {
  return clusterKey.optional().parse(recordOf(options).clusterKey)
}

/** `EMR cluster nightly (j-1) has terminated with errors, was running, ran for 2 h 5 min: STEP_FAILURE: …` */
function sentence({ thing, id, name, state, why }: Told, earlier: Earlier, language: Language): string {
  const what = things[thing][language]
  const how = states[state]?.[language] ?? state
  const more = toldOfEarlier(earlier, language)
  if (language === 'zh')
    return `${what} ${name ? `${name}（${id}）` : id} ${[how, ...more].join('，')}${why ? `：${why}` : ''}`
  return `${what} ${name ? `${name} (${id})` : id} ${[how, ...more].join(', ')}${why ? `: ${why}` : ''}`
}

/** `AWS 123456789012 ap-southeast-1`. */
function placeOf({ account, region }: Record<string, unknown>): string {
  return ['AWS', account, region].map(textOf).filter(Boolean).join(' ')
}

function unforeseen(event: Record<string, unknown>): Draft {
  const { source, account, region, time, id } = event
  const type = textOf(event['detail-type'])
  const detail = recordOf(event.detail)
  const told = firstText(
    detail.message,
    detail.Message,
    detail.description,
    detail.status,
    detail.state,
    detail.eventName,
  )
  return {
    action: 'trigger',
    dedupKey: `aws/${textOf(account)}/${textOf(source)}/${textOf(id)}`,
    summary: [firstText(type, source), told].filter(Boolean).join(': '),
    source: placeOf(event),
    severity: firstText(detail.severity) || 'warning',
    at: time,
    labels: { account, region, source },
    component: source,
    details: detail,
  }
}

/** The console page of what it is about. */
function linksOf({ thing, id }: Told, event: Record<string, unknown>): { href: string; text: string }[] {
  const region = textOf(event.region)
  const base = `https://${region.startsWith('cn-') ? 'console.amazonaws.cn' : 'console.aws.amazon.com'}`
  const cluster = firstText(recordOf(event.detail).clusterId)
  const page =
    thing.startsWith('emr') && cluster !== ''
      ? `/emr/home?region=${region}#/clusterDetails/${encodeURIComponent(cluster.toWellFormed())}`
      : thing === 'ec2' || thing === 'ec2-spot'
        ? `/ec2/home?region=${region}#InstanceDetails:instanceId=${encodeURIComponent(id.toWellFormed())}`
        : undefined
  return page === undefined ? [] : [{ href: `${base}${page}`, text: 'AWS' }]
}
