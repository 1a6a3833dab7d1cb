import type { LastResort } from '../last-resort.ts'
import { readTextRecipients, TEXT_RECIPIENTS, type TextRecipients, textVariables } from '../sms-last-resort.ts'

/** Text messages of Alibaba Cloud as a last resort, for probes there. */
export const aliyunSmsLastResort: LastResort<TextRecipients> = {
  type: 'aliyun-sms',
  clouds: ['aliyun'],
  recipients: TEXT_RECIPIENTS,
  variables: textVariables,
  urgentOnly: true,
  read: readTextRecipients,
  sender: () => import('./aliyun-sms.last-resort.ts'),
}
