import type { Guide } from '../guide.ts'
import { pagerdutyChange } from './format.ts'

export const pagerdutyChangeGuide: Guide = {
  format: pagerdutyChange,
  title: { en: 'PagerDuty change events', zh: 'PagerDuty 变更事件' },
  samples: ['pd-change'],
  setup: {
    en: 'At `{url}/v2/change/enqueue` changes are taken, written to the log, and page nobody.',
    zh: '发到 `{url}/v2/change/enqueue` 的变更会被接受并写入日志，不会呼叫任何人。',
  },
  example: {
    body: { routing_key: '{key}', payload: { summary: '{test}' } },
    resolved: undefined,
  },
}
