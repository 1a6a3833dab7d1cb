import * as z from 'zod'

/** What a project's configuration says under `inbound.sentry`. */
export const options = z.strictObject({
  secret: z
    .string()
    .min(1)
    .meta({
      description: 'The client secret of the integration; without the right signature nothing is taken.',
      zh: '集成的 client secret；签名不对则一律不收。',
      examples: ['${SENTRY_SECRET}'],
    }),
})
export type Options = z.infer<typeof options>
