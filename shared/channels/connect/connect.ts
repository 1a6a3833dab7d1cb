import type { VoiceRoute } from '../channel.ts'
import { connectCaller as caller } from './connect.caller.ts'
import { type ConnectSettings, settings } from './settings.ts'

/** How `connect` is described, beside what calls by it. */
export const connect: VoiceRoute<ConnectSettings> = {
  ...caller,
  title: { zh: '电话（Connect）', en: 'Phone (Connect)' },
  summary: {
    en: 'Phone calls through an Amazon Connect instance and its contact flow.',
    zh: '经 Amazon Connect 实例及其联系流打电话。',
  },
  settings,
  example: { instance: '${CONNECT_INSTANCE_ID}', caller: '+6531580000' },
  unsupported: {
    prefix: '+86',
    rule: {
      en: 'AWS names short calls and alerting to mainland China as unsupported (Connect Administrator Guide, "Outbound calling restrictions")',
      zh: 'AWS 明确不支持呼叫中国大陆的短时告警电话（Connect 管理员指南，"Outbound calling restrictions"）',
    },
  },
  diagnose: () => import('./diagnose.ts'),
}
