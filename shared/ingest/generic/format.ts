import * as z from 'zod'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import { type Expression, type Mapping, mapping } from './mapping.ts'
import { at, valueAt } from './read.ts'

const body = z.union([z.looseObject({}), z.array(z.looseObject({})).min(1)], {
  error: 'should be an object, or a list of objects',
})
type Body = z.infer<typeof body>

/** The names that senders have for these fields, where no mapping says otherwise. */
const usual: Mapping = {
  action: ['action', 'event_action', 'status', 'state'],
  dedupKey: ['dedupKey', 'dedup_key', 'id', 'key', 'alias', 'fingerprint'],
  summary: ['summary', 'title', 'subject', 'message', 'msg', 'name', 'text'],
  source: ['source', 'host', 'hostname', 'instance', 'service'],
  severity: ['severity', 'level', 'priority'],
  at: ['at', 'timestamp', 'time', 'ts'],
  component: 'component',
  group: 'group',
  class: 'class',
  runbook: ['runbook', 'runbook_url'],
  links: [{ href: ['url', 'link', 'href'] }],
}

/** What says that something is over, and that somebody has it. */
const overWords = new Set([
  'resolve',
  'resolved',
  'ok',
  'up',
  'recovered',
  'recovery',
  'closed',
  'normal',
  'success',
  '0',
  'false',
])
const ackWords = new Set(['acknowledge', 'acknowledged', 'ack'])

/** JSON of any shape, by a mapping or by the names that fields usually have. Our own alerts are understood as they are. */
export const generic: Format<Body> = {
  format: 'generic',
  title: { en: 'Any JSON', zh: '任意 JSON' },
  routes: ['/events/{key}', '/events'],
  methods: ['POST', 'PUT'],
  encodings: ['form'],
  options: {
    schema: mapping,
    summary: {
      en: 'How to read JSON of any shape: paths, templates, and the values of states.',
      zh: '如何读取任意形状的 JSON：路径、模板和状态的取值。',
    },
  },
  schema: body,
  matches: (value) => isRecord(value) || (Array.isArray(value) && value.length > 0 && value.every(isRecord)),
  toAlerts(all, { options }) {
    const map = options === undefined ? usual : mapping.parse(options)
    const items = map.each === undefined ? [all].flat() : listOf(at(all, map.each)).map(recordOf)
    return items.map((item) => draftOf(item, map))
  },
  answers: plainAnswers({ taken: 202, busy: 503 }),
  samples: ['generic-alert'],
  setup: {
    en: `\`POST {url}/events/{key}\` with JSON. Without a mapping the usual names of fields are understood (\`summary\`, \`title\`, \`status\`,
\`severity\`, \`level\`, \`id\`, \`dedup_key\`, \`host\`, \`source\`, \`url\`, \`timestamp\` …), and \`ok\`, \`resolved\`, \`up\` end what the same key began.

\`\`\`sh
curl -fsS -H 'Content-Type: application/json' {url}/events/{key} \\
  -d '{"summary":"disk full","id":"db-1/disk","severity":"error","host":"db-1"}'
\`\`\`

A mapping reads anything else; a path, a text with \`{paths}\`, or a list of which the first that is there is taken:

\`\`\`yaml
projects:
  pay:
    inbound:
      generic:
        action: { path: state, trigger: [firing, 1], resolve: [ok, 0] }
        dedupKey: [id, '{object.region}/{object.name}/{title}']
        summary: title
        severity: { path: level, map: { P1: critical, P2: error }, default: warning }
\`\`\``,
    zh: `向 \`{url}/events/{key}\` POST JSON。没有映射时按常见的字段名理解（\`summary\`、\`title\`、\`status\`、\`severity\`、\`level\`、\`id\`、
\`dedup_key\`、\`host\`、\`source\`、\`url\`、\`timestamp\` 等），\`ok\`、\`resolved\`、\`up\` 表示同一个键的恢复。

\`\`\`sh
curl -fsS -H 'Content-Type: application/json' {url}/events/{key} \\
  -d '{"summary":"disk full","id":"db-1/disk","severity":"error","host":"db-1"}'
\`\`\`

其他格式用映射读取：写路径、带 \`{路径}\` 的文字，或一个列表（取第一个有值的）：

\`\`\`yaml
projects:
  pay:
    inbound:
      generic:
        action: { path: state, trigger: [firing, 1], resolve: [ok, 0] }
        dedupKey: [id, '{object.region}/{object.name}/{title}']
        summary: title
        severity: { path: level, map: { P1: critical, P2: error }, default: warning }
\`\`\``,
  },
  example: {
    body: { id: 'fenghuo-test', summary: 'Test of the way in', severity: 'info' },
    resolved: { id: 'fenghuo-test', summary: 'Test of the way in', status: 'resolved' },
  },
}

function draftOf(item: Record<string, unknown>, map: Mapping): Draft {
  const value = (expression: Expression | undefined) => valueAt(item, expression)
  return {
    action: actionOf(item, map.action),
    dedupKey: value(map.dedupKey),
    summary: firstText(value(map.summary)) || JSON.stringify(Object.keys(item).slice(0, 20)),
    source: value(map.source),
    severity: severityIn(item, map.severity),
    at: value(map.at),
    component: value(map.component),
    group: value(map.group),
    class: value(map.class),
    runbook: value(map.runbook),
    labels: map.labels
      ? Object.fromEntries(Object.entries(map.labels).map(([name, path]) => [name, value(path)]))
      : item.labels,
    links: [
      ...listOf(item.links),
      ...(map.links ?? []).map(({ href, text }) => ({ href: value(href), text: value(text) })),
    ],
    details: isRecord(item.details) ? item.details : item,
  }
}

function actionOf(item: Record<string, unknown>, action: Mapping['action']): Draft['action'] {
  if (action === undefined) return 'trigger'
  if (typeof action === 'string' || Array.isArray(action)) {
    const word = textOf(valueAt(item, action)).trim().toLowerCase()
    return overWords.has(word) ? 'resolve' : ackWords.has(word) ? 'acknowledge' : 'trigger'
  }
  const given = valueAt(item, action.path)
  const isAmong = (values: unknown[] = []) => values.some((one) => one === given || textOf(one) === textOf(given))
  return isAmong(action.resolve) ? 'resolve' : isAmong(action.acknowledge) ? 'acknowledge' : 'trigger'
}

function severityIn(item: Record<string, unknown>, severity: Mapping['severity']): unknown {
  if (severity === undefined || typeof severity === 'string' || Array.isArray(severity)) return valueAt(item, severity)
  const given = textOf(valueAt(item, severity.path))
  return (Object.hasOwn(severity.map ?? {}, given) ? severity.map?.[given] : undefined) ?? severity.default ?? given
}
