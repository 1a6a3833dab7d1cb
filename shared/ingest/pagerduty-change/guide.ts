import type { Guide } from '../guide.ts'
import { pagerdutyChange } from './format.ts'

export const pagerdutyChangeGuide: Guide = {
  format: pagerdutyChange,
  title: { en: 'PagerDuty change events', zh: 'PagerDuty 变更事件' },
  samples: ['pd-change'],
  setup: {
    en: 'What is sent to `{url}/v2/change/enqueue` pages nobody. For 90 days its summary, source, time and links are kept, and an incident shows what was changed in its project from four hours before it began; `custom_details` are not kept. The routing key is the project’s key.',
    zh: '发到 `{url}/v2/change/enqueue` 的变更不会呼叫任何人。概要、来源、时间和链接保留 90 天，告警单会列出本项目在它发生前四小时内的变更；`custom_details` 不保存。routing key 用项目的密钥。',
  },
  example: {
    body: { routing_key: '{key}', payload: { summary: '{test}' } },
    resolved: undefined,
  },
}
