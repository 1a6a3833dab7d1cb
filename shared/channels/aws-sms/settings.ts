import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

export const settings = z.strictObject({
  from: z
    .string()
    // SendTextMessage, OriginationIdentity: 1 to 256 of these.
    .regex(
      /^([A-Za-z0-9_:/+-]{1,256}|\$\{\w+\})$/,
      wrong('no-origination', {
        en: 'should be a number, a sender id or a pool of the account, by its id or ARN: letters, digits, _ : / + - alone',
        zh: '应为账号中的号码、发送者 ID 或号码池的 ID 或 ARN：只能有字母、数字和 _ : / + -',
      }),
    )
    .optional()
    .meta({
      description: 'Who texts are from: a number, sender id or pool of the account, by its id or ARN.',
      zh: '发送方：账号中的号码、发送者 ID 或号码池，写其 ID 或 ARN。',
      absent: { en: 'one that the vendor picks', zh: '由厂商选择' },
      examples: ['FENGHUO', '+6531580000'],
    }),
  region: z
    .string()
    .regex(/^([a-z]{2}(-[a-z]+)+-\d|\$\{\w+\})$/)
    .optional()
    .meta({
      description: 'The region whose numbers, sender ids and spending limit they are.',
      zh: '号码、发送者 ID 和消费上限所在的地域。',
      absent: { en: "the deployment's", zh: '部署所在的地域' },
      examples: ['ap-southeast-1'],
    }),
})
export type Settings = z.infer<typeof settings>
