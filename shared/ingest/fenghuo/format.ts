import * as z from 'zod'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord, listOf } from '../plain.ts'
import { firstText } from '../text.ts'
import { readAlert } from './read.ts'

/** A message of alerts as the events queue has it, or one alert alone. */
const message = z
  .looseObject({}, { error: 'should be an alert, or a message of alerts' })
  .refine((body: Record<string, unknown>) => alertsIn(body).length > 0, { path: ['alerts'], error: 'has no alert' })
type Message = Record<string, unknown>

/** Our own alerts, as senders put them on the events queue; by HTTP for whoever can't reach a queue. */
export const fenghuo: Format<Message> = {
  format: 'fenghuo',
  title: { en: 'Our own alerts', zh: '烽火自己的告警格式' },
  routes: ['/alerts/{key}', '/alerts'],
  schema: message,
  matches: (body) => isRecord(body) && (body.kind === 'alerts' || ('action' in body && 'dedupKey' in body)),
  projectOf: (body) => firstText(...alertsIn(body).map(({ project }) => project)),
  toAlerts: (body, { project }) => alertsIn(body).map((written) => draftOf(written, project.name)),
  answers: plainAnswers({ taken: 202, busy: 503 }),
  samples: ['fenghuo-alerts'],
  setup: {
    en: `What stands on the events queue itself: whoever has AWS keys puts it there (see [Direct to the queue](#direct-to-the-queue)), and whoever
has none posts it to \`{url}/alerts/{key}\`, alone or many in \`alerts\`. Over HTTP the project is that of the key.

\`\`\`json
{ "action": "trigger", "dedupKey": "db/disk", "summary": "disk is full", "severity": "error", "source": "db-1" }
\`\`\`

\`action\` is trigger, acknowledge or resolve. \`severity\` is critical, error, warning or info. \`once: true\`: it has happened and does not go
on, and the chat is told once. Optional are \`at\` and \`since\` (UTC ms, or ISO 8601 such as \`2026-11-28T02:13:00Z\`), \`title\` (what a phone says), \`labels\`, \`component\`, \`group\`, \`class\`,
\`details\`, \`links\` (\`href\`, \`text\`), \`runbook\`, and \`until\` (UTC ms) of who repeats it before then.`,
    zh: `事件队列上的格式：有 AWS 密钥的直接放进队列（见[直接写入队列](#直接写入队列)），没有的发到 \`{url}/alerts/{key}\`，单个或放在
\`alerts\` 里一次多个。经 HTTP 时项目以密钥为准。

\`\`\`json
{ "action": "trigger", "dedupKey": "db/disk", "summary": "磁盘已满", "severity": "error", "source": "db-1" }
\`\`\`

\`action\` 为 trigger、acknowledge 或 resolve，\`severity\` 为 critical、error、warning 或 info。\`once: true\` 表示已发生且不持续，群内只通知一次。
可选：\`at\`、\`since\`（UTC 毫秒，或 \`2026-11-28T02:13:00Z\` 这样的 ISO 8601）、\`title\`（电话里念的）、\`labels\`、\`component\`、\`group\`、\`class\`、\`details\`、\`links\`（\`href\`、\`text\`）、
\`runbook\`，以及会在此前重复发送者的 \`until\`（UTC 毫秒）。`,
  },
  example: { body: exampleOf('trigger'), resolved: exampleOf('resolve') },
}

function exampleOf(action: string) {
  return { action, dedupKey: 'fenghuo-test', summary: 'Test of the way in', severity: 'info', source: 'fenghuo' }
}

function alertsIn(body: Message): Record<string, unknown>[] {
  if (!('alerts' in body)) return 'action' in body || 'summary' in body ? [body] : []
  return listOf(body.alerts).filter((one) => isRecord(one))
}

/** What only our own probes say of an alert is not taken from anybody else. One that can't be read is mended as a stranger's would be. */
function draftOf(written: Record<string, unknown>, project: string): Draft {
  const read = readAlert({ ...written, project })
  if ('refused' in read) return { ...strangers(written), action: 'trigger' }
  const { project: _, sightings: __, flapping: ___, notes: ____, ...draft } = read.value
  const { unusable: fields } = read
  return { ...draft, notes: fields.length > 0 ? [{ code: 'fields-unreadable', args: { fields } }] : [] }
}

function strangers({ dedupKey, summary, source, severity, details }: Record<string, unknown>): Omit<Draft, 'action'> {
  return { dedupKey, summary, source, severity, details }
}
