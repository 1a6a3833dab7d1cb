import type * as z from 'zod/mini'
import { fingerprintOf, labelled } from '../alertmanager/labelled.ts'
import { plainAnswers } from '../answers.ts'
import type { Format } from '../format.ts'
import { alertList, readable } from '../list.ts'
import { isRecord } from '../plain.ts'
import { timeOf } from '../times.ts'
import type { Options } from './options.ts'

type List = z.infer<typeof alertList>

/** What Prometheus, vmalert, Loki and Mimir post to an Alertmanager (its OpenAPI specification, `POST /api/v2/alerts`). */
export const prometheus: Format<List> = {
  format: 'prometheus',
  routes: ['/prometheus/{key}/api/v2/alerts', '/prometheus/api/v2/alerts', '/api/v2/alerts'],
  schema: alertList,
  matches: (body) => Array.isArray(body) && body.some((one) => isRecord(one) && 'labels' in one),
  toAlerts(list, { receivedAt, options: given, before }) {
    const { whenSilent } = (given ?? {}) as Options
    const { alerts, notes } = readable(list, before)
    return alerts.map((alert, index) => {
      // An end that lies ahead only says until when the sender means to be believed.
      const endsAt = timeOf(alert.endsAt)
      const isOver = endsAt !== undefined && endsAt <= receivedAt
      return {
        ...labelled(alert),
        action: isOver ? 'resolve' : 'trigger',
        dedupKey: `prom/${fingerprintOf(alert)}`,
        at: isOver ? endsAt : alert.startsAt,
        until: isOver ? undefined : endsAt,
        endsUnrenewed: endsAt !== undefined && !isOver && whenSilent === 'resolve',
        notes: index === 0 ? notes : [],
      }
    })
  },
  // Older vmalerts take nothing but 200 for success.
  answers: plainAnswers({ taken: 200, busy: 503 }),
}
