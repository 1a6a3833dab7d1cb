import { speakingTime } from '../connect/connect.ts'
import type { Sandbox, SandboxOptions } from '../sandbox.ts'
import { startAliyunVoice } from './vendor.ts'

type Codes = Record<string, string>

/** As a ticket raises them: who tries it out breaks things more often than once a minute, and wants to hear the phone each time. */
const perCallee = { minute: 20, hour: 200, day: 1_000 }

/** The vendor with what the routes of one type have there: keys, numbers, and our templates approved under their codes. */
export async function startSandbox({ settings, now, templates, phones }: SandboxOptions): Promise<Sandbox> {
  const { postReceipts, speaking, onEvent } = phones
  const sets = settings.flatMap(({ templates: written }) => Object.entries(written as Record<'zh' | 'en', Codes>))
  const approved = sets.flatMap(([language, codes]) =>
    Object.entries(codes).map(([name, code]) => [code, templates[language as 'zh' | 'en'][name] ?? '']),
  )
  const vendor = await startAliyunVoice({
    accessKeyId: String(settings[0]?.keyId),
    accessKeySecret: String(settings[0]?.keySecret),
    others: Object.fromEntries(settings.map(({ keyId, keySecret }) => [String(keyId), String(keySecret)])),
    callers: settings.flatMap(({ caller }) => (caller === undefined ? [] : [String(caller)])),
    templates: Object.fromEntries(approved),
    now,
    perCallee,
    push: (receipt) => void postReceipts('aliyun-voice', [receipt]),
    onEvent,
    ...(speaking && { speakingMs: speakingTime }),
  })
  return { ...vendor, settings: { perCallee } }
}
