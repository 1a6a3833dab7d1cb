import type { Instant } from '../../contracts/words.ts'
import type { CheckIo } from '../kind.ts'
import { type Answer, apiFault, ask, type Lines, openLines } from '../network/ask-api.ts'
import { parseUrl } from '../network/parse-url.ts'
import { privateHost } from '../network/private-host.ts'
import { Fault, fact } from '../run/fault.ts'
import type { CheckFault } from '../words.ts'

/** Registries send on to others (RFC 7480, section 5.2). */
const MOST_REDIRECTS = 3

/** A registry that asks for patience without saying how long, and the longest that is believed. */
const PATIENCE_MS = 3_600_000
const MOST_PATIENCE_MS = 86_400_000

const ACCEPT = { accept: 'application/rdap+json, application/json' }

/** Host → until when it wants not to be asked, over all checks of this process. */
const busy = new Map<string, Instant>()

/**
 * Asks an RDAP server (RFC 7480), or IANA for the list of them: status 200 with JSON, or 404 of a server that speaks RDAP. Anything
 * else is an `unknown` fault that names the host. One that has asked for patience (429, 503 with Retry-After) is left alone until then.
 */
export async function askRegistry(
  url: URL,
  io: CheckIo,
  scope: AbortSignal,
): Promise<{ status: 200 | 404; json: unknown }> {
  const lines = openLines()
  try {
    let at = url
    for (let left = MOST_REDIRECTS; ; left--) {
      const answer = await askOnce(at, io, lines, scope)
      const next = redirection(answer, at)
      if (next === undefined) return read(answer, at)
      if (left === 0) throw failed(at, fact('api-status', { status: answer.status }))
      at = next
    }
  } finally {
    lines.hangUp()
  }
}

/** The fault of an answer that is no RDAP. */
export function malformed(url: URL): Fault {
  return failed(url, fact('api-answer-malformed'))
}

async function askOnce(url: URL, io: CheckIo, lines: Lines, scope: AbortSignal): Promise<Answer> {
  const until = busy.get(url.host) ?? 0
  if (until > io.now()) throw failed(url, patience(429, until - io.now()))
  const answer = await ask({ url, method: 'GET', headers: ACCEPT }, lines, scope).catch((error) => {
    throw failed(url, apiFault(error))
  })
  const { status, headers } = answer
  if (status !== 429 && (status !== 503 || headers['retry-after'] === undefined)) return answer
  const waitMs = Math.min(MOST_PATIENCE_MS, retryAfterMs(headers['retry-after'], io.now()))
  busy.set(url.host, io.now() + waitMs)
  throw failed(url, patience(status, waitMs))
}

function patience(status: number, waitMs: number): CheckFault {
  return fact('api-status', { status, againS: Math.ceil(waitMs / 1_000) })
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(text: string | undefined, now: Instant): number {
  if (text !== undefined && /^\d+$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? PATIENCE_MS : Math.max(0, at - now)
}

/** Where an answer sends us: within its origin or, encrypted, to anybody outside of our network. */
function redirection({ status, headers }: Answer, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return undefined
  const to = parseUrl(headers.location, from)
  const isFine =
    to?.origin === from.origin || (to?.protocol === 'https:' && privateHost(bare(to.hostname)) === undefined)
  if (to === undefined || !isFine) throw failed(from, fact('api-status', { status }))
  return to
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function read({ status, headers, text }: Answer, url: URL): { status: 200 | 404; json: unknown } {
  // A server without RDAP says 404 to all, in HTML.
  const isRdap = /json/i.test(headers['content-type'] ?? '') || text === ''
  if (status === 404 && isRdap) return { status, json: undefined }
  if (status !== 200) throw failed(url, fact('api-status', { status }))
  try {
    return { status, json: JSON.parse(text) }
  } catch {
    throw malformed(url)
  }
}

function failed(url: URL, fault: CheckFault): Fault {
  return new Fault(fact('registry-failed', { host: url.host, fault }), 'unknown')
}
