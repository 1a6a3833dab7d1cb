import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { draftsOfList, recordsAmong } from '../list.ts'
import { isRecord, listOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'
import type { Expression, Mapping } from './mapping.ts'
import { at, valueAt } from './read.ts'

const NO_OBJECT = 'should be an object, or a list of objects'

const body = z.union([z.looseObject({}), recordsAmong(NO_OBJECT)], { error: NO_OBJECT })
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
  'clear',
  'cleared',
  'healthy',
  '恢复',
  '已恢复',
  '正常',
  '已解决',
])
const ackWords = new Set(['acknowledge', 'acknowledged', 'ack'])

/** JSON of any shape, by a mapping or by the names that fields usually have. Our own alerts are understood as they are. */
export const generic: Format<Body> = {
  format: 'generic',
  routes: ['/events/{key}', '/events'],
  methods: ['POST', 'PUT'],
  encodings: ['form'],
  schema: body,
  matches: (value) => isRecord(value) || (Array.isArray(value) && value.length > 0 && value.every(isRecord)),
  toAlerts(all, { options, before }) {
    const map = (options as Mapping | undefined) ?? usual
    const draftsIn = (body: Body, more: Partial<Draft> = {}) =>
      draftsOfList(body, before, (item) => ({ ...draftOf(item, map), ...more }))
    if (map.each === undefined) return draftsIn(all)
    const list = at(all, map.each)
    if (Array.isArray(list) ? list.length === 0 || list.some(isRecord) : isRecord(list)) return draftsIn(list as Body)
    // The list is elsewhere: what nobody can read as it was meant is told as it is.
    return draftsIn(all, { notes: [{ code: 'alerts-unreadable', args: { count: 1, first: map.each } }] })
  },
  answers: plainAnswers({ taken: 202, busy: 503 }),
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
