import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Format } from '../format.ts'
import { draftsOfEvent, isEvent, memoriesOfEvent } from './event.ts'

/** An event of EventBridge, an alarm that CloudWatch hands over itself, or what the input transformer of a rule makes of them. */
const event = z
  .looseObject({}, { error: 'should be an event of EventBridge' })
  .check(z.refine((body) => Object.keys(body).length > 0, 'is empty: this is no event of EventBridge'))
type Event = z.infer<typeof event>

/** Events of AWS by an API destination of EventBridge. */
export const aws: Format<Event> = {
  format: 'aws',
  routes: ['/aws/{key}', '/aws'],
  schema: event,
  matches: (body) => isEvent(body) && 'source' in body,
  memoriesOf: (body) => memoriesOfEvent(body),
  toAlerts: (body, context) => draftsOfEvent(body, context),
  // It tries again after 429 and 5xx, up to 185 times in 24 hours.
  answers: plainAnswers({ taken: 200, busy: 503 }),
}
