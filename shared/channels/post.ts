import type { ChannelIo, Delivery } from './channel.ts'
import { lost } from './network.ts'

/** Waiting time after 429 and 503 without a Retry-After of their own. */
const BUSY_RETRY_MS = 5_000

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

export interface Post {
  url: string
  /** POST unless it says otherwise. */
  method?: 'GET' | 'POST'
  /** Written as JSON; text is sent as it is, `undefined` is no body. */
  body: unknown
  /** In place of the content type of JSON. Names are in lower case. */
  headers?: Record<string, string>
  /** Names the vendor in failures. */
  vendor: string
  /** What the vendor's JSON answer to a 200 means; undefined when it is not one of its answers. */
  read(answer: unknown): Delivery | undefined
  /** Whether the vendor says why in the JSON of a 4xx, to be read like a 200's; otherwise the status counts. */
  explainsRefusals?: boolean
}

/**
 * Posts JSON once, or asks with a GET, and says what became of it. A 200 counts by its content alone; what is no answer of the vendor's is
 * `unknown`. Never rejects, follows no redirect.
 */
export async function post(
  { url, method = 'POST', body, headers = JSON_TYPE, vendor, read, explainsRefusals = false }: Post,
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
    const isExplained = explainsRefusals && response.status >= 400 && response.status < 500
    if (response.status !== 200) return (isExplained ? read(parse(text)) : undefined) ?? byStatus(response, vendor)
    return read(parse(text)) ?? { status: 'unknown', failure: { class: 'unreadable-answer', vendor } }
  } catch (error) {
    return lost(error, vendor)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A 429 or 503 took nothing; behind any other 5xx the vendor may have acted; the rest is refused for good. */
function byStatus({ status, headers }: Response, vendor: string): Delivery {
  const failure = { class: 'http-status', vendor, status } as const
  if (status === 429 || status === 503) return { status: 'retry', afterMs: retryAfter(headers), failure }
  return { status: status >= 500 ? 'unknown' : 'failed', failure }
}

/** Retry-After in seconds (RFC 9110, 10.2.3), at most ten minutes; its date form is not worth a clock here. */
function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return seconds > 0 ? Math.min(seconds * 1000, 600_000) : BUSY_RETRY_MS
}
