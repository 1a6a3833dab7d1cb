import type { Guide } from '../guide.ts'
import { aliyun } from './format.ts'

export const aliyunGuide: Guide = {
  format: aliyun,
  title: { en: 'Alibaba Cloud CloudMonitor', zh: '阿里云云监控' },
  samples: ['alibaba-cms-callback-fields', 'alibaba-cms-event.unconfirmed'],
  setup: {
    en: `The address is \`{url}/aliyun/{key}\` everywhere:

- **Threshold rules**: console of CloudMonitor, *Alerts* → *Alert rules* → the rule → *Alert callback*.
- **System events**: *Event center* → *Event subscription* → *Push channel* → *Create*, kind HTTP callback by POST, then a subscription policy with
  this channel. What is scheduled or executing goes on until it is executed, canceled or avoided, and so does what is CRITICAL; anything else
  is told to the chat once.
- **ARMS, CloudMonitor 2.0**: a webhook by POST whose body is the template \`$alertmanager_content\` and nothing else, for alerts and
  recoveries. The test of its console sends the template unfilled.

Levels CRITICAL, WARN and INFO are critical, warning and info; what has none is as bad as the project says.`,
    zh: `地址一律是 \`{url}/aliyun/{key}\`：

- **阈值报警**：云监控控制台「报警服务」→「报警规则」→ 该规则的「报警回调」。
- **系统事件**：「事件中心」→「事件订阅」→「推送渠道」→ 新建，类型为 HTTP 回调、POST，再建一条使用该渠道的订阅策略。已计划或执行中的事件持续到
  执行完毕、取消或避免，CRITICAL 的事件也持续；其余只在群里说一次。
- **ARMS、云监控 2.0**：webhook 用 POST，正文只写模板 \`$alertmanager_content\`，告警与恢复都发送。其控制台的测试不会填充模板。

级别 CRITICAL、WARN、INFO 对应 critical、warning、info；没有级别的按项目的设置。`,
  },
  example: {
    body: { alertState: 'ALERT', ruleId: 'fenghuo-test', alertName: '{test}', triggerLevel: 'INFO' },
    resolved: { alertState: 'OK', ruleId: 'fenghuo-test', alertName: '{test}', triggerLevel: 'OK' },
  },
}
