import { cut } from '../run/cut.ts'
import { fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpFault } from './faults.ts'
import { jsonShortcoming } from './json.ts'
import { numberOf } from './number-of.ts'
import { textOf } from './page-text.ts'
import { find } from './pattern.ts'
import type { Bounds, HttpConditions } from './spec.ts'

export { decoded } from './content-coding.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** What a body lacks of what is expected; undefined if nothing. */
export function bodyShortcoming(expected: HttpConditions, response: HttpResponse): HttpFault | undefined {
  return (
    sizeShortcoming(expected, response) ?? textShortcoming(expected, response) ?? jsonShortcoming(expected, response)
  )
}

function sizeShortcoming({ size = {} }: HttpConditions, { body, isCut }: HttpResponse): HttpFault | undefined {
  const { min = 0, max = Number.POSITIVE_INFINITY } = size
  if (isCut) return max === Number.POSITIVE_INFINITY ? undefined : fact('body-over-limit', { max })
  const { length: bytes } = body
  if (bytes < min) return fact('body-too-small', { bytes, min })
  return bytes > max ? fact('body-too-large', { bytes, max }) : undefined
}

function textShortcoming(
  { contains, without = [], matches, numbers = {} }: HttpConditions,
  response: HttpResponse,
): HttpFault | undefined {
  const isAsked = (contains ?? matches) !== undefined || without.length > 0 || Object.keys(numbers).length > 0
  if (!isAsked) return undefined
  const text = textOf(response)
  const { isCut } = response
  const unwanted = without.find((one) => text.includes(one))
  if (unwanted !== undefined) return fact('body-holds', { text: quote(unwanted) })
  if (contains !== undefined && !text.includes(contains)) return fact('body-lacks', { text: quote(contains), isCut })
  return patternShortcoming(matches, text, isCut) ?? numberShortcoming(numbers, text, isCut)
}

function patternShortcoming(matches: string | undefined, text: string, isCut: boolean): HttpFault | undefined {
  if (matches === undefined) return undefined
  const match = find(matches, text)
  const pattern = quote(matches)
  if (match === 'too slow') return fact('pattern-too-slow', { pattern })
  return match.found === undefined ? fact('body-mismatch', { pattern, isCut }) : undefined
}

/** Lines are lines to these patterns: what is written as text for machines has one number in each. */
function numberShortcoming(numbers: Record<string, Bounds>, text: string, isCut: boolean): HttpFault | undefined {
  for (const [written, { min, max }] of Object.entries(numbers)) {
    const match = find(written, text, 'm')
    const pattern = quote(written)
    if (match === 'too slow') return fact('pattern-too-slow', { pattern })
    if (match.found === undefined) return fact('body-mismatch', { pattern, isCut })
    const found = numberOf(match.found)
    if (found === undefined) return fact('not-a-number', { pattern, found: quote(match.found) })
    if (min !== undefined && found < min) return fact('number-below', { pattern, found, min })
    if (max !== undefined && found > max) return fact('number-above', { pattern, found, max })
  }
  return undefined
}

function quote(text: string): string {
  return cut(text, QUOTE_LIMIT)
}
