import * as z from 'zod/mini'
import { quotation } from '../network.ts'
import { fitting } from '../receipts/fitting.ts'
import type { TextReceipts } from '../receipts/text-receipts.ts'
import { VENDOR } from './send.ts'

/** Fields may be added (help.aliyun.com, "SmsReport", by HTTP batch push). */
const report = z.looseObject({
  /** The BizId of the answer. */
  biz_id: z.string().check(z.minLength(1), z.maxLength(256)),
  success: z.boolean(),
  err_code: z.optional(z.string()),
  err_msg: z.optional(z.string()),
})

/**
 * What somebody has texted (help.aliyun.com/knowledge_detail/60127.html, "SmsUp", by HTTP batch push). Mainland numbers have no country's
 * code; how others are written is not said there.
 */
const reply = z.looseObject({
  phone_number: z.string().check(z.regex(/^\+?\d{4,15}$/)),
  content: z.string().check(z.maxLength(1_000)),
  sequence_id: z.optional(z.union([z.string(), z.number()])),
  send_time: z.optional(z.string()),
})

/** How Alibaba Cloud's reports of texts are read: what became of ours, and what people have written. */
export const aliyunSmsReceipts: TextReceipts = {
  vendor: VENDOR,
  readTexts(body) {
    return fitting(report, body)?.map(({ biz_id: id, success, err_code: code = '', err_msg: said }) => {
      if (success) return { id }
      return { id, failure: { class: 'not-delivered', vendor: VENDOR, code, ...quotation(said) } }
    })
  },
  readReplies(body) {
    return fitting(reply, body)?.map(({ phone_number: number, content: text, sequence_id: id, send_time: at }) => {
      const phone = e164Of(number)
      return { phone, text, once: `${phone} ${id ?? at} ${text}` }
    })
  },
  answer: { code: 0, msg: 'ok' },
}

/** As the vendor writes numbers to us: 11 digits of the mainland, or a country's code and the rest. */
function e164Of(number: string): string {
  const digits = number.replace(/^\+/, '')
  return /^1\d{10}$/.test(digits) ? `+86${digits}` : `+${digits}`
}
