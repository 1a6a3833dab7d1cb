import * as z from 'zod/mini'
import { jsonIn } from '../../contracts/json-in.ts'
import { draftsOf } from '../alertmanager/format.ts'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'

/** What is absent comes as the text `null`. */
const given = (value: unknown) => (textOf(value) === 'null' ? '' : firstText(value))

/** The callback of CloudMonitor for thresholds, a form, and its push of system events, JSON (Alibaba Cloud documentation). */
const callback = z.looseObject({}, { error: 'should be the fields of an alert' }).check(
  z.refine((body) => alertsIn(body).length > 0 || named.some((field) => given(body[field]) !== ''), {
    path: ['alertState'],
    error: 'is missing, and there is no name of a rule or of a system event',
  }),
)
type Callback = z.infer<typeof callback>

const named = ['alertState', 'alertName', 'ruleId', 'name']

/** What ARMS and CloudMonitor 2.0 make of a webhook's template `$alertmanager_content`. */
function alertsIn({ alerts }: Record<string, unknown>): unknown[] {
  return listOf(alerts).filter(isRecord)
}

/** What people who look into an alert are shown as it came. */
const shown = [
  ...['metricName', 'rawMetricName', 'curValue', 'unit', 'expression', 'lastTime', 'triggerLevel', 'preTriggerLevel'],
  ...['alertState', 'ruleId', 'groupId', 'transId', 'userId', 'metricProject', 'regionName'],
]

const levels: Record<string, string> = { CRITICAL: 'critical', WARN: 'warning', INFO: 'info' }

/** Alibaba Cloud's CloudMonitor. */
export const aliyun: Format<Callback> = {
  format: 'aliyun',
  routes: ['/aliyun/{key}', '/aliyun'],
  encodings: ['form'],
  list: 'alerts',
  schema: callback,
  matches: (body) => isRecord(body) && ('alertState' in body || ('resourceId' in body && 'product' in body)),
  toAlerts(body, { before }) {
    if (alertsIn(body).length > 0)
      return draftsOf({ ...body, alerts: listOf(body.alerts) }, before, (alert) => `am/${alert}`)
    return [given(body.alertState) === '' && given(body.name) !== '' ? ofEvent(body) : ofThreshold(body)]
  },
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

function ofThreshold(body: Callback): Draft {
  const field = (name: string) => given(body[name])
  const dimensions = dimensionsOf(body.dimensions)
  const { userId: _, ...told } = dimensions
  const key = Object.entries(told)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
  const thing = firstText(field('instanceName'), told.instanceId, key.join(', '))
  const value = [field('curValue'), field('unit')].join('')
  return {
    action: field('alertState') === 'OK' ? 'resolve' : 'trigger',
    dedupKey: `cms/${firstText(field('ruleId'), field('alertName'))}/${key.join(',')}`,
    summary: [
      field('alertName'),
      [thing, field('metricName'), value, field('expression') && `(${field('expression')})`].filter(Boolean).join(' '),
    ]
      .filter(Boolean)
      .join(': '),
    source: thing,
    severity: levels[field('triggerLevel')],
    at: field('timestamp'),
    labels: {
      ...told,
      region: field('regionId'),
      namespace: field('namespace'),
      application: field('productGroupName'),
    },
    component: field('namespace'),
    details: Object.fromEntries(shown.map((name) => [name, field(name)]).filter(([, text]) => text !== '')),
  }
}

/** `{userId=12, instanceId=i-1}`, or a list or an object in JSON as older pages have it. */
function dimensionsOf(value: unknown): Record<string, string> {
  const text = textOf(value).trim()
  const isJson = text.startsWith('[') || text.startsWith('{"')
  const read = isJson ? jsonOf(text) : undefined
  if (read !== undefined) return Object.fromEntries(Object.entries(read).map(([name, one]) => [name, textOf(one)]))
  const pairs = text.replace(/^\{|\}$/g, '').split(',')
  const split = pairs.map((pair) => [pair.indexOf('='), pair] as const).filter(([equals]) => equals > 0)
  return Object.fromEntries(
    split.map(([equals, pair]) => [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]),
  )
}

function jsonOf(text: string): Record<string, unknown> | undefined {
  const value = jsonIn(text)
  if (value === undefined) return undefined
  return Array.isArray(value) ? Object.assign({}, ...value.map(recordOf)) : recordOf(value)
}

/** What an event is over with: `…:Executed` ends `…:Executing` of the same thing; what was avoided or canceled is over, too. */
const over = new Set(['Executed', 'Normal', 'Recovered', 'Finished', 'Avoided', 'Canceled'])

/** What something is to follow on. */
const goesOn = new Set(['Executing', 'Scheduled', 'Inquiring', 'Failed'])

function ofEvent(body: Callback): Draft {
  const field = (name: string) => given(body[name])
  const content = recordOf(body.content)
  const name = field('name')
  const parts = name.split(':')
  const last = parts.at(-1) ?? ''
  const told = [last, field('status')]
  const isOver = told.some((word) => over.has(word))
  const isOngoing = told.some((word) => goesOn.has(word)) || field('level') === 'CRITICAL'
  const about = over.has(last) || goesOn.has(last) || last === field('status') ? parts.slice(0, -1).join(':') : name
  const key = `cms-event/${firstText(content.eventId, field('resourceId'))}/${about}`
  const once = { once: true, dedupKey: field('id') && `${key}/${field('id')}` }
  return {
    action: isOver ? 'resolve' : 'trigger',
    ...(isOver || isOngoing ? { dedupKey: key } : once),
    summary: [firstText(field('instanceName'), field('resourceId')), name, given(content.reason)]
      .filter(Boolean)
      .join(' '),
    source: firstText(field('instanceName'), field('resourceId')),
    severity: levels[field('level')],
    at: isOver
      ? firstText(content.executeFinishTime, content.endTime, content.publishTime)
      : firstText(content.executeStartTime, content.startTime, content.publishTime, content.eventTime),
    labels: { product: field('product'), region: field('regionId') },
    component: field('product'),
    details: { ...content, name, status: field('status') },
  }
}
