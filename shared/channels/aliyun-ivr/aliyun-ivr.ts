import type { VoiceRoute } from '../channel.ts'
import { aliyunIvrCaller as caller } from './aliyun-ivr.caller.ts'
import { type IvrSettings, settings } from './settings.ts'

/** How `aliyun-ivr` is described, beside what calls by it. */
export const aliyunIvr: VoiceRoute<IvrSettings> = {
  ...caller,
  title: { zh: '电话（阿里云）', en: 'Phone (Alibaba Cloud)' },
  summary: {
    en: 'Phone calls to mainland China through Alibaba Cloud, with keys, by approved templates.',
    zh: '经阿里云呼叫中国大陆号码，可按键认领，用审核通过的模板。',
  },
  settings,
  example: {
    caller: '05710000000',
    templates: {
      zh: { page: 'TTS_100000001', several: 'TTS_100000002', taken: 'TTS_100000003', passed: 'TTS_100000004' },
    },
  },
  countries: ['+86'],
  diagnose: () => import('./diagnose.ts'),
}
