import { cut } from '../run/cut.ts'
import { fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpFault, Shown } from './faults.ts'
import { parseJsonPath, valueAt } from './json-path.ts'
import { numberOf } from './number-of.ts'
import { textOf } from './page-text.ts'
import type { Bounds, HttpConditions, JsonExpectation } from './spec.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** What stands for bytes that are no character. */
const UNREADABLE = '\ufffd'

/** What the JSON of a response lacks of what is expected; undefined if nothing. */
export function jsonShortcoming({ json }: HttpConditions, response: HttpResponse): HttpFault | undefined {
  if (json === undefined) return undefined
  if (response.isCut) return fact('json-too-large')
  const document = parseJson(response)
  if ('problem' in document) return document.problem
  for (const [path, expected] of Object.entries(json)) {
    const fault = difference(path, valueAt(document.value, parseJsonPath(path) ?? []), expected)
    if (fault !== undefined) return fault
  }
  return undefined
}

function difference(path: string, found: unknown, expected: JsonExpectation): HttpFault | undefined {
  if (isObject(expected) && 'exists' in expected) return presence(path, found, expected.exists)
  if (found === undefined) return fact('json-missing', { path })
  if (Array.isArray(expected)) return noneOf(path, found, expected)
  if (isObject(expected))
    return 'len' in expected ? outOfLength(path, found, expected.len) : outOfBounds(path, found, expected)
  if (found === expected) return undefined
  return fact('json-differs', { path, found: shown(found), expected: shown(expected) })
}

function isObject<T>(expected: T): expected is T & object {
  return typeof expected === 'object' && expected !== null
}

function presence(path: string, found: unknown, exists: boolean): HttpFault | undefined {
  if ((found !== undefined) === exists) return undefined
  return exists ? fact('json-missing', { path }) : fact('json-unwanted', { path })
}

function noneOf(path: string, found: unknown, expected: unknown[]): HttpFault | undefined {
  if (expected.includes(found)) return undefined
  return fact('json-none-of', { path, found: shown(found), expected: expected.map(shown) })
}

/** The entries of a list, the characters of a text, the keys of an object. */
function outOfLength(path: string, found: unknown, { min = 0, max = Number.POSITIVE_INFINITY }: Bounds) {
  const length = lengthOf(found)
  if (length === undefined) return fact('json-no-length', { path, found: shown(found) })
  if (length < min) return fact('json-too-short', { path, length, min })
  return length > max ? fact('json-too-long', { path, length, max }) : undefined
}

function lengthOf(found: unknown): number | undefined {
  if (typeof found === 'string') return [...found].length
  if (typeof found !== 'object' || found === null) return undefined
  return Object.keys(found).length
}

function outOfBounds(path: string, found: unknown, { min, max }: Bounds): HttpFault | undefined {
  const number = numberOf(found)
  if (number === undefined) return fact('json-not-a-number', { path, found: shown(found) })
  if (min !== undefined && number < min) return fact('json-below', { path, found: number, min })
  return max !== undefined && number > max ? fact('json-above', { path, found: number, max }) : undefined
}

/** UTF-8 by RFC 8259, section 8.1; what says that it is in GBK, or is plainly no UTF-8, is read as that. */
function parseJson(response: HttpResponse): { value: unknown } | { problem: HttpFault } {
  const text = textOf(response)
  if (text.includes(UNREADABLE) && !response.body.includes(UNREADABLE)) return { problem: invalid('not-utf-8') }
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
