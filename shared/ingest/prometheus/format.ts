import * as z from 'zod'
import { labelled } from '../alertmanager/labelled.ts'
import { alertList, readable } from '../alertmanager/list.ts'
import { plainAnswers } from '../answers.ts'
import type { Format } from '../format.ts'
import { isRecord } from '../plain.ts'
import { timeOf } from '../times.ts'

type List = z.infer<typeof alertList>

const options = z.strictObject({
  whenSilent: z.enum(['tell', 'resolve']).exactOptional().meta({
    description:
      'Of an alert that its sender has not repeated in time: `tell` that its state is unknown, or `resolve` it.',
    zh: '发送方没有按时重复的告警：`tell` 告知状态未知，`resolve` 视为恢复。',
    default: 'tell',
  }),
})

/** What Prometheus, vmalert, Loki and Mimir post to an Alertmanager (its OpenAPI specification, `POST /api/v2/alerts`). */
export const prometheus: Format<List> = {
  format: 'prometheus',
  title: { en: 'Prometheus, vmalert, Loki, Mimir', zh: 'Prometheus、vmalert、Loki、Mimir' },
  routes: ['/prometheus/{key}/api/v2/alerts', '/prometheus/api/v2/alerts', '/api/v2/alerts'],
  schema: alertList,
  matches: (body) => Array.isArray(body) && body.some((one) => isRecord(one) && 'labels' in one),
  options: {
    schema: options,
    summary: {
      en: 'What becomes of an alert that its sender does not repeat any more.',
      zh: '发送方不再重复的告警如何处理。',
    },
  },
  toAlerts(list, { receivedAt, options: given }) {
    const { whenSilent } = options.optional().parse(given) ?? {}
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
        ...(endsAt !== undefined && !isOver && { until: endsAt, endsUnrenewed: whenSilent === 'resolve' }),
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
