import type { VoiceRoute } from '../channel.ts'
import { aliyunTtsCaller as caller } from './aliyun-tts.caller.ts'
import { settings, type TtsSettings } from './settings.ts'

/** How `aliyun-tts` is described, beside what calls by it. */
export const aliyunTts: VoiceRoute<TtsSettings> = {
  ...caller,
  title: { zh: '语音通知（阿里云）', en: 'Voice notice (Alibaba Cloud)' },
  summary: {
    en: 'Phone calls to mainland China through Alibaba Cloud that take no keys: they say that the link in a message acknowledges.',
    zh: '经阿里云呼叫中国大陆号码，不能按键：播报后请用消息里的链接认领。',
  },
  settings,
  example: { templates: { zh: { notice: 'TTS_100000005', notices: 'TTS_100000006' } } },
  countries: ['+86'],
  diagnose: () => import('./diagnose.ts'),
}
