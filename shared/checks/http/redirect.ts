import { parseUrl } from '../network/parse-url.ts'
import { Fault, fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { Hop } from './hop.ts'

export { cookieHeader, keepCookies } from './cookies.ts'

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
