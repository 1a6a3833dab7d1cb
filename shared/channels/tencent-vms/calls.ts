import type { CallReader } from '../voice/call-reader.ts'
import { tencentVmsReceipts } from './receipts.ts'

/** How calls by SendTtsVoice are read: they take no key, and nothing is asked during one. */
export const tencentVmsCalls: CallReader = { keys: [], receipts: tencentVmsReceipts }
