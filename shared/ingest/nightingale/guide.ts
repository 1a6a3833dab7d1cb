import type { Guide } from '../guide.ts'
import { nightingale } from './format.ts'

export const nightingaleGuide: Guide = {
  format: nightingale,
  title: { en: 'Nightingale (n9e)', zh: '夜莺（n9e）' },
  samples: ['nightingale-callback', 'nightingale-webhook-recovered'],
  setup: {
    en: 'A notification channel of the type *Callback*, or the global webhook, with the URL `{url}/nightingale/{key}`.',
    zh: '通知媒介选 *Callback*，或用全局 webhook，地址填 `{url}/nightingale/{key}`。',
  },
  example: {
    body: [{ hash: 'fenghuo-test', rule_name: '{test}', severity: 3, is_recovered: false }],
    resolved: [{ hash: 'fenghuo-test', rule_name: '{test}', severity: 3, is_recovered: true }],
  },
}
