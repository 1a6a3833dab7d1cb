import type { Guide } from '../guide.ts'
import { nightingale } from './format.ts'

export const nightingaleGuide: Guide = {
  format: nightingale,
  title: { en: 'Nightingale (n9e)', zh: '夜莺（n9e）' },
  samples: ['nightingale-callback', 'nightingale-webhook-recovered'],
  setup: {
    en: `A notification medium of the kind *Callback* in a notification rule, the callback of an alert rule, or the global webhook (*System
settings* → *Notification settings* → *Callback*), each by POST to \`{url}/nightingale/{key}\`; one of them is enough. Its level 1 is
critical, 2 is error, 3 is warning. Recoveries have to be sent, too (*notify on recovery* of the alert rule), for they close what was opened.`,
    zh: `通知规则里类型为 *Callback* 的通知媒介、告警规则的回调地址，或全局 webhook（「系统配置」→「通知设置」→「回调地址」），都用 POST 发到
\`{url}/nightingale/{key}\`，选一种即可。级别 1、2、3 对应 critical、error、warning。告警规则要打开「启用恢复通知」，恢复即关闭。`,
  },
  example: {
    body: [{ hash: 'fenghuo-test', rule_name: '{test}', severity: 3, is_recovered: false }],
    resolved: [{ hash: 'fenghuo-test', rule_name: '{test}', severity: 3, is_recovered: true }],
  },
}
