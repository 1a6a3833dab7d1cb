import { references } from '../../contracts/references.ts'
import type { CheckIo } from '../kind.ts'
import { parseUrl } from '../network/parse-url.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import type { HttpRequest } from './request-head.ts'
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

/** The request that the configuration asks for; `token` is one that was had for it. An unset `${NAME}` is an `unknown` fault. */
export function firstHop(spec: HttpSpec, env: CheckIo['env'], token?: string): Hop {
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
      ...(token === undefined ? authorization(url, value) : { authorization: `Bearer ${token}` }),
      host: url.host,
      ...value.headers,
    },
    ...(value.body === undefined ? {} : { body: value.body }),
    privateHeaders: ['authorization', 'cookie', 'host', ...secretHeaders(spec.headers)],
    isBodyPrivate: references(spec.body).length > 0,
    isAtHome: true,
  }
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
