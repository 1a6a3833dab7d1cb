import { phoneAddress } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { aliyunSmsSender as sender } from './aliyun-sms.sender.ts'
import { type Settings, settings } from './settings.ts'

/** Text messages by approved templates through Alibaba Cloud; the key comes from the environment. */
export const aliyunSms: Channel<Settings> = {
  ...sender,
  title: { zh: '短信（阿里云）', en: 'SMS (Alibaba Cloud)' },
  summary: {
    en: 'Text messages through Alibaba Cloud, by approved templates.',
    zh: '经阿里云发短信，用审核通过的模板。',
  },
  reaches: 'person',
  address: phoneAddress,
  settings,
  example: { sign: '示例科技', templates: { page: 'SMS_100000001', resolved: 'SMS_100000002' } },
  diagnose: () => import('./diagnose.ts'),
}
