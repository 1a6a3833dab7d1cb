import * as z from 'zod'

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
})
export type Settings = z.infer<typeof settings>
