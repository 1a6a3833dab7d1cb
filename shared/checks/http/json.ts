import { cut } from '../run/cut.ts'
import { fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpFault, Shown } from './faults.ts'
import { parseJsonPath, valueAt } from './json-path.ts'
import type { Bounds, HttpConditions, JsonExpectation } from './spec.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** What the JSON of a response lacks of what is expected; undefined if nothing. */
export function jsonShortcoming({ json }: HttpConditions, response: HttpResponse): HttpFault | undefined {
  if (json === undefined) return undefined
  if (response.isCut) return fact('json-too-large')
  const document = parseJson(response.body)
  if ('problem' in document) return document.problem
  for (const [path, expected] of Object.entries(json)) {
    const fault = difference(path, valueAt(document.value, parseJsonPath(path) ?? []), expected)
    if (fault !== undefined) return fault
  }
  return undefined
}

function difference(path: string, found: unknown, expected: JsonExpectation): HttpFault | undefined {
  if (found === undefined) return fact('json-missing', { path })
  if (isBounds(expected)) return outOfBounds(path, found, expected)
  if (found === expected) return undefined
  return fact('json-differs', { path, found: shown(found), expected: shown(expected) })
}

function isBounds(expected: JsonExpectation): expected is Bounds {
  return typeof expected === 'object' && expected !== null
}

function outOfBounds(path: string, found: unknown, { min, max }: Bounds): HttpFault | undefined {
  if (typeof found !== 'number') return fact('json-not-a-number', { path, found: shown(found) })
  if (min !== undefined && found < min) return fact('json-below', { path, found, min })
  return max !== undefined && found > max ? fact('json-above', { path, found, max }) : undefined
}

/** JSON is UTF-8 (RFC 8259, section 8.1). */
function parseJson(body: Buffer): { value: unknown } | { problem: HttpFault } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return { problem: invalid('not-utf-8') }
  }
  if (text.trim() === '') return { problem: invalid('empty') }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { problem: invalid() }
  }
}

function invalid(why?: 'not-utf-8' | 'empty'): HttpFault {
  return fact('json-invalid', why === undefined ? {} : { why })
}

function shown(value: unknown): Shown {
  if (typeof value === 'string') return cut(value, QUOTE_LIMIT)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  return { a: Array.isArray(value) ? 'list' : 'object' }
}
