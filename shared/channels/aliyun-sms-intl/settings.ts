import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { receiptQueues } from '../receipts/receipt-queues.ts'
import { aliyunKeys } from '../vendors/aliyun-keys.ts'

export const settings = z.strictObject({
  from: z
    .string()
    // SendMessageToGlobe, From.
    .regex(
      /^([A-Za-z0-9]{1,11}|\d{12,15}|\$\{\w+\})$/,
      wrong('no-sender-id', {
        en: 'should be a sender ID of at most 11 letters and digits, or a number of at most 15 digits',
        zh: '应为不超过 11 位字母和数字的发送者 ID，或不超过 15 位的号码',
      }),
    )
    .optional()
    .meta({
      description: 'Who texts are from: a sender ID that the vendor has approved, or a number.',
      zh: '发送方：厂商审核通过的发送者 ID，或号码。',
      absent: { en: 'one that the vendor picks', zh: '由厂商选择' },
      examples: ['FENGHUO'],
    }),
  receipts: receiptQueues('SmsReport'),
  ...aliyunKeys,
})
export type Settings = z.infer<typeof settings>
