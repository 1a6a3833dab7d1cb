import * as z from 'zod/mini'
import type { Format } from '../format.ts'
import { linksOf } from '../links.ts'
import { NO_EVENT } from '../pagerduty/event.ts'
import { answers, LIMIT_BYTES } from '../pagerduty/format.ts'
import { isRecord, recordOf } from '../plain.ts'
import { firstText, lineOf } from '../text.ts'
import { timeOf } from '../times.ts'

/** A change event (PagerDuty developer documentation, "Send a Change Event"). */
const event = z.looseObject({}, { error: NO_EVENT }).check(
  z.refine(({ payload }) => firstText(recordOf(payload).summary) !== '', {
    path: ['payload', 'summary'],
    error: "'payload.summary' is missing or blank",
  }),
)
type Event = z.infer<typeof event>

/** What is told of a change in a line. */
const SUMMARY_CHARACTERS = 300
const SOURCE_CHARACTERS = 200
const MOST_LINKS = 5

/** A sender's clock may be ahead of ours, and one that is years behind tells of nothing that happened now. */
const OLDEST_MS = 90 * 86_400_000

/** Change events say that somebody deployed: they are kept for who looks for a cause, and page nobody. */
export const pagerdutyChange: Format<Event> = {
  format: 'pagerduty-change',
  routes: ['/v2/change/enqueue'],
  keyOf: (body) => recordOf(body).routing_key,
  limitBytes: LIMIT_BYTES,
  schema: event,
  matches: (body) => isRecord(body) && 'routing_key' in body && !('event_action' in body),
  toAlerts: () => [],
  toChanges({ payload, links }, { receivedAt }) {
    const { summary, source, timestamp } = recordOf(payload)
    const said = timeOf(timestamp)
    const isLikely = said !== undefined && said <= receivedAt && said > receivedAt - OLDEST_MS
    const from = lineOf(source, SOURCE_CHARACTERS)
    return [
      {
        at: isLikely ? said : receivedAt,
        summary: lineOf(summary, SUMMARY_CHARACTERS),
        ...(from !== '' && { source: from }),
        links: linksOf(links).links.slice(0, MOST_LINKS),
      },
    ]
  },
  answers: {
    ...answers,
    taken: () => ({ status: 202, body: { status: 'success', message: 'Change event processed' } }),
  },
}
