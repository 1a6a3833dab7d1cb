import * as z from 'zod'
import { resolveReferences } from '../../contracts/references.ts'
import { hostOf, parseHostPort } from './host-port.ts'
import { parseUrl } from './parse-url.ts'

/** `host:port`; what a `${NAME}` will be is known to the probe alone. */
export function target(usualPort?: number) {
  return z.string().refine((text) => parseHostPort(withoutReferences(text), usualPort) !== undefined, {
    error: ({ input }) => mistake(String(input), usualPort),
  })
}

/** A text as it could be once its references are resolved: a digit may stand for a host, a port or a path. */
export function withoutReferences(text: string, digit = '1'): string {
  return resolveReferences(text, new Proxy({}, { get: () => digit })).value
}

/** The host of a target; empty while it depends on the environment. `hostIn` finds it in a text without references. */
export function fixedHost(text: string, hostIn: (text: string) => string | undefined): string {
  const [host, other] = ['1', '2'].map((digit) => hostIn(withoutReferences(text, digit)))
  return host !== undefined && host === other ? host : ''
}

/** The same of a URL, whose scheme is `scheme` if a reference stands in its place. */
export function fixedUrlHost(text: string, scheme: string): string {
  return fixedHost(withScheme(text, scheme), (plain) => {
    const url = parseUrl(plain)
    return url && hostOf(url)
  })
}

/** A URL as it could be; undefined if it cannot be one. */
export function urlWithoutReferences(text: string, scheme: string): URL | undefined {
  return parseUrl(withoutReferences(withScheme(text, scheme)))
}

/** A reference at the beginning stands for the scheme, too. */
function withScheme(text: string, scheme: string): string {
  return text.replace(/^(\$\{\w+\})/, `${scheme}://$1`)
}

function mistake(text: string, usualPort: number | undefined): string {
  const port = /:(\d+)$/.exec(text)?.[1]
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535))
    return `${port} is not a port: they go from 1 to 65535`
  const example = usualPort === undefined ? 'gw.example.com:8443' : `gw.example.com or gw.example.com:${usualPort}`
  const remedy = /:\/\//.test(text) ? ': leave out the scheme and the path' : ''
  return `"${text}" is not a host and port, such as ${example}${remedy}`
}
