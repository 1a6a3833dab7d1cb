import { cut } from '../run/cut.ts'
import { fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpFault } from './faults.ts'
import { jsonShortcoming } from './json.ts'
import { matchesPattern } from './pattern.ts'
import type { HttpConditions, HttpSpec } from './spec.ts'
import type { StatusRange } from './status-range.ts'

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

/** What a response lacks of what is expected, its time aside; undefined if nothing. */
export function shortcoming(expected: HttpConditions, response: HttpResponse): HttpFault | undefined {
  return (
    statusShortcoming(expected, response) ??
    headerShortcoming(expected, response) ??
    sizeShortcoming(expected, response) ??
    textShortcoming(expected, response) ??
    jsonShortcoming(expected, response)
  )
}

/** An error status says enough by itself. */
function statusShortcoming({ status: expected }: HttpConditions, { status }: HttpResponse): HttpFault | undefined {
  if (expected === undefined || isExpected(status, expected)) return undefined
  return fact('http-status', { status, ...(status >= 400 ? {} : { expected }) })
}

/** Values are not told: a cookie may be among them. */
function headerShortcoming({ headers = {} }: HttpConditions, response: HttpResponse): HttpFault | undefined {
  for (const [header, expected] of Object.entries(headers)) {
    const value = response.headers[header]?.toString()
    if (expected === false && value !== undefined) return fact('header-unwanted', { header })
    if (expected === false) continue
    if (value === undefined) return fact('header-missing', { header })
    if (expected !== true && !value.includes(expected)) return fact('header-lacks', { header, text: quote(expected) })
  }
  return undefined
}

function sizeShortcoming({ size = {} }: HttpConditions, { body, isCut }: HttpResponse): HttpFault | undefined {
  const { min = 0, max = Number.POSITIVE_INFINITY } = size
  if (isCut) return max === Number.POSITIVE_INFINITY ? undefined : fact('body-over-limit', { max })
  const { length: bytes } = body
  if (bytes < min) return fact('body-too-small', { bytes, min })
  return bytes > max ? fact('body-too-large', { bytes, max }) : undefined
}

function textShortcoming({ contains, matches }: HttpConditions, response: HttpResponse): HttpFault | undefined {
  if (contains === undefined && matches === undefined) return undefined
  const text = textOf(response)
  const { isCut } = response
  if (contains !== undefined && !text.includes(contains)) return fact('body-lacks', { text: quote(contains), isCut })
  if (matches === undefined) return undefined
  const matched = matchesPattern(matches, text)
  const pattern = quote(matches)
  if (matched === 'too slow') return fact('pattern-too-slow', { pattern })
  return matched ? undefined : fact('body-mismatch', { pattern, isCut })
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

function quote(text: string): string {
  return cut(text, QUOTE_LIMIT)
}
