import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { resolveReferences } from '../../contracts/references.ts'
import type { Bilingual } from '../../contracts/words.ts'
import { hostOf, parseHostPort } from './host-port.ts'
import { parseUrl } from './parse-url.ts'

/** `host:port`; what a `${NAME}` will be is known to the probe alone. */
export function target(usualPort?: number) {
  return z.string().refine(
    (text) => parseHostPort(withoutReferences(text), usualPort) !== undefined,
    wrong('no-host-port', (input) => targetMistake(String(input), usualPort)),
  )
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

/** Of a number that is no port. */
export function noPort(port: string): Bilingual {
  return { en: `${port} is not a port: they go from 1 to 65535`, zh: `${port} 不是端口：端口为 1 到 65535` }
}

function targetMistake(text: string, usualPort: number | undefined): Bilingual {
  const port = /:(\d+)$/.exec(text)?.[1]
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) return noPort(port)
  const examples = usualPort === undefined ? ['gw.example.com:8443'] : ['gw.example.com', `gw.example.com:${usualPort}`]
  const isUrl = /:\/\//.test(text)
  return {
    en: `"${text}" is not a host and port, such as ${examples.join(' or ')}${isUrl ? ': leave out the scheme and the path' : ''}`,
    zh: `“${text}”不是主机加端口，如 ${examples.join(' 或 ')}${isUrl ? '：去掉协议和路径' : ''}`,
  }
}
