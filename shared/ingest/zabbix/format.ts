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
    en: `A media type of the kind *Webhook* with this script, three attempts 10 s apart, and these parameters: \`url\` is
\`{url}/zabbix/{key}\`, \`event_source\` {EVENT.SOURCE}, \`event_value\` {EVENT.VALUE}, \`event_update\` {EVENT.UPDATE.STATUS}, \`event_id\`
{EVENT.ID}, \`event_name\` {EVENT.NAME}, \`event_nseverity\` {EVENT.NSEVERITY}, \`event_tags\` {EVENT.TAGSJSON}, \`event_opdata\`
{EVENT.OPDATA}, \`event_ack\` {EVENT.ACK.STATUS}, \`host_name\` {HOST.NAME}, \`host_ip\` {HOST.IP}, \`trigger_id\` {TRIGGER.ID},
\`trigger_description\` {TRIGGER.DESCRIPTION}, \`trigger_url\` {TRIGGER.URL}, \`zabbix_url\` {$ZABBIX.URL}.

\`\`\`js
var request = new HttpRequest()
request.addHeader('Content-Type: application/json')
var answer = request.post(JSON.parse(value).url, value)
if (request.getStatus() !== 200) throw answer
return 'OK'
\`\`\``,
    zh: `新建 *Webhook* 类型的媒介，脚本如下，重试 3 次、间隔 10 秒，参数：\`url\` 为 \`{url}/zabbix/{key}\`，
\`event_source\` {EVENT.SOURCE}，\`event_value\` {EVENT.VALUE}，\`event_update\` {EVENT.UPDATE.STATUS}，\`event_id\` {EVENT.ID}，
\`event_name\` {EVENT.NAME}，\`event_nseverity\` {EVENT.NSEVERITY}，\`event_tags\` {EVENT.TAGSJSON}，\`event_opdata\` {EVENT.OPDATA}，
\`event_ack\` {EVENT.ACK.STATUS}，\`host_name\` {HOST.NAME}，\`host_ip\` {HOST.IP}，\`trigger_id\` {TRIGGER.ID}，
\`trigger_description\` {TRIGGER.DESCRIPTION}，\`trigger_url\` {TRIGGER.URL}，\`zabbix_url\` {$ZABBIX.URL}。

\`\`\`js
var request = new HttpRequest()
request.addHeader('Content-Type: application/json')
var answer = request.post(JSON.parse(value).url, value)
if (request.getStatus() !== 200) throw answer
return 'OK'
\`\`\``,
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
