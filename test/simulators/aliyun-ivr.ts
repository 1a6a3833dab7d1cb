import { startAliyunVoice } from './aliyun-voice/vendor.ts'
import { speakingTime } from './connect/connect.ts'
import type { Simulator } from './sandbox.ts'

type Codes = Record<string, string>

/** As a ticket raises them: who tries it out breaks things more often than once a minute, and wants to hear the phone each time. */
const perCallee = { minute: 20, hour: 200, day: 1_000 }

/** Alibaba Cloud's IvrCall: phones in mainland China that ring until somebody plays them. Its receipts are posted to our address. */
export const simulator: Simulator = {
  type: 'aliyun-ivr',
  async start({ settings, now, templates, phones }) {
    const { postReceipts, speaking, onEvent } = phones
    const sets = settings.flatMap(({ templates: written }) => Object.entries(written as Record<'zh' | 'en', Codes>))
    const approved = sets.flatMap(([language, codes]) =>
      Object.entries(codes).map(([name, code]) => [code, templates[language as 'zh' | 'en'][name] ?? '']),
    )
    const vendor = await startAliyunVoice({
      accessKeyId: String(settings[0]?.keyId),
      accessKeySecret: String(settings[0]?.keySecret),
      others: Object.fromEntries(settings.map(({ keyId, keySecret }) => [String(keyId), String(keySecret)])),
      callers: settings.map(({ caller }) => String(caller)),
      templates: Object.fromEntries(approved),
      now,
      perCallee,
      push: (receipt) => void postReceipts('aliyun-voice', [receipt]),
      onEvent,
      ...(speaking && { speakingMs: speakingTime }),
    })
    return { ...vendor, settings: { perCallee } }
  },
}
