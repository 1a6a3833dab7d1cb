import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { ownProperty } from '../../contracts/own-property.ts'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, textOf } from '../text.ts'
import { timeOf } from '../times.ts'
import type { Options } from './options.ts'

/** The callback of Tencent Cloud Observability (its documentation, "Receiving alarm notifications through callback API"). */
const callback = z.looseObject({}, { error: 'should be an object' }).check(
  z.refine(({ alarmStatus, alarmPolicyInfo }) => textOf(alarmStatus) !== '' || isRecord(alarmPolicyInfo), {
    path: ['alarmStatus'],
    error: 'is missing (1 for an alarm, 0 for its end), and so is alarmPolicyInfo',
  }),
)
type Callback = z.infer<typeof callback>

/** Their times have no zone; unconfirmed, but all that was ever seen is Beijing's. */
const ZONE = '+08:00'

/** The levels of graded policies, as `alertId` ends with them. */
const levels: Record<string, string> = { Serious: 'critical', Warn: 'error', Remind: 'warning' }

const plain = plainAnswers({ taken: 200, busy: 503 })

/** Tencent Cloud's alarms, of metrics and of events. */
export const tencent: Format<Callback> = {
  format: 'tencent',
  routes: ['/tencent/{key}', '/tencent'],
  schema: callback,
  matches: (body) => isRecord(body) && 'alarmStatus' in body && 'alarmPolicyInfo' in body,
  toAlerts: (body, { options }) => draftsOf(body, (options as Options | undefined)?.outcomes ?? {}),
  // Older pages of theirs want this, and the session back; it does no harm.
  answers: {
    ...plain,
    taken: (taken) => ({ status: 200, body: { ...Object(plain.taken(taken).body), retCode: 0 } }),
  },
  echo: (body) => ({ sessionId: textOf(recordOf(body).sessionId) }),
}

/** What becomes of events unless the configuration says otherwise: nothing ends these (its documentation, "CVM events": no status). */
const usual: NonNullable<Options['outcomes']> = { guest_reboot: 'notice', guest_oom: 'notice' }

function draftsOf(body: Callback, configured: NonNullable<Options['outcomes']>): Draft[] {
  const draft = draftOf(body)
  const event = firstText(recordOf(recordOf(body.alarmPolicyInfo).conditions).eventName)
  const outcome = ownProperty(configured, event) ?? ownProperty(usual, event)
  if (outcome === 'nothing') return []
  if (outcome === undefined || draft.action === 'resolve') return [draft]
  if (outcome !== 'notice') return [{ ...draft, severity: outcome }]
  // The next one of the same machine is news: each has begun at a time of its own.
  return [{ ...draft, dedupKey: `${textOf(draft.dedupKey)}/${textOf(body.firstOccurTime)}`, once: true }]
}

function draftOf(body: Callback): Draft {
  const object = recordOf(body.alarmObjInfo)
  const dimensions = recordOf(object.dimensions)
  const policy = recordOf(body.alarmPolicyInfo)
  const conditions = recordOf(policy.conditions)
  const isOver = textOf(body.alarmStatus) === '0'
  const thing = firstText(dimensions.objId, dimensions.unInstanceId) || digestOf(dimensions)
  const name = firstText(dimensions.objName, dimensions.deviceName, dimensions.unInstanceId, dimensions.objId)
  const what = firstText(conditions.metricName, conditions.eventName)
  const extra = listOf(body.additionalMsg)
    .map(recordOf)
    .map(({ key, value }): [string, string] => [textOf(key), textOf(value)])
  return {
    action: isOver ? 'resolve' : 'trigger',
    // A session is that of one message: whether its end has the same is unconfirmed.
    dedupKey: `tencent/${firstText(policy.policyId, policy.policyName)}/${thing}/${what}`,
    summary: summaryOf(policy, conditions, name),
    source: name,
    severity: levels[/_([A-Za-z]+)$/.exec(textOf(body.alertId))?.[1] ?? ''] ?? severityOf(body.severity),
    at: timeOf(isOver ? body.recoverTime : body.firstOccurTime, ZONE) ?? timeOf(body.firstOccurTime, ZONE),
    labels: { region: object.region, namespace: object.namespace, ...dimensions },
    component: firstText(conditions.productShowName, policy.policyTypeCName, policy.policyTypeEname),
    details: { ...conditions, ...Object.fromEntries(extra), durationTime: body.durationTime },
  }
}

function summaryOf(policy: Record<string, unknown>, conditions: Record<string, unknown>, name: string): string {
  const { metricShowName, metricName, eventShowName, eventName, currentValue, unit, calcType, calcValue } = conditions
  const what = firstText(metricShowName, metricName, eventShowName, eventName)
  const value = [textOf(currentValue), textOf(unit)].join('')
  const limit = [textOf(calcType), textOf(calcValue)].filter(Boolean).join(' ')
  const told = [name, what, value, limit && `(${limit})`].filter(Boolean).join(' ')
  return [firstText(policy.policyName), told].filter(Boolean).join(': ')
}

/** Of what has no id: the same for the same dimensions in any order. */
function digestOf(dimensions: Record<string, unknown>): string {
  const sorted = Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = sorted.map(([name, value]) => `${name}=${textOf(value)}`).join('&')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
