import type { Guide } from '../guide.ts'
import { aliyun } from './format.ts'

export const aliyunGuide: Guide = {
  format: aliyun,
  title: { en: 'Alibaba Cloud CloudMonitor', zh: '阿里云云监控' },
  samples: ['alibaba-cms-callback-fields', 'alibaba-cms-event.unconfirmed'],
  setup: {
    en: 'The callback URL of an alert rule, a push channel of the event subscription, and a webhook of ARMS or CloudMonitor 2.0 with the template `$alertmanager_content`: `{url}/aliyun/{key}`.',
    zh: '报警规则的「报警回调」、事件订阅的推送渠道，以及 ARMS 和云监控 2.0 的 webhook（模板用 `$alertmanager_content`），都填 `{url}/aliyun/{key}`。',
  },
  example: {
    body: { alertState: 'ALERT', ruleId: 'fenghuo-test', alertName: '{test}', triggerLevel: 'INFO' },
    resolved: { alertState: 'OK', ruleId: 'fenghuo-test', alertName: '{test}', triggerLevel: 'OK' },
  },
}
