import type { Guide } from '../guide.ts'
import { pagerdutyChange } from './format.ts'

export const pagerdutyChangeGuide: Guide = {
  format: pagerdutyChange,
  title: { en: 'PagerDuty change events', zh: 'PagerDuty 变更事件' },
  samples: ['pd-change'],
  setup: {
    en: 'At `{url}/v2/change/enqueue` changes are taken, so that who sends them goes on, and page nobody. What they say is not kept. The routing key is the project’s key.',
    zh: '发到 `{url}/v2/change/enqueue` 的变更会被接受，发送方得以继续，不会呼叫任何人，内容不保存。routing key 用项目的密钥。',
  },
  example: {
    body: { routing_key: '{key}', payload: { summary: '{test}' } },
    resolved: undefined,
  },
}
