import type { Context, Draft } from '../format.ts'
import { recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import { alarmInEvent, draftOfAlarm } from './alarm.ts'
import { outcomeOf, outcomes } from './outcomes.ts'
import { type Told, toldBy } from './things.ts'
import { states, things } from './words.ts'

/** What becomes of an event of EventBridge: an alert, its end, or nothing. What nobody foresaw is shown as it is. */
export function draftsOfEvent(event: Record<string, unknown>, { project, options }: Context): Draft[] {
  const alarm = alarmInEvent(event)
  if (alarm !== undefined) return [draftOfAlarm(alarm)]
  const told = toldBy(event)
  if (told === undefined) return [unforeseen(event)]
  const outcome = outcomeOf(told, outcomes.optional().parse(recordOf(options).outcomes))
  if (outcome === 'nothing') return []
  const { account, region, time } = event
  return [
    {
      action: outcome === 'over' ? 'resolve' : 'trigger',
      dedupKey: `aws/${textOf(account)}/${textOf(region)}/${told.thing}/${told.id}`,
      summary: sentence(told, project.language),
      source: told.name || told.id,
      severity: outcome === 'over' ? undefined : outcome,
      at: time,
      labels: { account, region, id: told.id, state: told.state },
      component: things[told.thing].en,
      details: recordOf(event.detail),
      links: linksOf(told, event),
    },
  ]
}

/** `EMR cluster nightly (j-1) has terminated with errors: STEP_FAILURE: …` */
function sentence({ thing, id, name, state, why }: Told, language: 'zh' | 'en'): string {
  const what = things[thing][language]
  const how = states[state]?.[language] ?? state
  if (language === 'zh') return `${what} ${name ? `${name}（${id}）` : id} ${how}${why ? `：${why}` : ''}`
  return `${what} ${name ? `${name} (${id})` : id} ${how}${why ? `: ${why}` : ''}`
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
    source: firstText(source, 'AWS'),
    severity: 'warning',
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
      ? `/emr/home?region=${region}#/clusterDetails/${encodeURIComponent(cluster)}`
      : thing === 'ec2' || thing === 'ec2-spot'
        ? `/ec2/home?region=${region}#InstanceDetails:instanceId=${encodeURIComponent(id)}`
        : undefined
  return page === undefined ? [] : [{ href: `${base}${page}`, text: 'AWS' }]
}
