import * as z from 'zod/mini'
import { jsonIn } from '../../contracts/json-in.ts'
import { quotation } from '../network.ts'
import type { TextEvents } from '../receipts/text-receipts.ts'

const VENDOR = 'aws-sms'

/**
 * What EventBridge brings of a text, without any setting up (docs.aws.amazon.com, AWS End User Messaging SMS user guide, "Monitoring with
 * EventBridge" and "Example event data"). Fields may be added.
 */
const delivery = z.looseObject({
  source: z.literal('aws.sms-voice'),
  'detail-type': z.literal('Text Message Delivery Status Updated'),
  detail: z.looseObject({
    eventType: z.string(),
    isFinal: z.optional(z.boolean()),
    /** As the answer to SendTextMessage had it. */
    messageId: z.string().check(z.minLength(1), z.maxLength(256)),
    messageStatus: z.optional(z.string()),
    messageStatusDescription: z.optional(z.string()),
    /** What the text was sent with: ours names its incident. */
    context: z.optional(z.record(z.string(), z.unknown())),
  }),
})

/**
 * What somebody has texted to a number with two-way SMS, as SNS hands it to a function (docs.aws.amazon.com, AWS End User Messaging SMS user
 * guide, "Example of a two-way SMS message payload"; Lambda developer guide, "Using Lambda with Amazon SNS").
 */
const notification = z.looseObject({
  Records: z
    .array(z.looseObject({ EventSource: z.literal('aws:sns'), Sns: z.looseObject({ Message: z.string() }) }))
    .check(z.minLength(1)),
})
const reply = z.looseObject({
  originationNumber: z.string().check(z.regex(/^\+\d{4,15}$/)),
  messageBody: z.string().check(z.maxLength(2_000)),
  inboundMessageId: z.string().check(z.minLength(1), z.maxLength(256)),
})

/** Which of the two a carrier says depends on its country ("Event types for SMS, MMS, and voice"). */
const ARRIVED = ['TEXT_DELIVERED', 'TEXT_SUCCESSFUL']

/** On its way, or nobody knows after three days: no end of a text. */
const TELLS_NOTHING = ['TEXT_QUEUED', 'TEXT_PENDING', 'TEXT_SENT', 'TEXT_UNKNOWN']

/** How events of AWS's texts are read. The set of their types is open: whatever else is final has not arrived. */
export const awsSmsReceipts: TextEvents = {
  vendor: VENDOR,
  readEvent(event) {
    const parsed = delivery.safeParse(event)
    if (!parsed.success) return undefined
    const { eventType, isFinal = true, messageId: id, context, ...said } = parsed.data.detail
    const isOthers = context !== undefined && context.incident === undefined
    if (isOthers || !isFinal || TELLS_NOTHING.includes(eventType)) return 'ignored'
    if (ARRIVED.includes(eventType)) return { id }
    const code = said.messageStatus ?? eventType.replace(/^TEXT_/, '')
    const failure = {
      class: 'not-delivered',
      vendor: VENDOR,
      code,
      ...quotation(said.messageStatusDescription),
    } as const
    return { id, failure }
  },
  readReplies(event) {
    return notification.safeParse(event).data?.Records.flatMap(({ Sns }) => {
      const { data } = reply.safeParse(jsonIn(Sns.Message))
      if (data === undefined) return []
      return [{ phone: data.originationNumber, text: data.messageBody, once: data.inboundMessageId }]
    })
  },
}
