import type { Guide } from '../guide.ts'
import { signatureBy } from '../hmac.ts'
import { grafana } from './format.ts'
import { type Options, options } from './options.ts'

const contactPoint = `\`\`\`yaml
# provisioning/alerting/fenghuo.yml
apiVersion: 1
contactPoints:
  - name: oncall
    receivers:
      - uid: fenghuo
        type: webhook
        settings: { url: '{url}/grafana/{key}', hmacConfig: { secret: $GRAFANA_SECRET } }
\`\`\``

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
    en: `A contact point of the type *Webhook* with the URL \`{url}/grafana/{key}\`, by hand or as a file:

${contactPoint}

Its HMAC signature (\`hmacConfig\`, from Grafana 12) may be left out. With it, say so:
\`inbound: { grafana: { secret: \${GRAFANA_SECRET} } }\` in the project. Each alert is one of its own. That there is no data, or that the source
fails, Grafana tells as other alerts (\`DatasourceNoData\`, \`DatasourceError\`).`,
    zh: `新建 *Webhook* 类型的联络点，URL 填 \`{url}/grafana/{key}\`，手工或写成文件均可：

${contactPoint}

HMAC 签名（\`hmacConfig\`，Grafana 12 起）可以不写；开启时在项目里写 \`inbound: { grafana: { secret: \${GRAFANA_SECRET} } }\`。每条告警各自对应一张告警单；
没有数据、数据源出错，Grafana 以另外的告警（\`DatasourceNoData\`、\`DatasourceError\`）发出。`,
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
