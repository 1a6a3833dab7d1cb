import type { LastResort } from '../last-resorts/last-resort.ts'
import {
  readTextRecipients,
  TEXT_RECIPIENTS,
  type TextRecipients,
  textVariables,
} from '../last-resorts/sms-last-resort.ts'

/** Text messages of Alibaba Cloud as a last resort, for probes there. */
export const aliyunSmsLastResort: LastResort<TextRecipients> = {
  type: 'aliyun-sms',
  clouds: ['aliyun'],
  permissions: [
    { on: ['*'], calls: { SendSms: 'dysms:SendSms' }, source: 'Short Message Service, "RAM authorization"' },
  ],
  recipients: TEXT_RECIPIENTS,
  variables: textVariables,
  urgentOnly: true,
  read: readTextRecipients,
  sender: () => import('./aliyun-sms.last-resort.ts'),
}
