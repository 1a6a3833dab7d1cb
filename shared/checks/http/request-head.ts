import { Fault, fact } from '../run/fault.ts'
import { hasControls } from './control-characters.ts'

export interface HttpRequest {
  url: URL
  method: string
  /** Names in lower case, `host` among them. */
  headers: Record<string, string>
  body?: string
}

/** A request up to its body, in Latin-1. Throws an `unknown` fault for a header that HTTP cannot carry. */
export function requestHead({ url, method, headers, body }: HttpRequest, connection: 'close' | 'Upgrade'): string {
  const length = body ?? (/^P/.test(method) ? '' : undefined)
  const all = {
    ...headers,
    ...(length === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(length)) }),
    Connection: connection,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  if (lines.some((line) => hasControls(line.slice(0, -2))))
    throw new Fault(fact('header-unusable', { why: 'character' }), 'unknown')
  return `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`
}
