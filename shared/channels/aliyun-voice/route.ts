import type { VoiceRoute } from '../channel.ts'
import { fingerprint } from '../robot.ts'
import { type CalledSettings, calleeWindows, perCallee } from './callee.ts'
import { errors } from './errors.ts'
import { VALUES_BYTES } from './filled.ts'

/** Requests of the account in a second, as IvrCall has them: of SingleCallByTts none are found. And the values of a template. */
const limits = {
  source: 'help.aliyun.com, Voice Messaging Service: IvrCall, "Voice template specifications", "Call frequency"',
  maxBytes: VALUES_BYTES,
  perSecond: 100,
  perCallee,
}

/** What the routes of this vendor are alike in. A call rings for a minute at most, and says its text three times at most. */
export const aliyunVoice = {
  errors,
  limits,
  rateKey: ({ keyId }) => fingerprint(keyId),
  calleeWindows,
  lastsMs: 180_000,
} satisfies Partial<VoiceRoute<CalledSettings>>
