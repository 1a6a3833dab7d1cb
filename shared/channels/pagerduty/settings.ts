import * as z from 'zod'

export const settings = z.strictObject({
  routingKey: z
    .string()
    .min(1)
    .meta({
      description: 'The integration key of a service or ruleset, for Events API v2.',
      zh: '服务或规则集的集成密钥（Events API v2）。',
      examples: ['${PAGERDUTY_ROUTING_KEY}'],
    }),
})
export type Settings = z.infer<typeof settings>
