import type { Instant } from '../../contracts/words.ts'
import type { CheckIo } from '../kind.ts'
import { parseUrl } from '../network/parse-url.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact, seenFault } from '../run/fault.ts'
import { withinLimit } from '../run/time-limit.ts'
import type { HttpResponse } from './body.ts'
import type { Hop } from './hop.ts'
import type { OAuth2 } from './spec.ts'

/** A token is asked for anew so long before it ends. */
const MARGIN_MS = 30_000

/** More than this is no token. */
const TOKEN_LIMIT = 16_384

const UNAUTHORIZED = 401

interface Token {
  value: string
  until: Instant
}

/** Tokens of this process by what they were asked for with. */
const tokens = new Map<string, Token>()

/** Sends a request for a token; `scope` ends it. */
type Ask = (hop: Hop, scope: AbortSignal) => Promise<HttpResponse>

/**
 * Calls `follow` with a token by the client credentials grant (RFC 6749, section 4.4), and once more with a new one where one that was
 * kept is refused: it may have been revoked. Rejects with an `unknown` fault if there is none: without a token nothing is known of the
 * target. Half of the time until `deadline` is left to the target.
 */
export async function withToken(
  written: OAuth2,
  io: CheckIo,
  deadline: Instant,
  ask: Ask,
  follow: (token: string) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const credentials = fromEnvironment(written, io.env)
  const key = JSON.stringify(credentials)
  const grant = () => granted(credentials, key, io, io.now() + (deadline - io.now()) / 2, ask)
  const kept = tokens.get(key)
  if (kept === undefined || kept.until <= io.now()) return follow(await grant())
  const response = await follow(kept.value)
  if (response.status !== UNAUTHORIZED) return response
  tokens.delete(key)
  return follow(await grant())
}

async function granted(credentials: OAuth2, key: string, io: CheckIo, until: Instant, ask: Ask): Promise<string> {
  const askedAt = io.now()
  const hop = requestFor(credentials)
  const { value, forMs } = grantedIn(await answerTo(withinLimit(io, until, (scope) => ask(hop, scope))))
  if (forMs > MARGIN_MS) tokens.set(key, { value, until: askedAt + forMs - MARGIN_MS })
  return value
}

async function answerTo(asked: Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await asked
  } catch (error) {
    const { outcome, fault } = seenFault(error)
    throw new Fault(outcome === 'unknown' ? fault : fact('no-token', { why: fault }), 'unknown')
  }
}

function requestFor({ tokenUrl, clientId, clientSecret, scope, audience, credentialsIn }: OAuth2): Hop {
  const url = parseUrl(tokenUrl)
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw new Fault(fact('url-unusable'), 'unknown')
  const isInHeader = credentialsIn === 'header'
  const own = isInHeader ? {} : { client_id: clientId, client_secret: clientSecret }
  const asked = { grant_type: 'client_credentials', ...(scope && { scope }), ...(audience && { audience }), ...own }
  // Section 2.3.1: both are form-encoded before they are put together.
  const basic = Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')
  return {
    url,
    method: 'POST',
    headers: {
      'user-agent': 'fenghuo',
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      host: url.host,
      ...(isInHeader ? { authorization: `Basic ${basic}` } : {}),
    },
    body: new URLSearchParams(asked).toString(),
    privateHeaders: [],
    isBodyPrivate: true,
    isAtHome: false,
  }
}

function encoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length)
}

/** Section 5.1; what is wrong with the request is said in `error` (section 5.2). */
function grantedIn({ status, body }: HttpResponse): { value: string; forMs: number } {
  const answer = objectIn(body)
  const { access_token: value, token_type: type, expires_in: seconds, error } = answer
  if (status !== 200 || typeof error === 'string')
    throw new Fault(fact('token-refused', { status, ...(typeof error === 'string' ? { error } : {}) }), 'unknown')
  const isUsable = typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && value.length <= TOKEN_LIMIT
  if (!isUsable || !/^bearer$/i.test(String(type ?? 'bearer'))) throw new Fault(fact('token-unreadable'), 'unknown')
  const forMs = Number(seconds) * 1_000
  return { value, forMs: Number.isFinite(forMs) ? forMs : 0 }
}

function objectIn(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
