import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { outcomeOptions } from '../aws/options.ts'

/** What a project's configuration says under `inbound.sns`. */
export const options = z.strictObject({
  topics: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]+$/,
          wrong('no-topic', { en: 'is not the ARN of a topic', zh: '不是主题的 ARN' }),
        ),
    )
    .min(1)
    .meta({
      description: 'Topics whose subscription is confirmed, and whose messages are taken.',
      zh: '确认其订阅并接收其消息的主题。',
      examples: [['arn:aws:sns:ap-southeast-1:123456789012:alarms']],
    }),
  ...outcomeOptions,
})
export type Options = z.infer<typeof options>
