import { phoneAddress } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { awsSmsSender as sender } from './aws-sms.sender.ts'
import { type Settings, settings } from './settings.ts'

/** Text messages outside of mainland China through AWS End User Messaging: any text, by the role of the function. */
export const awsSms: Channel<Settings> = {
  ...sender,
  title: { zh: '短信（AWS）', en: 'SMS (AWS)' },
  summary: {
    en: 'Text messages outside of mainland China through AWS End User Messaging; no templates.',
    zh: '经 AWS End User Messaging 向中国大陆以外发短信，无需模板。',
  },
  reaches: 'person',
  address: phoneAddress,
  settings,
  example: { from: 'FENGHUO', region: 'ap-southeast-1' },
  diagnose: () => import('./diagnose.ts'),
}
