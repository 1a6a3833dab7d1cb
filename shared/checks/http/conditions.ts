import { cut } from '../run/cut.ts'
import type { HttpResponse } from './body.ts'
import { jsonShortcoming } from './json.ts'
import { matchesPattern } from './pattern.ts'
import type { HttpConditions, HttpSpec, StatusRange } from './spec.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** Whether conditions need the body. */
export function needsBody({ down, degraded }: HttpSpec): boolean {
  return [down, degraded].some(
    ({ size, contains, matches, json }) => (size ?? contains ?? matches ?? json) !== undefined,
  )
}

export function isExpected(status: number, expected: StatusRange[]): boolean {
  return expected.some(([from, to]) => status >= from && status <= to)
}

/** What a response lacks of what is expected, its time aside, in a short phrase; undefined if nothing. */
export function shortcoming(expected: HttpConditions, response: HttpResponse): string | undefined {
  return (
    statusShortcoming(expected, response) ??
    headerShortcoming(expected, response) ??
    sizeShortcoming(expected, response) ??
    textShortcoming(expected, response) ??
    jsonShortcoming(expected, response)
  )
}

/** An error status says enough by itself. */
function statusShortcoming({ status: expected }: HttpConditions, { status }: HttpResponse): string | undefined {
  if (expected === undefined || isExpected(status, expected)) return undefined
  if (status >= 400) return `HTTP ${status}`
  const ranges = expected.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  return `HTTP ${status}, expected ${ranges.join(', ')}`
}

/** Values are not told: a cookie may be among them. */
function headerShortcoming({ headers = {} }: HttpConditions, response: HttpResponse): string | undefined {
  for (const [name, expected] of Object.entries(headers)) {
    const value = response.headers[name]?.toString()
    if (expected === false && value !== undefined) return `header ${name} should not be there`
    if (expected === false) continue
    if (value === undefined) return `header ${name} is missing`
    if (expected !== true && !value.includes(expected)) return `header ${name} lacks ${quoted(expected)}`
  }
  return undefined
}

function sizeShortcoming({ size = {} }: HttpConditions, { body, isCut }: HttpResponse): string | undefined {
  const { min = 0, max = Number.POSITIVE_INFINITY } = size
  if (isCut) return max === Number.POSITIVE_INFINITY ? undefined : `body over 1 MiB, more than ${max} bytes`
  if (body.length < min) return `body of ${body.length} bytes, less than ${min}`
  return body.length > max ? `body of ${body.length} bytes, more than ${max}` : undefined
}

function textShortcoming({ contains, matches }: HttpConditions, response: HttpResponse): string | undefined {
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

function quoted(text: string): string {
  return `"${cut(text, QUOTE_LIMIT)}"`
}
