import type * as z from 'zod'
import { labelled } from '../alertmanager/labelled.ts'
import { alertList, readable } from '../alertmanager/list.ts'
import { plainAnswers } from '../answers.ts'
import type { Format } from '../format.ts'
import { isRecord } from '../plain.ts'
import { timeOf } from '../times.ts'

type List = z.infer<typeof alertList>

/** What Prometheus, vmalert, Loki and Mimir post to an Alertmanager (its OpenAPI specification, `POST /api/v2/alerts`). */
export const prometheus: Format<List> = {
  format: 'prometheus',
  title: { en: 'Prometheus, vmalert, Loki, Mimir', zh: 'Prometheus、vmalert、Loki、Mimir' },
  routes: ['/prometheus/{key}/api/v2/alerts', '/prometheus/api/v2/alerts', '/api/v2/alerts'],
  schema: alertList,
  matches: (body) => Array.isArray(body) && body.some((one) => isRecord(one) && 'labels' in one),
  toAlerts(list, { receivedAt }) {
    const { alerts, notes } = readable(list)
    return alerts.map((alert, index) => {
      const { fingerprint, ...draft } = labelled(alert)
      // An end that lies ahead only says until when the sender means to be believed.
      const endsAt = timeOf(alert.endsAt)
      const isOver = endsAt !== undefined && endsAt <= receivedAt
      return {
        ...draft,
        action: isOver ? 'resolve' : 'trigger',
        dedupKey: `prom/${fingerprint}`,
        at: isOver ? endsAt : alert.startsAt,
        ...(index === 0 && notes.length > 0 && { notes }),
      }
    })
  },
  // Older vmalerts take nothing but 200 for success.
  answers: plainAnswers({ taken: 200, busy: 503 }),
  samples: ['prometheus-alerts-v2-firing', 'prometheus-alerts-v2-resolved', 'vmalert-alerts-v2-firing'],
  setup: {
    en: `Without an Alertmanager in between:

\`\`\`yaml
alerting:
  alertmanagers: [{ scheme: https, path_prefix: '/prometheus/{key}', static_configs: [{ targets: ['{host}'] }] }]
\`\`\`

vmalert takes \`-notifier.url={url}/prometheus/{key}\`, Loki's ruler \`alertmanager_url\` with \`enable_alertmanager_v2: true\`.
A header (\`Authorization: Bearer {key}\`) or the password of basic authentication does as well as the path.`,
    zh: `不经过 Alertmanager，直接发送：

\`\`\`yaml
alerting:
  alertmanagers: [{ scheme: https, path_prefix: '/prometheus/{key}', static_configs: [{ targets: ['{host}'] }] }]
\`\`\`

vmalert 用 \`-notifier.url={url}/prometheus/{key}\`，Loki ruler 用 \`alertmanager_url\` 并设 \`enable_alertmanager_v2: true\`。
密钥也可以放在请求头 \`Authorization: Bearer {key}\` 或 Basic 认证的密码里。`,
  },
  example: {
    body: [
      {
        labels: { alertname: 'FenghuoTest', severity: 'info' },
        annotations: { summary: 'Test of the way in' },
        startsAt: '{now}',
      },
    ],
    resolved: [
      {
        labels: { alertname: 'FenghuoTest', severity: 'info' },
        annotations: { summary: 'Test of the way in' },
        startsAt: '{now}',
        endsAt: '{now}',
      },
    ],
  },
}
