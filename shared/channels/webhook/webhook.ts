import { createHmac } from 'node:crypto'
import * as z from 'zod'
import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import type { Channel, ChannelIo, Delivery } from '../channel.ts'
import { eachNotice } from '../each-notice.ts'
import { judgedByStatus, post, repeatable } from '../post.ts'
import { fingerprint } from '../robot.ts'
import { TEXT_BYTES, webhookEvent } from './event.ts'
import { PrivateTarget, publicFetch } from './public-fetch.ts'

const VENDOR = 'webhook'

const removeIt: Remedy = {
  zh: '接收方声明不再需要：请从 fenghuo.yml 删去，或换成新地址',
  en: 'the receiver wants no more of it: take it out of fenghuo.yml, or write the new address',
}

/** Everything but a 2xx is a failure, redirects included; these are worth another try. */
const errors: ErrorTable = {
  source: 'github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md (1.0.0)',
  codes: {
    400: { class: 'bad-request' },
    401: { class: 'bad-credentials' },
    403: { class: 'not-allowed' },
    404: { class: 'no-such-sender' },
    410: { class: 'recipient-gone', remedy: removeIt },
    429: { class: 'rate-limited', afterMs: 5_000 },
    500: { class: 'busy', afterMs: 5_000 },
    502: { class: 'busy', afterMs: 5_000 },
    503: { class: 'busy', afterMs: 5_000 },
    504: { class: 'busy', afterMs: 5_000 },
  },
}

const settings = z.strictObject({
  url: z
    .string()
    .refine((url) => url.includes('${') || /^https?:$/.test(URL.parse(url)?.protocol ?? ''), {
      error: 'should be an address such as https://example.com/hook',
    })
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
type Settings = z.infer<typeof settings>

/** Events by Standard Webhooks: signed, with an id by which receivers tell repeats, and sent again until they are taken. */
export const webhook: Channel<Settings> = {
  type: VENDOR,
  title: { zh: 'Webhook', en: 'Webhook' },
  summary: {
    en: 'A signed event for each state change to a program of your own, by Standard Webhooks 1.0.0.',
    zh: '每次状态变化向您自己的程序发一个签名事件，遵循 Standard Webhooks 1.0.0。',
  },
  reaches: 'group',
  settings,
  example: { url: 'https://hooks.example.com/fenghuo', secret: '${WEBHOOK_SECRET}' },
  errors,
  // The specification lets a receiver take 15 to 30 s; a page does not wait so long for a program.
  limits: { source: errors.source, maxBytes: TEXT_BYTES, answerMs: 8_000 },
  rateKey: ({ url }) => fingerprint(url),
  send: (message, _to, config, io) =>
    eachNotice(message, async (one) => {
      const { id, body } = webhookEvent(one)
      const timestamp = Math.floor(io.now() / 1000)
      const keys = [config.secret, ...(config.previousSecret === undefined ? [] : [config.previousSecret])]
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': keys.map((key) => sign(id, timestamp, body, key)).join(' '),
      }
      return repeatable(await postEvent(config, headers, body, io))
    }),
}

async function postEvent(
  { url, allowPrivate }: Settings,
  headers: Record<string, string>,
  body: string,
  io: ChannelIo,
): Promise<Delivery> {
  let isPrivate = false
  const fetchPublic = async (_: unknown, init: RequestInit = {}): Promise<Response> => {
    try {
      return await publicFetch(new URL(url), { headers, body, signal: init.signal ?? io.signal })
    } catch (error) {
      isPrivate = error instanceof PrivateTarget
      throw error
    }
  }
  const fetch = allowPrivate ? io.fetch : (fetchPublic as typeof io.fetch)
  const read = (): undefined => undefined
  const judge = (answer: Parameters<typeof judgedByStatus>[0]) => judgedByStatus(answer, VENDOR, errors)
  const delivery = await post({ url, body, headers, vendor: VENDOR, read, judge }, { ...io, fetch })
  return isPrivate ? { status: 'failed', failure: { class: 'private-target', vendor: VENDOR } } : delivery
}

/** `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; `at` in seconds. The bytes behind `whsec_` are the key. */
export function sign(id: string, at: number, body: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`
}
