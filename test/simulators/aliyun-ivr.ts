import { startAliyunVoice } from './aliyun-voice/vendor.ts'
import { speakingTime } from './connect/connect.ts'
import type { Simulator } from './sandbox.ts'

type Codes = Record<string, string>

/** Alibaba Cloud's IvrCall: phones in mainland China that ring until somebody plays them. Its receipts are posted to our address. */
export const simulator: Simulator = {
  type: 'aliyun-ivr',
  start({ settings, now, phones }) {
    const { postReceipts, speaking, templates, onEvent } = phones
    const sets = settings.flatMap(({ templates: written }) => Object.entries(written as Record<'zh' | 'en', Codes>))
    const approved = sets.flatMap(([language, codes]) =>
      Object.entries(codes).map(([name, code]) => [code, templates[language as 'zh' | 'en'][name] ?? '']),
    )
    return startAliyunVoice({
      accessKeyId: String(settings[0]?.keyId),
      accessKeySecret: String(settings[0]?.keySecret),
      callers: settings.map(({ caller }) => String(caller)),
      templates: Object.fromEntries(approved),
      now,
      push: (receipt) => void postReceipts('aliyun-voice', [receipt]),
      onEvent,
      ...(speaking && { speakingMs: speakingTime }),
    })
  },
}
