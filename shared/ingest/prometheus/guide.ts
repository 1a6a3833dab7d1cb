import type { Guide } from '../guide.ts'
import { prometheus } from './format.ts'
import { options } from './options.ts'

export const prometheusGuide: Guide = {
  format: prometheus,
  title: { en: 'Prometheus, vmalert, Loki, Mimir', zh: 'Prometheus、vmalert、Loki、Mimir' },
  options: {
    schema: options,
    summary: {
      en: 'What becomes of an alert that its sender does not repeat any more.',
      zh: '发送方不再重复的告警如何处理。',
    },
  },
  samples: ['prometheus-alerts-v2-firing', 'prometheus-alerts-v2-resolved', 'vmalert-alerts-v2-firing'],
  setup: {
    en: `Without an Alertmanager in between:

\`\`\`yaml
alerting:
  alertmanagers: [{ scheme: https, path_prefix: '/prometheus/{key}', static_configs: [{ targets: ['{host}'] }] }]
\`\`\`

vmalert takes \`-notifier.url={url}/prometheus/{key}\`, Loki's ruler \`alertmanager_url\` with \`enable_alertmanager_v2: true\`.
A header (\`Authorization: Bearer {key}\`) or the password of basic authentication does as well as the path.
An alert that its sender does not repeat in time is not over: the chat is told that its state is unknown
(\`inbound: { prometheus: { whenSilent: resolve } }\`: then it is).`,
    zh: `不经过 Alertmanager，直接发送：

\`\`\`yaml
alerting:
  alertmanagers: [{ scheme: https, path_prefix: '/prometheus/{key}', static_configs: [{ targets: ['{host}'] }] }]
\`\`\`

vmalert 用 \`-notifier.url={url}/prometheus/{key}\`，Loki ruler 用 \`alertmanager_url\` 并设 \`enable_alertmanager_v2: true\`。
密钥也可以放在请求头 \`Authorization: Bearer {key}\` 或 Basic 认证的密码里。
发送方没有按时重复的告警并不算恢复：会告知群里其状态未知（写 \`inbound: { prometheus: { whenSilent: resolve } }\` 则视为恢复）。`,
  },
  example: {
    body: [
      {
        labels: { alertname: '{test}', severity: 'info' },
        annotations: { summary: '{test}' },
        startsAt: '{now}',
      },
    ],
    resolved: [
      {
        labels: { alertname: '{test}', severity: 'info' },
        annotations: { summary: '{test}' },
        startsAt: '{now}',
        endsAt: '{now}',
      },
    ],
  },
}
