import { aliyunReceipts } from '../aliyun-voice/receipts.ts'
import type { CallReader } from '../voice/call-reader.ts'

/** How calls by SingleCallByTts are read: they take no key, and nothing is asked during one. */
export const aliyunTtsCalls: CallReader = { keys: [], receipts: aliyunReceipts }
