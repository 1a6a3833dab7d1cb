import * as z from 'zod'
import { fitting } from '../fitting.ts'
import { quotation } from '../network.ts'
import type { TextReceipts } from '../text-receipts.ts'
import { VENDOR } from './send.ts'

/** Fields may be added (help.aliyun.com, "SmsReport", by HTTP batch push). */
const report = z.looseObject({
  /** The BizId of the answer. */
  biz_id: z.string().min(1).max(256),
  success: z.boolean(),
  err_code: z.string().optional(),
  err_msg: z.string().optional(),
})

/** How Alibaba Cloud's reports of what became of texts are read. */
export const aliyunSmsReceipts: TextReceipts = {
  vendor: VENDOR,
  readTexts(body) {
    return fitting(report, body)?.map(({ biz_id: id, success, err_code: code = '', err_msg: said }) => {
      if (success) return { id }
      return { id, failure: { class: 'not-delivered', vendor: VENDOR, code, ...quotation(said) } }
    })
  },
  answer: { code: 0, msg: 'ok' },
}
