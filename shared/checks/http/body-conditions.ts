import { cut } from '../run/cut.ts'
import { fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpFault } from './faults.ts'
import { jsonShortcoming } from './json.ts'
import { textOf } from './page-text.ts'
import { find } from './pattern.ts'
import type { HttpConditions } from './spec.ts'

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

function textShortcoming({ contains, matches }: HttpConditions, response: HttpResponse): HttpFault | undefined {
  if (contains === undefined && matches === undefined) return undefined
  const text = textOf(response)
  const { isCut } = response
  if (contains !== undefined && !text.includes(contains)) return fact('body-lacks', { text: quote(contains), isCut })
  if (matches === undefined) return undefined
  const match = find(matches, text)
  const pattern = quote(matches)
  if (match === 'too slow') return fact('pattern-too-slow', { pattern })
  return match.found === undefined ? fact('body-mismatch', { pattern, isCut }) : undefined
}

function quote(text: string): string {
  return cut(text, QUOTE_LIMIT)
}
