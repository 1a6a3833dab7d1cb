import * as z from 'zod/mini'
import type { Format } from '../format.ts'
import { NO_EVENT } from '../pagerduty/event.ts'
import { answers, LIMIT_BYTES } from '../pagerduty/format.ts'
import { isRecord, recordOf } from '../plain.ts'
import { firstText } from '../text.ts'

/** A change event (PagerDuty developer documentation, "Send a Change Event"). */
const event = z.looseObject({}, { error: NO_EVENT }).check(
  z.refine(({ payload }) => firstText(recordOf(payload).summary) !== '', {
    path: ['payload', 'summary'],
    error: "'payload.summary' is missing or blank",
  }),
)
type Event = z.infer<typeof event>

/** Change events say that somebody deployed: they are taken, so that the sender goes on, and page nobody. */
export const pagerdutyChange: Format<Event> = {
  format: 'pagerduty-change',
  routes: ['/v2/change/enqueue'],
  keyOf: (body) => recordOf(body).routing_key,
  limitBytes: LIMIT_BYTES,
  schema: event,
  matches: (body) => isRecord(body) && 'routing_key' in body && !('event_action' in body),
  toAlerts: () => [],
  answers: {
    ...answers,
    taken: () => ({ status: 202, body: { status: 'success', message: 'Change event processed' } }),
  },
}
