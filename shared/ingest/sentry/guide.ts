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
    en: `An internal integration with the webhook URL \`{url}/sentry/{key}\`, *Alert Rule Action* switched on, and the webhook *issue*.
Its client secret: \`inbound: { sentry: { secret: \${SENTRY_SECRET} } }\` in the project.`,
    zh: `新建 internal integration，webhook 地址填 \`{url}/sentry/{key}\`，打开 *Alert Rule Action*，并勾选 *issue*。
client secret 写在项目里：\`inbound: { sentry: { secret: \${SENTRY_SECRET} } }\`。`,
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
