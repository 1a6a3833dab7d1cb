import * as z from 'zod'

export const settings = z.strictObject({
  from: z
    .string()
    .min(1)
    .max(256)
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
