import type { Guide } from '../guide.ts'
import { pagerduty } from './format.ts'

export const pagerdutyGuide: Guide = {
  format: pagerduty,
  title: { en: 'PagerDuty Events API v2', zh: 'PagerDuty 事件接口 v2' },
  samples: [
    'pagerduty-trigger',
    'pagerduty-acknowledge',
    'pagerduty-resolve',
    'pd-from-alertmanager-0.25-trigger',
    'pd-from-alertmanager-0.25-resolve',
    'pd-from-alertmanager-0.34-trigger',
    'pd-from-alertmanager-oversize',
    'pd-from-gatus-trigger',
    'pd-from-gatus-resolve',
    'pd-from-grafana-trigger',
    'pd-from-nightingale-trigger',
    'pd-from-sentry-metric-resolve',
    'pd-from-uptime-kuma-trigger',
    'pd-from-uptime-kuma-no-source',
    'pd-from-uptime-kuma-test',
    'pd-from-zabbix-trigger',
    'pd-from-zabbix-acknowledge',
  ],
  setup: {
    en: `Whatever pages through PagerDuty pages through here with another host: \`{url}\` in place of
\`https://events.pagerduty.com\`, and the project's key, which has 32 characters, as the routing or integration key.
In Alertmanager:

\`\`\`yaml
receivers:
  - name: oncall
    pagerduty_configs: [{ routing_key: '{key}', url: '{url}/v2/enqueue' }]
\`\`\``,
    zh: `凡能通过 PagerDuty 呼叫的系统，只需换一个主机名：用 \`{url}\` 代替 \`https://events.pagerduty.com\`，
以项目的密钥（32 个字符）作为 routing key 或 integration key。Alertmanager 的写法：

\`\`\`yaml
receivers:
  - name: oncall
    pagerduty_configs: [{ routing_key: '{key}', url: '{url}/v2/enqueue' }]
\`\`\``,
  },
  example: {
    body: {
      routing_key: '{key}',
      event_action: 'trigger',
      dedup_key: 'fenghuo-test',
      payload: { summary: '{test}', source: 'fenghuo inbound test', severity: 'info' },
    },
    resolved: { routing_key: '{key}', event_action: 'resolve', dedup_key: 'fenghuo-test' },
  },
}
