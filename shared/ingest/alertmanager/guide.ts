import type { Guide } from '../guide.ts'
import { alertmanager } from './format.ts'

export const alertmanagerGuide: Guide = {
  format: alertmanager,
  title: { en: 'Alertmanager webhook', zh: 'Alertmanager webhook' },
  samples: [
    'alertmanager-v4',
    'alertmanager-v4-0.34',
    'alertmanager-v4-truncated',
    'alibaba-arms-alertmanager-content',
  ],
  setup: {
    en: `\`\`\`yaml
receivers:
  - name: oncall
    webhook_configs: [{ url: '{url}/alertmanager/{key}' }]
\`\`\`

Each alert is one of its own: it opens an incident, and its end resolves it. Alibaba Cloud's ARMS and CloudMonitor 2.0 send the same
with the webhook's template \`$alertmanager_content\`.`,
    zh: `\`\`\`yaml
receivers:
  - name: oncall
    webhook_configs: [{ url: '{url}/alertmanager/{key}' }]
\`\`\`

每条告警各自对应一张告警单，恢复时关闭。阿里云 ARMS 与云监控 2.0 的 webhook 模板填 \`$alertmanager_content\` 时格式相同。`,
  },
  example: { body: exampleOf('firing'), resolved: exampleOf('resolved') },
}

function exampleOf(status: string) {
  return {
    version: '4',
    status,
    alerts: [
      {
        status,
        fingerprint: 'fenghuo-test',
        labels: { alertname: '{test}', severity: 'info' },
        annotations: { summary: '{test}' },
      },
    ],
  }
}
