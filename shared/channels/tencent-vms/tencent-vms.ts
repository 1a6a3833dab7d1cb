import type { VoiceRoute } from '../channel.ts'
import { settings, type VmsSettings } from './settings.ts'
import { tencentVmsCaller as caller } from './tencent-vms.caller.ts'

/** How `tencent-vms` is described, beside what calls by it. */
export const tencentVms: VoiceRoute<VmsSettings> = {
  ...caller,
  title: { zh: '语音通知（腾讯云）', en: 'Voice notice (Tencent Cloud)' },
  summary: {
    en: 'Phone calls to mainland China through Tencent Cloud: one fixed sentence without keys, once a night for each number. A last resort.',
    zh: '经腾讯云呼叫中国大陆号码：只播一句固定的话，不能按键，每个号码每晚一次。只作最后手段。',
  },
  settings,
  example: { app: '1400006666', templates: { zh: '1000001' } },
  countries: ['+86'],
  diagnose: () => import('./diagnose.ts'),
}
