import { createHmac } from 'node:crypto'
import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import type { ChannelIo, Delivery, SenderOf } from '../channel.ts'
import { eachNotice } from '../each-notice.ts'
import { post, readByStatus, repeatable } from '../post.ts'
import { fingerprint } from '../robot.ts'
import { TEXT_BYTES, webhookEvent } from './event.ts'
import { PrivateTarget, publicFetch } from './public-fetch.ts'
import type { Settings } from './settings.ts'

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

/** What sends, without what describes it: all that `page` loads of this channel. */
export const webhookSender: SenderOf<Settings> = {
  type: VENDOR,
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
  const delivery = await post({ url, body, headers, ...readByStatus(VENDOR, errors) }, { ...io, fetch })
  return isPrivate ? { status: 'failed', failure: { class: 'private-target', vendor: VENDOR } } : delivery
}

/** `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; `at` in seconds. The bytes behind `whsec_` are the key. */
export function sign(id: string, at: number, body: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`
}
