import { isRecord } from '../plain.ts'
import type { Matcher, Pattern } from './pattern-schema.ts'

/** Whether an event fits a pattern: every field of the pattern holds one of its values. */
export function fits(wanted: Pattern, event: unknown): boolean {
  const fields = isRecord(event) ? event : {}
  return Object.entries(wanted).every(([name, expected]) => {
    const actual = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!Array.isArray(expected)) return fits(expected, actual)
    const values = Array.isArray(actual) ? actual : [actual]
    return values.some((value) => expected.some((one) => fitsOne(one, value)))
  })
}

function fitsOne(expected: Matcher, value: unknown): boolean {
  if (expected === null || typeof expected !== 'object') return expected === value
  if ('exists' in expected) return (value !== undefined) === expected.exists
  if ('anything-but' in expected) return value !== undefined && !isExcluded(expected['anything-but'], value)
  if (typeof value !== 'string') return false
  if ('prefix' in expected) return value.startsWith(expected.prefix)
  if ('suffix' in expected) return value.endsWith(expected.suffix)
  return value.toLowerCase() === expected['equals-ignore-case'].toLowerCase()
}

function isExcluded(excluded: Extract<Matcher, { 'anything-but': unknown }>['anything-but'], value: unknown): boolean {
  if (Array.isArray(excluded)) return excluded.some((one) => one === value)
  if (excluded === null || typeof excluded !== 'object') return excluded === value
  return typeof value === 'string' && value.startsWith(excluded.prefix)
}
