import type { Guide } from '../guide.ts'
import { signatureBy } from '../hmac.ts'
import { grafana } from './format.ts'
import { type Options, options } from './options.ts'

export const grafanaGuide: Guide = {
  format: grafana,
  title: { en: 'Grafana', zh: 'Grafana' },
  options: { schema: options, summary: { en: 'The HMAC signature of the contact point.', zh: '联络点的 HMAC 签名。' } },
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
  sign(body, given, now) {
    const { secret, header, timestampHeader } = given as Options
    if (timestampHeader === undefined) return { [header]: signatureBy(secret, body) }
    const seconds = String(Math.floor(now / 1_000))
    return { [timestampHeader]: seconds, [header]: signatureBy(secret, `${seconds}:`, body) }
  },
  example: {
    body: {
      version: '1',
      orgId: 1,
      alerts: [
        {
          status: 'firing',
          fingerprint: 'fenghuo-test',
          labels: { alertname: '{test}', severity: 'info' },
          annotations: { summary: '{test}' },
        },
      ],
    },
    resolved: {
      version: '1',
      orgId: 1,
      alerts: [{ status: 'resolved', fingerprint: 'fenghuo-test', labels: { alertname: '{test}', severity: 'info' } }],
    },
  },
}
