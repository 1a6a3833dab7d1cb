import * as z from 'zod'
import { quotation } from '../network.ts'
import { fitting } from '../receipts/fitting.ts'
import type { TextReceipts } from '../receipts/text-receipts.ts'
import { VENDOR } from './request.ts'

/** Fields may be added (help.aliyun.com, "SmsReport", international, by HTTP batch push). */
const report = z.looseObject({
  /** As the answer to SendMessageToGlobe had it. */
  MessageId: z.string().min(1).max(256),
  Status: z.union([z.string(), z.int()]).transform(String),
  ErrorCode: z.string().optional(),
  ErrorDescription: z.string().optional(),
})

/** Failed, and expired; what else may come is no end of a text. */
const FAILED = ['2', '6']
const ARRIVED = '1'

/** How Alibaba Cloud's reports of what became of texts outside of the mainland are read. */
export const aliyunSmsIntlReceipts: TextReceipts = {
  vendor: VENDOR,
  readTexts(body) {
    return fitting(report, body)?.flatMap(({ MessageId: id, Status, ErrorCode: code = '', ErrorDescription }) => {
      if (Status === ARRIVED) return { id }
      if (!FAILED.includes(Status)) return []
      return { id, failure: { class: 'not-delivered', vendor: VENDOR, code, ...quotation(ErrorDescription) } }
    })
  },
  answer: { code: 0, msg: 'ok' },
}
