import { jsonIn } from '../contracts/json-in.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { ErrorTable } from '../contracts/vendor-errors.ts'
import type { ChannelIo, Delivery } from './channel.ts'
import { refusal } from './errors.ts'
import { lost } from './network.ts'

/** Waiting time after 429 and 503 without a Retry-After of their own. */
const BUSY_RETRY_MS = 5_000

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** A vendor's answer as it came. */
export interface Answer {
  status: number
  headers: Headers
  text: string
}

export interface Post {
  url: string
  /** POST unless it says otherwise. */
  method?: 'GET' | 'POST' | 'PATCH'
  /** Written as JSON; text is sent as it is, `undefined` is no body. */
  body: unknown
  /** In place of the content type of JSON. Names are in lower case. */
  headers?: Record<string, string>
  /** Names the vendor in failures. */
  vendor: string
  /** What the vendor's JSON answer to a 200 means; undefined when it is not one of its answers. */
  read(answer: unknown): Delivery | undefined
  /** What an answer means, whatever its status and form; undefined: it is read as usual. */
  readAny?(answer: Answer): Delivery | undefined
  /** Whether the vendor says why in the JSON of a 4xx, to be read like a 200's; otherwise the status counts. */
  explainsRefusals?: boolean
}

/**
 * Posts JSON once, or asks with a GET, and says what became of it. A 200 counts by its content alone; what is no answer of the vendor's is
 * `unknown`. Never rejects, follows no redirect.
 */
export async function post(
  { url, method = 'POST', body, headers = JSON_TYPE, vendor, read, readAny, explainsRefusals = false }: Post,
  io: ChannelIo,
): Promise<Delivery> {
  if (io.signal.aborted) return { status: 'retry', afterMs: 0, failure: { class: 'no-time', vendor } }
  try {
    const response = await io.fetch(url, {
      method,
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
      signal: io.signal,
    })
    const text = await response.text()
    const known = readAny?.({ status: response.status, headers: response.headers, text })
    if (known !== undefined) return known
    const isExplained = explainsRefusals && response.status >= 400 && response.status < 500
    if (response.status !== 200) return (isExplained ? read(jsonIn(text)) : undefined) ?? byStatus(response, vendor)
    return read(jsonIn(text)) ?? { status: 'unknown', failure: { class: 'unreadable-answer', vendor } }
  } catch (error) {
    return lost(error, vendor)
  }
}

/** A 429 or 503 took nothing; behind any other 5xx the vendor may have acted; the rest is refused for good. */
function byStatus({ status, headers }: Response, vendor: string): Delivery {
  const failure = { class: 'http-status', vendor, status } as const
  if (status === 429 || status === 503) return { status: 'retry', afterMs: retryAfter(headers), failure }
  return { status: status >= 500 ? 'unknown' : 'failed', failure }
}

/**
 * For a vendor that says all by HTTP status: any 2xx is yes, a status of its table means what that says, later where its Retry-After
 * says so. What the table lacks is read as usual.
 */
export function readByStatus(vendor: string, errors: ErrorTable): Pick<Post, 'vendor' | 'read' | 'readAny'> {
  return {
    vendor,
    read: () => undefined,
    readAny({ status, headers, text }) {
      if (status >= 200 && status < 300) return { status: 'sent' }
      if (ownProperty(errors.codes, String(status)) === undefined) return undefined
      const refused = refusal(vendor, String(status), text, errors)
      if (refused.status !== 'retry' || !headers.has('retry-after')) return refused
      return { ...refused, afterMs: Math.max(refused.afterMs, retryAfter(headers)) }
    },
  }
}

/** For a vendor that takes the same request twice as one: what may have been taken is simply sent again. */
export function repeatable(delivery: Delivery): Delivery {
  return delivery.status === 'unknown'
    ? { status: 'retry', afterMs: BUSY_RETRY_MS, failure: delivery.failure }
    : delivery
}

/** Retry-After in seconds (RFC 9110, 10.2.3), at most ten minutes; its date form is not worth a clock here. */
export function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds > 0 ? Math.min(seconds * 1000, 600_000) : BUSY_RETRY_MS
}
