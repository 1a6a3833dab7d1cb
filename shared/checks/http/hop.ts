import { references } from '../../contracts/references.ts'
import type { CheckIo } from '../kind.ts'
import { parseUrl } from '../network/parse-url.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpRequest } from './exchange.ts'
import type { HttpSpec } from './spec.ts'

/** One request of a check: the first, or one that a redirect led to. */
export interface Hop extends HttpRequest {
  /** Names of headers that only the origin they were configured for may see. */
  privateHeaders: string[]
  isBodyPrivate: boolean
  /** It goes to the host that the check names: a fixed address and a client certificate are meant for that one alone. */
  isAtHome: boolean
}

/** RFC 9110, section 15.4, without those that need a choice (300) or a cache (304). */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

/** The request that the configuration asks for. An unset `${NAME}` is an `unknown` fault. */
export function firstHop(spec: HttpSpec, env: CheckIo['env']): Hop {
  const { url: address, headers, body, basic, bearer } = spec
  const value = fromEnvironment({ address, headers, body, basic, bearer }, env)
  const url = parseUrl(value.address)
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.port === '0')
    throw new Fault(fact('url-unusable'), 'unknown')
  return {
    url,
    method: spec.method,
    headers: {
      'user-agent': 'fenghuo',
      accept: '*/*',
      ...authorization(url, value),
      host: url.host,
      ...value.headers,
    },
    ...(value.body === undefined ? {} : { body: value.body }),
    privateHeaders: ['authorization', 'cookie', 'host', ...secretHeaders(spec.headers)],
    isBodyPrivate: references(spec.body).length > 0,
    isAtHome: true,
  }
}

/**
 * Where a redirect leads; undefined if it has no location. Methods change as browsers do it (Fetch standard, "HTTP-redirect
 * fetch"): 303 asks by GET, and so do 301 and 302 after a POST. Another origin gets no credentials and no `${NAME}` value.
 */
export function nextHop(hop: Hop, { status, headers }: HttpResponse): Hop | undefined {
  if (headers.location === undefined) return undefined
  const url = target(headers.location, hop.url)
  const isSameOrigin = url.origin === hop.url.origin
  const asksByGet = (status === 303 && hop.method !== 'HEAD') || (status < 303 && hop.method === 'POST')
  if (!isSameOrigin && hop.isBodyPrivate && !asksByGet) throw new Fault(fact('redirect-of-secret'))
  const { body, ...rest } = hop
  const dropped = [...(isSameOrigin ? [] : hop.privateHeaders), ...(asksByGet ? ['content-type'] : [])]
  const kept = Object.entries(hop.headers).filter(([name]) => !dropped.includes(name))
  return {
    ...rest,
    url,
    method: asksByGet ? 'GET' : hop.method,
    headers: isSameOrigin ? Object.fromEntries(kept) : { ...Object.fromEntries(kept), host: url.host },
    ...(asksByGet || body === undefined ? {} : { body }),
    isAtHome: hop.isAtHome && url.hostname === hop.url.hostname,
  }
}

/** Node reads headers as Latin-1; servers write locations in UTF-8. */
function target(location: string, base: URL): URL {
  const text = Buffer.from(location, 'latin1').toString()
  const url = parseUrl(text, base)
  if (url === undefined) throw new Fault(fact('redirect-to-no-url'))
  url.hash = ''
  const { protocol: scheme } = url
  if (scheme !== 'http:' && scheme !== 'https:') throw new Fault(fact('redirect-not-followed', { scheme }))
  return url
}

function authorization(
  { username, password }: URL,
  { basic, bearer }: Pick<HttpSpec, 'basic' | 'bearer'>,
): { authorization?: string } {
  if (bearer !== undefined) return { authorization: `Bearer ${bearer}` }
  if (basic !== undefined) return { authorization: asBasic(basic.user, basic.password) }
  if (username === '' && password === '') return {}
  return { authorization: asBasic(decodeURIComponent(username), decodeURIComponent(password)) }
}

/** RFC 7617, in UTF-8. */
function asBasic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

function secretHeaders(headers: Record<string, string>): string[] {
  return Object.keys(headers).filter((name) => references(headers[name]).length > 0)
}
