import * as z from 'zod'

export const settings = z.strictObject({
  hook: z
    .string()
    .min(1)
    .meta({
      description: 'What follows /api/webhooks/ in the address of the webhook: its id and token.',
      zh: 'Webhook 地址中 /api/webhooks/ 之后的部分：ID 和 token。',
      examples: ['${DISCORD_HOOK}'],
    }),
})
export type Settings = z.infer<typeof settings>
