import { phoneAddress } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { aliyunSmsIntlSender as sender } from './aliyun-sms-intl.sender.ts'
import { NOT_TO } from './request.ts'
import { type Settings, settings } from './settings.ts'

/** Text messages outside of mainland China through Alibaba Cloud: any text, without templates. */
export const aliyunSmsIntl: Channel<Settings> = {
  ...sender,
  title: { zh: '国际短信（阿里云）', en: 'International SMS (Alibaba Cloud)' },
  summary: {
    en: 'Text messages outside of mainland China through Alibaba Cloud; no templates.',
    zh: '经阿里云向中国大陆以外发短信，无需模板。',
  },
  reaches: 'person',
  address: phoneAddress,
  notTo: NOT_TO,
  settings,
  example: { from: 'FENGHUO' },
  diagnose: () => import('./diagnose.ts'),
}
