import { startSandbox } from './aliyun-voice/sandbox.ts'
import type { Simulator } from './sandbox.ts'

/** Alibaba Cloud's SingleCallByTts: phones in mainland China that ring, say their text, and take no key. Receipts are posted to our address. */
export const simulator: Simulator = { type: 'aliyun-tts', start: startSandbox }
