import { cut } from '../run/cut.ts'
import type { HttpResponse } from './body.ts'
import { parseJsonPath, valueAt } from './json-path.ts'
import type { Bounds, HttpConditions, JsonExpectation } from './spec.ts'

/** More of a text than this is not quoted. */
const QUOTE_LIMIT = 40

/** What the JSON of a response lacks of what is expected; undefined if nothing. */
export function jsonShortcoming({ json }: HttpConditions, response: HttpResponse): string | undefined {
  if (json === undefined) return undefined
  if (response.isCut) return 'JSON over 1 MiB'
  const document = parseJson(response.body)
  if ('problem' in document) return document.problem
  for (const [text, expected] of Object.entries(json)) {
    const found = valueAt(document.value, parseJsonPath(text) ?? [])
    const lack = found === undefined ? 'is missing' : difference(found, expected)
    if (lack !== undefined) return `${text} ${lack}`
  }
  return undefined
}

function difference(found: unknown, expected: JsonExpectation): string | undefined {
  if (isBounds(expected)) return outOfBounds(found, expected)
  return found === expected ? undefined : `is ${shown(found)}, not ${shown(expected)}`
}

function isBounds(expected: JsonExpectation): expected is Bounds {
  return typeof expected === 'object' && expected !== null
}

function outOfBounds(found: unknown, { min, max }: Bounds): string | undefined {
  if (typeof found !== 'number') return `is ${shown(found)}, not a number`
  if (min !== undefined && found < min) return `is ${found}, less than ${min}`
  return max !== undefined && found > max ? `is ${found}, more than ${max}` : undefined
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
  if (typeof value === 'string') return `"${cut(value, QUOTE_LIMIT)}"`
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
