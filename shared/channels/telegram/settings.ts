import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

export const settings = z.strictObject({
  token: z
    .string()
    .min(1)
    .meta({
      description: 'Of the bot, from @BotFather.',
      zh: '机器人的 token，来自 @BotFather。',
      examples: ['${TELEGRAM_TOKEN}'],
    }),
  chat: z.union([z.int(), z.string().min(1)]).meta({
    description: 'Id of the group, or @name of a public one.',
    zh: '群的 ID，或公开群的 @名称。',
    examples: [-1001234567890, '@oncall'],
  }),
  webhookSecret: z
    .string()
    // setWebhook, secret_token; shorter ones are guessed.
    .regex(
      /^([A-Za-z0-9_-]{16,256}|\$\{\w+\})$/,
      wrong('no-webhook-secret', {
        en: 'should be 16 to 256 letters, digits, _ and -',
        zh: '应为 16 到 256 个字母、数字、_ 和 -',
      }),
    )
    .optional()
    .meta({
      description:
        "The secret_token of the bot's webhook: with it, messages have buttons that act as whoever presses them.",
      zh: '机器人 Webhook 的 secret_token：写了消息就带按钮，按下者即操作人。',
      examples: ['${TELEGRAM_WEBHOOK_SECRET}'],
    }),
})
export type Settings = z.infer<typeof settings>
