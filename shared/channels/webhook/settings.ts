import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

export const settings = z.strictObject({
  url: z
    .string()
    .refine(
      (url) => url.includes('${') || /^https?:$/.test(URL.parse(url)?.protocol ?? ''),
      wrong('no-url', {
        en: 'should be an address such as https://example.com/hook',
        zh: '应为地址，如 https://example.com/hook',
      }),
    )
    .meta({
      description: 'Where events are posted, over HTTPS.',
      zh: '事件发往的地址，HTTPS。',
      examples: ['https://hooks.example.com/fenghuo'],
    }),
  secret: z
    .string()
    .min(1)
    .meta({
      description: 'The key that signs them: whsec_ and 24 to 64 bytes in base64.',
      zh: '签名密钥：whsec_ 加 24 到 64 字节的 base64。',
      examples: ['${WEBHOOK_SECRET}'],
    }),
  previousSecret: z
    .string()
    .min(1)
    .optional()
    .meta({
      description: 'The key before, while receivers change over: each event then bears both signatures.',
      zh: '轮换期间的旧密钥：每个事件同时带两个签名。',
      examples: ['${WEBHOOK_SECRET_BEFORE}'],
    }),
  allowPrivate: z.boolean().optional().meta({
    description: 'Lets it post to private addresses, and over plain HTTP: else both are refused.',
    zh: '允许发往内网地址和不加密的 HTTP，否则都拒绝。',
  }),
})
export type Settings = z.infer<typeof settings>
