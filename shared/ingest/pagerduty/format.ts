import { problemLines } from '../answers.ts'
import type { Answers, Context, Draft, Format, Taken } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, lineOf, textOf } from '../text.ts'
import { type Event, event } from './event.ts'

/** PagerDuty, Events API v2 overview: an event has at most 512 KB; Alertmanager and Grafana cut at this number of bytes. */
export const LIMIT_BYTES = 512_000

/** PagerDuty's longest `dedup_key`. */
const KEY_CHARACTERS = 255

/** PagerDuty's own texts for what is wrong with an event. */
export const invalid = (errors: string[]) => ({ status: 'invalid event', message: 'Event object is invalid', errors })

/** A routing key of PagerDuty, and of ours, has so many characters; others of ours may have more. */
export const ROUTING_KEY_CHARACTERS = 32

function wrongKey(given: string): string {
  if (given === '') return "'routing_key' is missing or blank"
  if (given.length === ROUTING_KEY_CHARACTERS) return "'routing_key' is invalid"
  return `Length of 'routing_key' is incorrect (should be ${ROUTING_KEY_CHARACTERS} characters)`
}

/**
 * Of all codes 429 is the one which everybody who tries again tries again after: pdjs, the Python client without end, Alertmanager,
 * Grafana at its next flush. A 5xx is only for faults.
 */
export const answers: Answers = {
  taken: ({ dedupKeys }) => ({
    status: 202,
    body: { status: 'success', message: 'Event processed', dedup_key: dedupKeys[0] ?? '' },
  }),
  refused: (problems) => {
    const isNoEvent = problems.some(({ path }) => path === '')
    return {
      status: 400,
      body: isNoEvent
        ? {
            status: 'Unrecognized object',
            message: 'Event object format is unrecognized',
            errors: problems.map(({ message }) => message),
          }
        : invalid(problemLines(problems.map((problem) => ({ path: '', message: problem.message })))),
    }
  },
  unknownKey: (given) => ({ status: 400, body: invalid([wrongKey(given)]) }),
  busy: (afterSeconds) => ({
    status: 429,
    body: { status: 'throttle exceeded', message: 'Not processed: send it again', errors: ['Rate limit exceeded'] },
    headers: { 'retry-after': String(afterSeconds) },
  }),
  tooLarge: ({ dedupKeys }: Taken, limit) => ({
    status: 413,
    body: {
      ...invalid([`The event exceeds ${limit} bytes: processed without its details`]),
      ...(dedupKeys[0] !== undefined && { dedup_key: dedupKeys[0] }),
    },
  }),
}

/** PagerDuty's Events API v2 at its literal path: only the host changes. */
export const pagerduty: Format<Event> = {
  format: 'pagerduty',
  routes: ['/v2/enqueue'],
  keyOf: (body) => recordOf(body).routing_key,
  limitBytes: LIMIT_BYTES,
  schema: event,
  matches: (body) => isRecord(body) && 'routing_key' in body && 'event_action' in body,
  toAlerts: (body, context) => [draftOf(body, context)],
  answers,
  echo: (body) => keyGiven('dedup_key', body),
}

/** The key of an event under its name, as every answer has it: Gatus and others know by it what to resolve. */
export function keyGiven(name: string, body: unknown): object {
  const key = lineOf(recordOf(body)[name], KEY_CHARACTERS)
  return key === '' ? {} : { [name]: key }
}

function draftOf(body: Event, { project }: Context): Draft {
  const payload = recordOf(body.payload)
  const action = body.event_action
  const source = sourceOf(payload.source)
  const severity = firstText(payload.severity)
  const client = firstText(body.client)
  const taken = source || client || 'unknown'
  return {
    action,
    dedupKey: body.dedup_key,
    summary: payload.summary,
    source: taken,
    severity,
    at: payload.timestamp,
    component: payload.component,
    group: payload.group,
    class: payload.class,
    details: detailsIn(body, payload),
    links: linksIn(body, client),
    notes:
      action === 'trigger'
        ? [
            ...(source === '' ? [{ code: 'source-missing' as const, args: { taken: lineOf(taken, 60) } }] : []),
            ...(severity === '' ? [{ code: 'severity-missing' as const, args: { taken: project.severity } }] : []),
          ]
        : [],
  }
}

/** Uptime Kuma has a bare `https://` for what has no address. */
function sourceOf(value: unknown): string {
  const source = firstText(value)
  return /^https?:\/\/$/i.test(source) ? '' : source
}

/** `custom_details`, whatever else is not the vendor's, and what should be a text and is more: Nightingale's component is an object. */
function detailsIn(body: Event, payload: Record<string, unknown>): unknown {
  const { custom_details: details } = payload
  const known = payloadKeys.filter((key) => key === 'custom_details' || Object(payload[key]) !== payload[key])
  const extra = { ...others(body, eventKeys), ...others(payload, known) }
  if (Object.keys(extra).length === 0) return details
  return isRecord(details)
    ? { ...details, ...extra }
    : details === undefined
      ? extra
      : { custom_details: details, ...extra }
}

const eventKeys = ['routing_key', 'event_action', 'dedup_key', 'payload', 'images', 'links', 'client', 'client_url']
const payloadKeys = ['summary', 'source', 'severity', 'timestamp', 'component', 'group', 'class', 'custom_details']

function others(record: Record<string, unknown>, known: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !known.includes(key)))
}

/** Images are shown as links: to where they lead, or to themselves. */
function linksIn({ links, images, client_url }: Event, client: string): unknown[] {
  const shown = listOf(images).map((image) => {
    const { href, src, alt } = recordOf(image)
    return { href: textOf(href) === '' ? src : href, text: firstText(alt) || 'image' }
  })
  return [...listOf(links), ...shown, { href: client_url, text: client }]
}
