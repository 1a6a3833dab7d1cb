import type { LastResort } from '../last-resorts/last-resort.ts'
import { readTextRecipients, TEXT_RECIPIENTS, textVariables } from '../last-resorts/sms-last-resort.ts'
import type { TencentLastResort } from './settings.ts'

/** Text messages of Tencent Cloud as a last resort, for probes there. */
export const tencentSmsLastResort: LastResort<TencentLastResort> = {
  type: 'tencent-sms',
  clouds: ['tencent'],
  permissions: [{ on: ['*'], calls: { SendSms: 'sms:SendSms' }, source: 'product/382, "Access management"' }],
  recipients: TEXT_RECIPIENTS,
  variables: {
    ...textVariables,
    LAST_RESORT_SMS_APP: { en: "Tencent Cloud's SmsSdkAppId", zh: '腾讯云的 SmsSdkAppId' },
  },
  urgentOnly: true,
  read: (variables) => ({
    ...readTextRecipients(variables),
    app: variables.needed('LAST_RESORT_SMS_APP', TEXT_RECIPIENTS),
  }),
  sender: () => import('./tencent-sms.last-resort.ts'),
  diagnose: () => import('./diagnose.ts'),
}
