import * as z from 'zod/mini'
import { problemLines } from '../answers.ts'
import type { Answers, Format } from '../format.ts'
import { NO_EVENT } from '../pagerduty/event.ts'
import { invalid, keyGiven, LIMIT_BYTES, ROUTING_KEY_CHARACTERS } from '../pagerduty/format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'

const action = z.pipe(
  z.transform((value) => textOf(value).trim().toLowerCase()),
  z.enum(['trigger', 'acknowledge', 'resolve'], {
    error: "Event type is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
  }),
)

/** An event of the Events API v1 (PagerDuty developer documentation, "Events API v1"). */
const event = z
  .looseObject(
    {
      event_type: action,
    },
    { error: NO_EVENT },
  )
  .check(
    z.superRefine(({ event_type, incident_key, description }, context) => {
      if (event_type !== 'trigger' && firstText(incident_key) === '')
        context.addIssue({ code: 'custom', path: ['incident_key'], message: 'Incident key is required' })
      if (event_type === 'trigger' && firstText(description) === '')
        context.addIssue({ code: 'custom', path: ['description'], message: "Description can't be blank" })
    }),
  )
type Event = z.infer<typeof event>

/** The first version says 200 for what is taken, and where the second says 429 it says 403: no client tries that again. */
const answers: Answers = {
  taken: ({ dedupKeys }) => ({
    status: 200,
    body: { status: 'success', message: 'Event processed', incident_key: dedupKeys[0] ?? '' },
  }),
  refused: (problems) => ({
    status: 400,
    body: invalid(problemLines(problems.map(({ message }) => ({ path: '', message })))),
  }),
  unknownKey: (given) => ({
    status: 400,
    body: invalid([
      given.length === ROUTING_KEY_CHARACTERS
        ? 'Service key is invalid'
        : `Service key is the wrong length (should be ${ROUTING_KEY_CHARACTERS} characters)`,
    ]),
  }),
  busy: (afterSeconds) => ({
    status: 503,
    body: { status: 'busy', message: 'Not processed: send it again', errors: ['Not processed'] },
    headers: { 'retry-after': String(afterSeconds) },
  }),
  tooLarge: ({ dedupKeys }, limit) => ({
    status: 413,
    body: {
      ...invalid([`The event exceeds ${limit} bytes: processed without its details`]),
      incident_key: dedupKeys[0] ?? '',
    },
  }),
}

/** PagerDuty's Events API v1, which older senders and Datadog's own integration speak. */
export const pagerdutyV1: Format<Event> = {
  format: 'pagerduty-v1',
  routes: ['/generic/2010-04-15/create_event.json'],
  keyOf: (body) => recordOf(body).service_key,
  limitBytes: LIMIT_BYTES,
  schema: event,
  matches: (body) => isRecord(body) && 'service_key' in body && 'event_type' in body,
  toAlerts: ({ event_type, incident_key, description, details, client, client_url, contexts }) => [
    {
      action: event_type,
      dedupKey: incident_key,
      summary: description,
      source: firstText(client),
      details,
      links: [
        ...listOf(contexts).map((context) => {
          const { href, src, text, alt } = recordOf(context)
          return { href: firstText(href, src), text: firstText(text, alt) }
        }),
        { href: client_url, text: client },
      ],
    },
  ],
  answers,
  echo: (body) => keyGiven('incident_key', body),
}
