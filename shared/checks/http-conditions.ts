import { cut } from './cut.ts'
import type { HttpResponse } from './http-exchange.ts'
import type { HttpSpec } from './http-spec.ts'
import { parseJsonPath, valueAt } from './json-path.ts'
import { matchesPattern } from './pattern.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** Whether conditions need the body's text. */
export function needsBody(spec: HttpSpec): boolean {
  return spec.contains !== undefined || spec.matches !== undefined || spec.json !== undefined
}

export function isExpected(status: number, expected: HttpSpec['status']): boolean {
  return expected.some(([from, to]) => status >= from && status <= to)
}

/** What a response lacks of what the check expects, in a short phrase; undefined if nothing. */
export function shortcoming(spec: HttpSpec, response: HttpResponse): string | undefined {
  if (!isExpected(response.status, spec.status)) return statusShortcoming(spec, response.status)
  return textShortcoming(spec, response) ?? jsonShortcoming(spec, response)
}

/** An error status says enough by itself. */
function statusShortcoming(spec: HttpSpec, status: number): string {
  if (status >= 400) return `HTTP ${status}`
  const expected = spec.status.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  return `HTTP ${status}, expected ${expected.join(', ')}`
}

function textShortcoming({ contains, matches }: HttpSpec, response: HttpResponse): string | undefined {
  if (contains === undefined && matches === undefined) return undefined
  const text = textOf(response)
  const where = response.isCut ? ' in the first 1 MiB' : ''
  if (contains !== undefined && !text.includes(contains)) return `text not found${where}: ${quoted(contains)}`
  if (matches === undefined) return undefined
  const matched = matchesPattern(matches, text)
  if (matched === 'too slow') return `pattern takes too long: /${cut(matches, QUOTE_LIMIT)}/`
  return matched ? undefined : `pattern not found${where}: /${cut(matches, QUOTE_LIMIT)}/`
}

/** In the charset that the target names, UTF-8 if it names none or one that nobody knows. */
function textOf({ body, headers }: HttpResponse): string {
  const charset = /;\s*charset="?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8'
  return decoderFor(charset).decode(body)
}

function decoderFor(charset: string) {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

function jsonShortcoming({ json }: HttpSpec, response: HttpResponse): string | undefined {
  if (json === undefined) return undefined
  if (response.isCut) return 'JSON over 1 MiB'
  const document = parseJson(response.body)
  if ('problem' in document) return document.problem
  for (const [text, expected] of Object.entries(json)) {
    const found = valueAt(document.value, parseJsonPath(text) ?? [])
    if (found === undefined) return `${text} is missing`
    if (found !== expected) return `${text} is ${shown(found)}, not ${shown(expected)}`
  }
  return undefined
}

/** JSON is UTF-8 (RFC 8259, section 8.1). */
function parseJson(body: Buffer): { value: unknown } | { problem: string } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return { problem: 'invalid JSON: not UTF-8' }
  }
  if (text.trim() === '') return { problem: 'invalid JSON: empty body' }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { problem: 'invalid JSON' }
  }
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

function quoted(text: string): string {
  return `"${cut(text, QUOTE_LIMIT)}"`
}
