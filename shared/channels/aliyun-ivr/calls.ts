import { aliyunReceipts } from '../aliyun-voice/receipts.ts'
import type { CallReader } from '../voice/call-reader.ts'
import { ivrKeys } from './keys.ts'

/** How calls by IvrCall are read: nothing is asked during one, and a key comes with a receipt. */
export const aliyunIvrCalls: CallReader = { keys: ivrKeys, receipts: aliyunReceipts }
