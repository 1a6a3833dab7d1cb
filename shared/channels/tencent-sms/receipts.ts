import * as z from 'zod/mini'
import type { TextEnd } from '../../store/sent-texts.ts'
import { quotation } from '../network.ts'
import { fitting } from '../receipts/fitting.ts'
import type { TextReceipts } from '../receipts/text-receipts.ts'
import { VENDOR } from './send.ts'

/** Fields may be added (cloud.tencent.com/document/product/382/52077, "SMS Sending Status Notification"). */
const report = z.looseObject({
  /** The SerialNo of the answer. */
  sid: z.string().check(z.minLength(1), z.maxLength(256)),
  report_status: z.enum(['SUCCESS', 'FAIL']),
  errmsg: z.optional(z.string()),
  description: z.optional(z.string()),
})

/** What somebody has texted (cloud.tencent.com/document/product/382/43548, "SMS Reply"). It has no id: its time and its words stand for it. */
const reply = z.looseObject({
  mobile: z.string().check(z.regex(/^\d{4,15}$/)),
  nationcode: z.string().check(z.regex(/^\d{1,4}$/)),
  text: z.string().check(z.maxLength(1_000)),
  time: z.number(),
})

/** How Tencent Cloud's notifications of texts are read: what became of ours, and what people have written. */
export const tencentSmsReceipts: TextReceipts = {
  vendor: VENDOR,
  readTexts(body) {
    return fitting(report, body)?.flatMap(({ sid, report_status: status, errmsg: code, description }) => {
      const end = textEndOf(status, code, description)
      return end === undefined ? [] : [{ id: sid, ...end }]
    })
  },
  readReplies(body) {
    const { data } = reply.safeParse(body)
    if (data === undefined) return undefined
    const { mobile, nationcode, text, time } = data
    const phone = `+${nationcode}${mobile}`
    return [{ phone, text, once: `${phone} ${time} ${text}` }]
  },
  answer: { result: 0, errmsg: 'OK' },
}

/** What the carrier's word on a text means; undefined: it has said nothing yet. */
export function textEndOf(status: unknown, code: string | undefined, said: unknown): TextEnd | undefined {
  if (status === 'SUCCESS') return {}
  if (status !== 'FAIL') return undefined
  return { failure: { class: 'not-delivered', vendor: VENDOR, ...(code ? { code } : {}), ...quotation(said) } }
}
