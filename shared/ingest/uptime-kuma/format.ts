import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'

/** The webhook of Uptime Kuma 1 and 2 (its source, `server/notification-providers/webhook.js`). */
const webhook = z.looseObject({}, { error: 'should be an object with heartbeat, monitor and msg' }).check(
  z.refine(({ msg, heartbeat }) => firstText(msg) !== '' || isRecord(heartbeat), {
    path: ['msg'],
    error: 'is missing, and so is heartbeat',
  }),
)
type Webhook = z.infer<typeof webhook>

/** Uptime Kuma, as JSON, as a form with a field `data`, or by GET. */
export const uptimeKuma: Format<Webhook> = {
  format: 'uptime-kuma',
  routes: ['/uptime-kuma/{key}', '/uptime-kuma'],
  methods: ['POST', 'GET'],
  encodings: ['form', 'multipart'],
  schema: webhook,
  matches: (body) => isRecord(body) && 'heartbeat' in body && 'monitor' in body,
  toAlerts: draftsOf,
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

function draftsOf({ msg, heartbeat, monitor }: Webhook): Draft[] {
  if (!isRecord(heartbeat)) return [noticeOf(firstText(msg))]
  const { status, time, ping } = heartbeat
  const { id, name, type, url, hostname, port, tags } = recordOf(monitor)
  // Pending and maintenance are neither news of trouble nor of its end.
  const action = firstText(status) === '0' ? 'trigger' : firstText(status) === '1' ? 'resolve' : undefined
  if (action === undefined) return []
  const host = firstText(hostname)
  return [
    {
      action,
      dedupKey: `kuma/${firstText(id, heartbeat.monitorID, name)}`,
      summary: firstText(msg, name),
      source: firstText(host && [host, firstText(port)].filter(Boolean).join(':'), withoutSecrets(url), name),
      at: time,
      labels: Object.fromEntries(
        listOf(tags)
          .map(recordOf)
          .map((tag) => [textOf(tag.name), firstText(tag.value) || 'yes']),
      ),
      component: name,
      details: { type, ...(typeof ping === 'number' && { ping }) },
    },
  ]
}

/** A certificate that runs out, or somebody's test: nothing ever ends it. */
function noticeOf(msg: string): Draft {
  const isTest = /Testing$/.test(msg)
  return {
    action: 'trigger',
    // Each test is news; what a monitor says of a certificate is said again only in other words, such as with fewer days left.
    dedupKey: isTest ? undefined : `kuma/notice/${msg}`,
    once: true,
    summary: msg,
    source: 'Uptime Kuma',
    severity: isTest ? 'info' : 'warning',
    ...(isTest && { notes: [{ code: 'sender-test', args: {} }] }),
  }
}

/** A monitor's URL may have a password or a token in it. */
function withoutSecrets(value: unknown): string {
  const text = textOf(value)
  if (!URL.canParse(text)) return ''
  const { protocol, host, pathname } = new URL(text)
  return host === '' ? '' : `${protocol}//${host}${pathname}`
}
