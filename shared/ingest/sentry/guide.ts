import type { Guide } from '../guide.ts'
import { signatureBy } from '../hmac.ts'
import { sentry } from './format.ts'
import { type Options, options } from './options.ts'

export const sentryGuide: Guide = {
  format: sentry,
  title: { en: 'Sentry', zh: 'Sentry' },
  options: {
    schema: options,
    summary: { en: 'The signature of the internal integration.', zh: 'internal integration 的签名。' },
  },
  samples: ['sentry-event-alert', 'sentry-issue-resolved', 'sentry-metric-alert-critical'],
  setup: {
    en: `1. *Settings* → *Developer Settings* → *Create New Integration* → *Internal Integration*: webhook URL \`{url}/sentry/{key}\`,
   *Alert Rule Action* switched on, permission *Issue & Event: Read*, and under *Webhooks* the box *issue*.
2. Its client secret is a variable of the project in \`fenghuo.yml\`; without it whoever has the address is let in:

   \`\`\`yaml
   inbound: { sentry: { secret: "\${SENTRY_SECRET}" } }
   \`\`\`

3. In an alert rule, the action *Send a notification via* this integration.

An issue's alert is closed when the issue is resolved or archived, a metric's alert by itself. That an issue is new, assigned or commented
on is nothing here, and that the integration is installed is only answered.`,
    zh: `1. 「Settings」→「Developer Settings」→「Create New Integration」→「Internal Integration」：webhook 地址填 \`{url}/sentry/{key}\`，打开
   *Alert Rule Action*，权限 *Issue & Event: Read*，并在 *Webhooks* 里勾选 *issue*。
2. 它的 client secret 作为变量写在 \`fenghuo.yml\` 的项目里；不写则知道地址的人都能发：

   \`\`\`yaml
   inbound: { sentry: { secret: "\${SENTRY_SECRET}" } }
   \`\`\`

3. 在告警规则的动作里选「Send a notification via」这个集成。

issue 的告警在 issue 解决或归档时关闭，指标告警自行关闭。issue 新建、分配、评论不产生告警，集成的安装只作应答。`,
  },
  sign: (body, given) => ({ 'sentry-hook-signature': signatureBy((given as Options).secret, body) }),
  example: {
    body: {
      action: 'triggered',
      installation: {},
      data: { event: { issue_id: 'fenghuo-test', title: '{test}', level: 'info' } },
    },
    resolved: {
      action: 'resolved',
      installation: {},
      data: { issue: { id: 'fenghuo-test', title: '{test}', level: 'info' } },
    },
  },
}
