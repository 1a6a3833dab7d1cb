import * as z from 'zod'
import { quotation } from '../network.ts'
import { MOST_AT_ONCE, type TextReceipts } from '../text-receipts.ts'
import { VENDOR } from './send.ts'

/** Fields may be added (cloud.tencent.com/document/product/382/52077, "SMS Sending Status Notification"). */
const posted = z
  .array(
    z.looseObject({
      /** The SerialNo of the answer. */
      sid: z.string().min(1).max(256),
      report_status: z.enum(['SUCCESS', 'FAIL']),
      errmsg: z.string().optional(),
      description: z.string().optional(),
    }),
  )
  .max(MOST_AT_ONCE)

/** How Tencent Cloud's notifications of what became of texts are read. */
export const tencentSmsReceipts: TextReceipts = {
  vendor: VENDOR,
  readTexts(body) {
    return posted.safeParse(body).data?.map(({ sid, report_status: status, errmsg: code = '', description }) => {
      if (status === 'SUCCESS') return { id: sid }
      return { id: sid, failure: { class: 'not-delivered', vendor: VENDOR, code, ...quotation(description) } }
    })
  },
  answer: { result: 0, errmsg: 'OK' },
}
