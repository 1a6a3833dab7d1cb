import * as z from 'zod/mini'
import { jsonIn } from '../../contracts/json-in.ts'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { webUrlOf } from '../links.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'

/** A macro that Zabbix could not resolve stays as its name, or as `*UNKNOWN*`. */
function resolved(value: unknown): string {
  const text = textOf(value).trim()
  return text === '*UNKNOWN*' || /^\{[$A-Z#].*\}$/.test(text) ? '' : text
}

/** What our media type sends: macros, all of them texts (Zabbix documentation, "Supported macros"). */
const event = z.looseObject({}, { error: 'should be the parameters of the media type' }).check(
  z.refine(({ event_id, event_name }) => resolved(event_id) !== '' || resolved(event_name) !== '', {
    path: ['event_id'],
    error: 'is missing: {EVENT.ID} is what the end of a problem is known by',
  }),
)
type Event = z.infer<typeof event>

/** {EVENT.NSEVERITY}, from not classified to disaster. */
const severities = ['info', 'info', 'warning', 'warning', 'error', 'critical']

/** Zabbix, by a media type of the kind webhook. */
export const zabbix: Format<Event> = {
  format: 'zabbix',
  routes: ['/zabbix/{key}', '/zabbix'],
  schema: event,
  matches: (body) => isRecord(body) && 'event_id' in body && 'event_value' in body,
  toAlerts: draftsOf,
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

function draftsOf(body: Event): Draft[] {
  const field = (name: string) => resolved(body[name])
  const isUpdate = field('event_update') === '1'
  const isOver = field('event_value') === '0'
  // An update that acknowledges nothing, such as a comment, is none of ours.
  if (isUpdate && !isOver && field('event_ack') !== 'Yes') return []
  const url = webUrlOf(field('zabbix_url')) ?? ''
  const base = url.endsWith('/') ? url.slice(0, -1) : url
  const id = field('event_id')
  const severity = severities[Number(field('event_nseverity') || Number.NaN)]
  return [
    {
      action: isOver ? 'resolve' : isUpdate ? 'acknowledge' : 'trigger',
      // Without it the page has no end, and is a page all the same.
      dedupKey: id && `zabbix/${id}`,
      summary: firstText(field('event_name'), field('trigger_description')),
      source: firstText(field('host_name'), field('host_ip')),
      severity: severity ?? field('event_severity'),
      labels: tagsOf(field('event_tags')),
      details: Object.fromEntries(
        ['event_opdata', 'host_ip', 'trigger_description', 'event_date', 'event_time']
          .map((name) => [name, field(name)])
          .filter(([, text]) => text !== ''),
      ),
      links: [
        { href: `${base}/tr_events.php?triggerid=${field('trigger_id')}&eventid=${id}`, text: 'event' },
        { href: field('trigger_url'), text: 'trigger' },
      ].filter(({ href }) => /^https?:/.test(href)),
    },
  ]
}

/** {EVENT.TAGSJSON}: `[{"tag":"component","value":"cpu"}]`. */
function tagsOf(text: string): Record<string, unknown> {
  const tags = listOf(jsonIn(text)).map(recordOf)
  return Object.fromEntries(tags.map(({ tag, value }) => [textOf(tag), firstText(value) || 'yes']))
}
