import * as z from 'zod/mini'
import type { AlertNote } from '../../contracts/alert-note.ts'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { alertList, readable } from '../list.ts'
import { isRecord, recordOf } from '../plain.ts'
import { firstText } from '../text.ts'
import { timeOf } from '../times.ts'
import { fingerprintOf, labelled } from './labelled.ts'

/**
 * The webhook of Alertmanager (its documentation, "Webhook receiver"). Of what is around the list nothing is required: Alibaba's ARMS
 * sends the same alerts with less around them.
 */
export const webhook = z.looseObject({ alerts: alertList }, { error: 'should be an object with a list of alerts' })
export type Webhook = z.infer<typeof webhook>

/** Alertmanager's webhook, version 4, and what fills its template. */
export const alertmanager: Format<Webhook> = {
  format: 'alertmanager',
  routes: ['/alertmanager/{key}', '/alertmanager'],
  list: 'alerts',
  schema: webhook,
  matches: (body) => isRecord(body) && Array.isArray(body.alerts) && !('orgId' in body),
  toAlerts: (body, { before }) => draftsOf(body, before, (alert) => `am/${alert}`),
  // Of a 4xx it makes no further attempt before the next flush, and after a 5xx it tries again at once.
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

/** Each alert by its own status: a group holds firing and resolved ones. `before`: so many were in earlier parts of the body. */
export function draftsOf(
  body: Webhook,
  before: number | undefined,
  keyOf: (fingerprint: string) => string,
  more: (alert: Record<string, unknown>, draft: Draft) => Draft = (_, draft) => draft,
): Draft[] {
  const { alerts, notes } = readable(body.alerts, before)
  const ofGroup = [...(before ? [] : truncated(body.truncatedAlerts)), ...notes]
  const told = notificationOf(body)
  return alerts.map((alert, index) => {
    const isOver = alert.status === 'resolved'
    const draft = labelled(alert, body.externalURL)
    return more(alert, {
      ...draft,
      ...(told && { details: { ...recordOf(draft.details), ...told } }),
      action: isOver ? 'resolve' : 'trigger',
      dedupKey: keyOf(fingerprintOf(alert)),
      at: isOver ? (timeOf(alert.endsAt) ?? alert.startsAt) : alert.startsAt,
      group: body.groupKey,
      notes: index === 0 ? ofGroup : [],
    })
  })
}

/** Why it was sent, since Alertmanager 0.32, and by a route with which labels, since 0.34; undefined for neither. */
function notificationOf({ notification_reason: reason, routeLabels }: Webhook): Record<string, unknown> | undefined {
  const told = {
    ...(firstText(reason) !== '' && { notification_reason: reason }),
    ...(Object.keys(recordOf(routeLabels)).length > 0 && { routeLabels }),
  }
  return Object.keys(told).length > 0 ? told : undefined
}

/** What `max_alerts` has cut off, firing or resolved: the first incident tells of it. */
function truncated(count: unknown): AlertNote[] {
  return typeof count === 'number' && count > 0 ? [{ code: 'alerts-truncated', args: { count } }] : []
}
