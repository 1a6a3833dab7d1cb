import * as z from 'zod'
import { draftsOf } from '../alertmanager/format.ts'
import { alertList } from '../alertmanager/list.ts'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecentlySigned, isSignedBy } from '../hmac.ts'
import { isRecord, listOf, recordOf } from '../plain.ts'
import { firstText } from '../text.ts'

/** The webhook of Grafana's unified alerting (Grafana documentation, "Configure the webhook notifier"). */
const webhook = z.looseObject({ alerts: alertList }, { error: 'should be an object with a list of alerts' })
type Webhook = z.infer<typeof webhook>

const options = z.strictObject({
  secret: z
    .string()
    .min(1)
    .meta({
      description: 'The HMAC secret of the contact point; without the right signature nothing is taken.',
      zh: '联络点的 HMAC 密钥；签名不对则一律不收。',
      examples: ['${GRAFANA_SECRET}'],
    }),
  header: z
    .string()
    .default('X-Grafana-Alerting-Signature')
    .meta({ description: 'The header of the signature.', zh: '签名所在的请求头。' }),
  timestampHeader: z
    .string()
    .exactOptional()
    .meta({
      description: 'The header of the time that is signed with the body, if there is one.',
      zh: '与正文一起签名的时间所在的请求头（如有）。',
      examples: ['X-Grafana-Alerting-Timestamp'],
    }),
})

/** Grafana's webhook: alerts as Alertmanager has them, with what a panel shows. */
export const grafana: Format<Webhook> = {
  format: 'grafana',
  title: { en: 'Grafana', zh: 'Grafana' },
  routes: ['/grafana/{key}', '/grafana'],
  methods: ['POST', 'PUT'],
  options: { schema: options, summary: { en: 'The HMAC signature of the contact point.', zh: '联络点的 HMAC 签名。' } },
  isGenuine({ headers, body }, given, now) {
    const { secret, header, timestampHeader } = options.parse(given)
    const signature = headers[header.toLowerCase()] ?? ''
    if (timestampHeader === undefined) return isSignedBy(secret, signature, body)
    const seconds = headers[timestampHeader.toLowerCase()] ?? ''
    return isRecentlySigned(seconds, now) && isSignedBy(secret, signature, `${seconds}:`, body)
  },
  schema: webhook,
  matches: (body) => isRecord(body) && Array.isArray(body.alerts) && 'orgId' in body,
  toAlerts: (body) =>
    draftsOf(body, (fingerprint) => `grafana/${firstText(body.orgId) || 1}/${fingerprint}`, withPanel),
  answers: plainAnswers({ taken: 200, busy: 503 }),
  samples: [
    'grafana-13-webhook-firing',
    'grafana-13-webhook-resolved',
    'grafana-13-webhook-nodata',
    'grafana-13-webhook-test',
  ],
  setup: {
    en: `A contact point of the type *Webhook* with the URL \`{url}/grafana/{key}\`. With its HMAC signature switched on, say so:
\`inbound: { grafana: { secret: \${GRAFANA_SECRET} } }\` in the project.`,
    zh: `新建 *Webhook* 类型的联络点，URL 填 \`{url}/grafana/{key}\`。若开启 HMAC 签名，在项目里写
\`inbound: { grafana: { secret: \${GRAFANA_SECRET} } }\`。`,
  },
  example: {
    body: {
      version: '1',
      orgId: 1,
      alerts: [
        {
          status: 'firing',
          fingerprint: 'fenghuo-test',
          labels: { alertname: 'FenghuoTest', severity: 'info' },
          annotations: { summary: 'Test of the way in' },
        },
      ],
    },
    resolved: {
      version: '1',
      orgId: 1,
      alerts: [
        { status: 'resolved', fingerprint: 'fenghuo-test', labels: { alertname: 'FenghuoTest', severity: 'info' } },
      ],
    },
  },
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
