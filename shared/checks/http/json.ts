import { cut } from '../run/cut.ts'
import { fact } from '../run/fault.ts'
import type { HttpResponse } from './body.ts'
import type { HttpFault, Shown } from './faults.ts'
import { parseJsonPath, valueAt } from './json-path.ts'
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
  if (found === undefined) return fact('json-missing', { path })
  if (isBounds(expected)) return outOfBounds(path, found, expected)
  if (found === expected) return undefined
  return fact('json-differs', { path, found: shown(found), expected: shown(expected) })
}

function isBounds(expected: JsonExpectation): expected is Bounds {
  return typeof expected === 'object' && expected !== null
}

function outOfBounds(path: string, found: unknown, { min, max }: Bounds): HttpFault | undefined {
  const number = numberOf(found)
  if (number === undefined) return fact('json-not-a-number', { path, found: shown(found) })
  if (min !== undefined && number < min) return fact('json-below', { path, found: number, min })
  return max !== undefined && number > max ? fact('json-above', { path, found: number, max }) : undefined
}

/** Prometheus and others write numbers as texts, lest they lose digits. */
function numberOf(found: unknown): number | undefined {
  if (typeof found === 'number') return found
  const isWritten = typeof found === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(found)
  return isWritten && Number.isFinite(Number(found)) ? Number(found) : undefined
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
