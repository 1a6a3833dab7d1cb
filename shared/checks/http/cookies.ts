import { isIP } from 'node:net'
import type { Instant } from '../../contracts/words.ts'
import { hasControls } from './control-characters.ts'

/** A cookie that a target has set, for the rest of one run (RFC 6265). */
export interface Cookie {
  name: string
  value: string
  /** The host that set it, or the domain that it is for. */
  domain: string
  /** It is for that host alone. */
  isHostOnly: boolean
  path: string
  isSecure: boolean
}

/** RFC 6265, section 6.1, of a browser; of the length, that of name and value, as RFC 6265bis has it. */
const MOST_COOKIES = 50
const COOKIE_LIMIT = 4_096

/**
 * The cookies after an answer from `url` that has set some. Not kept are those over the limits, without an equals sign (section 5.2),
 * and with control characters, which no browser keeps and no request can carry.
 */
export function keepCookies(jar: Cookie[], url: URL, lines: string[], now: Instant): Cookie[] {
  return lines.reduce((kept, line) => withLine(kept, url, line, now), jar)
}

/**
 * The value of a Cookie header: what is configured, but for what has been set anew, and the cookies that are for `url`; undefined if
 * there is nothing to say.
 */
export function cookieHeader(jar: Cookie[], url: URL, configured: string | undefined): string | undefined {
  const sent = jar.filter((cookie) => isFor(cookie, url)).sort((a, b) => b.path.length - a.path.length)
  const set = new Set(sent.map(({ name }) => name))
  const own = (configured ?? '').split(';').map((pair) => pair.trim())
  const kept = own.filter((pair) => pair !== '' && !set.has(split(pair)[0]))
  const pairs = [...kept, ...sent.map(({ name, value }) => `${name}=${value}`)]
  return pairs.length === 0 ? undefined : pairs.join('; ')
}

function withLine(jar: Cookie[], url: URL, line: string, now: Instant): Cookie[] {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const [name, value] = split(pair)
  const given = new Map(attributes.map(split).map(([key, text]) => [key.toLowerCase(), text]))
  const domain = given.get('domain')?.replace(/^\./, '').toLowerCase() || undefined
  const path = given.get('path')
  if (name === '' || !pair.includes('=') || pair.length > COOKIE_LIMIT || hasControls(line)) return jar
  if (domain !== undefined && !isWithin(url.hostname, domain)) return jar
  const cookie: Cookie = {
    name,
    value,
    domain: domain ?? url.hostname,
    isHostOnly: domain === undefined,
    path: path?.startsWith('/') ? path : url.pathname.replace(/\/[^/]*$/, '') || '/',
    isSecure: given.has('secure'),
  }
  const others = jar.filter((one) => one.name !== name || one.domain !== cookie.domain || one.path !== cookie.path)
  if (isOver(given, now) || others.length === MOST_COOKIES) return others
  return [...others, cookie]
}

/** `Max-Age` counts before `Expires`; a run is over before any other age is. */
function isOver(given: Map<string, string>, now: Instant): boolean {
  const age = given.get('max-age')
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0
  return Date.parse(given.get('expires') ?? '') <= now
}

function isFor({ domain, isHostOnly, path, isSecure }: Cookie, { hostname, pathname, protocol }: URL): boolean {
  if (isSecure && protocol !== 'https:') return false
  if (isHostOnly ? hostname !== domain : !isWithin(hostname, domain)) return false
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
}

/** A domain of one label is nobody's own, and an address has no domains. */
function isWithin(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && domain.includes('.') && isIP(host) === 0)
}

function split(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=')
  return at === -1 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}
