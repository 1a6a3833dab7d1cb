import { draftsOf, type Webhook, webhook } from '../alertmanager/format.ts'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecentlySigned, isSignedBy } from '../hmac.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText } from '../text.ts'
import type { Options } from './options.ts'

/** Grafana's webhook (its documentation, "Configure the webhook notifier"): alerts as Alertmanager has them, with what a panel shows. */
export const grafana: Format<Webhook> = {
  format: 'grafana',
  routes: ['/grafana/{key}', '/grafana'],
  list: 'alerts',
  methods: ['POST', 'PUT'],
  isGenuine({ headers, body }, given, now) {
    const { secret, header, timestampHeader } = given as Options
    const signature = headers[header.toLowerCase()] ?? ''
    if (timestampHeader === undefined) return isSignedBy(secret, signature, body)
    const seconds = headers[timestampHeader.toLowerCase()] ?? ''
    return isRecentlySigned(seconds, now) && isSignedBy(secret, signature, `${seconds}:`, body)
  },
  schema: webhook,
  matches: (body) => isRecord(body) && Array.isArray(body.alerts) && 'orgId' in body,
  toAlerts: (body, { before }) =>
    draftsOf(body, before, (fingerprint) => `grafana/${firstText(body.orgId) || 1}/${fingerprint}`, withPanel),
  answers: plainAnswers({ taken: 200, busy: 503 }),
}

/** Grafana's own: where the panel is, which values it had, and whether somebody pressed the test button. */
function withPanel(alert: Record<string, unknown>, draft: Draft): Draft {
  const { labels, values, panelURL, dashboardURL, silenceURL, valueString } = alert
  const { alertname, instance } = recordOf(labels)
  const isTest = alertname === 'TestAlert' && instance === 'Grafana'
  return {
    ...draft,
    links: [
      { href: panelURL, text: 'panel' },
      { href: dashboardURL, text: 'dashboard' },
      { href: silenceURL, text: 'silence' },
      ...listOf(draft.links),
    ],
    details: {
      ...recordOf(draft.details),
      ...(isRecord(values) && { values }),
      ...(firstText(valueString) !== '' && { valueString }),
    },
    ...(isTest && { notes: [...(draft.notes ?? []), { code: 'sender-test' as const, args: {} }] }),
  }
}
