import * as z from 'zod'

/** What a project's configuration says under `inbound.grafana`. */
export const options = z.strictObject({
  secret: z
    .string()
    .min(1)
    .meta({
      description: 'The HMAC secret of the contact point; without the right signature nothing is taken.',
      zh: '联络点的 HMAC 密钥；签名不对则一律不收。',
      examples: ['${GRAFANA_SECRET}'],
    }),
  header: z
    .string()
    .default('X-Grafana-Alerting-Signature')
    .meta({ description: 'The header of the signature.', zh: '签名所在的请求头。' }),
  timestampHeader: z
    .string()
    .exactOptional()
    .meta({
      description: 'The header of the time that is signed with the body, if there is one.',
      zh: '与正文一起签名的时间所在的请求头（如有）。',
      examples: ['X-Grafana-Alerting-Timestamp'],
    }),
})
export type Options = z.infer<typeof options>
