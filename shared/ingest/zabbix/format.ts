import * as z from 'zod'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { webUrlOf } from '../links.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, jsonIn, textOf } from '../text.ts'

/** A macro that Zabbix could not resolve stays as its name, or as `*UNKNOWN*`. */
function resolved(value: unknown): string {
  const text = textOf(value).trim()
  return text === '*UNKNOWN*' || /^\{[$A-Z#].*\}$/.test(text) ? '' : text
}

/** What our media type sends: macros, all of them texts (Zabbix documentation, "Supported macros"). */
const event = z.looseObject(
  {
    event_id: z.preprocess(
      resolved,
      z.string().min(1, 'is missing: {EVENT.ID} is what the end of a problem is known by'),
    ),
  },
  { error: 'should be the parameters of the media type' },
)
type Event = z.infer<typeof event>

/** {EVENT.NSEVERITY}, from not classified to disaster. */
const severities = ['info', 'info', 'warning', 'warning', 'error', 'critical']

/** Zabbix, by a media type of the kind webhook. */
export const zabbix: Format<Event> = {
  format: 'zabbix',
  title: { en: 'Zabbix', zh: 'Zabbix' },
  routes: ['/zabbix/{key}', '/zabbix'],
  schema: event,
  matches: (body) => isRecord(body) && 'event_id' in body && 'event_value' in body,
  toAlerts: draftsOf,
  answers: plainAnswers({ taken: 200, busy: 503 }),
  samples: ['zabbix-problem', 'zabbix-recovery'],
  setup: {
    en: `Import [zabbix-media-type.yaml](zabbix-media-type.yaml) (*Alerts* → *Media types* → *Import*; Zabbix 6.0 or newer), set the global macro
\`{$FENGHUO.URL}\` to \`{url}/zabbix/{key}\` and \`{$ZABBIX.URL}\` to your Zabbix, give a user this medium, and let an action send it
problems, recoveries and updates. What it acknowledges there is acknowledged here; it tries three times, 10 s apart.`,
    zh: `导入 [zabbix-media-type.yaml](zabbix-media-type.yaml)（*告警* → *媒介类型* → *导入*，Zabbix 6.0 或更新），把全局宏 \`{$FENGHUO.URL}\` 设为
\`{url}/zabbix/{key}\`，\`{$ZABBIX.URL}\` 设为你的 Zabbix，给一个用户配上此媒介，并让动作发送问题、恢复和更新。在那边确认即在这边认领；
失败重试 3 次、间隔 10 秒。`,
  },
  example: {
    body: {
      event_id: 'fenghuo-test',
      event_value: '1',
      event_update: '0',
      event_name: 'Test of the way in',
      event_nseverity: '1',
    },
    resolved: { event_id: 'fenghuo-test', event_value: '0', event_update: '0', event_name: 'Test of the way in' },
  },
}

function draftsOf(body: Event): Draft[] {
  const field = (name: string) => resolved(body[name])
  const isUpdate = field('event_update') === '1'
  const isOver = field('event_value') === '0'
  // An update that acknowledges nothing, such as a comment, is none of ours.
  if (isUpdate && !isOver && field('event_ack') !== 'Yes') return []
  const url = webUrlOf(field('zabbix_url')) ?? ''
  const base = url.endsWith('/') ? url.slice(0, -1) : url
  const severity = severities[Number(field('event_nseverity') || Number.NaN)]
  return [
    {
      action: isOver ? 'resolve' : isUpdate ? 'acknowledge' : 'trigger',
      dedupKey: `zabbix/${body.event_id}`,
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
        { href: `${base}/tr_events.php?triggerid=${field('trigger_id')}&eventid=${body.event_id}`, text: 'event' },
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
