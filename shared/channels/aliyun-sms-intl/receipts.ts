import * as z from 'zod/mini'
import { quotation } from '../network.ts'
import { fitting } from '../receipts/fitting.ts'
import type { TextReceipts } from '../receipts/text-receipts.ts'
import { VENDOR } from './request.ts'

/** Fields may be added (help.aliyun.com, "SmsReport", international, by HTTP batch push). */
const report = z.looseObject({
  /** As the answer to SendMessageToGlobe had it. */
  MessageId: z.string().check(z.minLength(1), z.maxLength(256)),
  Status: z.pipe(z.union([z.string(), z.int()]), z.transform(String)),
  ErrorCode: z.optional(z.string()),
  ErrorDescription: z.optional(z.string()),
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
