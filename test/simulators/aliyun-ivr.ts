import { startSandbox } from './aliyun-voice/sandbox.ts'
import type { Simulator } from './sandbox.ts'

/** Alibaba Cloud's IvrCall: phones in mainland China that ring until somebody plays them. Its receipts are posted to our address. */
export const simulator: Simulator = { type: 'aliyun-ivr', start: startSandbox }
