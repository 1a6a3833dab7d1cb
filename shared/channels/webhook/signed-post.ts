import { createHmac } from 'node:crypto'
import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import type { ChannelIo, Delivery } from '../channel.ts'
import { post, readByStatus, repeatable } from '../post.ts'
import { PrivateTarget, publicFetch } from './public-fetch.ts'

export const VENDOR = 'webhook'

const removeIt: Remedy = {
  zh: '接收方声明不再需要：请从 fenghuo.yml 删去，或换成新地址',
  en: 'the receiver wants no more of it: take it out of fenghuo.yml, or write the new address',
}

/** Everything but a 2xx is a failure, redirects included; these are worth another try. */
export const errors: ErrorTable = {
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

/** An event as it is posted. */
export interface SignedPost {
  url: string
  /** The same for every try of it. */
  id: string
  body: string
  /** It bears a signature by each; by none where nobody has a key yet. */
  keys: string[]
  /** Posts to private addresses, and over plain HTTP, as well. */
  allowPrivate?: boolean
}

/** Posts an event once by Standard Webhooks, and says what became of it: what may have been taken is worth another try, which is the same. */
export async function postSigned({ url, id, body, keys, allowPrivate }: SignedPost, io: ChannelIo): Promise<Delivery> {
  const timestamp = Math.floor(io.now() / 1000)
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    ...(keys.length > 0 && { 'webhook-signature': keys.map((key) => sign(id, timestamp, body, key)).join(' ') }),
  }
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
  if (isPrivate) return { status: 'failed', failure: { class: 'private-target', vendor: VENDOR } }
  return repeatable(delivery)
}

/** `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; `at` in seconds. The bytes behind `whsec_` are the key. */
export function sign(id: string, at: number, body: string, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`
}
