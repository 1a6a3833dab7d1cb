import { parseHostPort } from '../network/host-port.ts'
import { parseUrl } from '../network/parse-url.ts'

/** What third parties measure: a URL by HTTP, a host by ping, `host:port` by ping over TCP. */
export type Target = { measure: 'http'; url: URL } | { measure: 'ping'; host: string; port?: number }

/** The target that a text stands for; undefined if it is none. IPv6 addresses stand in brackets before a port. */
export function readTarget(text: string): Target | undefined {
  if (text.includes('//')) {
    const url = parseUrl(text)
    return url && /^https?:$/.test(url.protocol) ? { measure: 'http', url } : undefined
  }
  const withPort = parseHostPort(text)
  if (withPort !== undefined) return { measure: 'ping', ...withPort }
  // Any usual port will do: it only says that the text may have none.
  const alone = parseHostPort(text, 80)
  return alone && { measure: 'ping', host: alone.host }
}

/** The host of a target, IPv6 without brackets. */
export function hostOf(target: Target): string {
  return target.measure === 'ping' ? target.host : target.url.hostname.replace(/^\[|\]$/g, '')
}
