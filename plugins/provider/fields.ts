import { isDeepStrictEqual } from 'node:util'
import type { Fields, Json } from './backend.ts'

/** One field that is not as it is wanted. */
export interface Difference {
  field: string
  wanted: Json
  found: Json
}

/** The fields of `wanted` that `found` has otherwise. What only `found` has is the vendor's own and does not count. */
export function differencesOf(wanted: Fields, found: Fields, but: readonly string[] = []): Difference[] {
  return Object.entries(wanted)
    .filter(([field]) => !but.includes(field))
    .map(([field, value]) => ({ field, wanted: value, found: found[field] ?? null }))
    .filter(({ wanted, found }) => !isDeepStrictEqual(wanted, found))
}

/** Whether `found` is all that is wanted. */
export function fits(wanted: Fields, found: Fields): boolean {
  return differencesOf(wanted, found).length === 0
}

/** Says a difference in a line; of a field that may hold secrets only which of its names differ. */
export function differenceText({ field, wanted, found }: Difference, secretFields: readonly string[]): string {
  if (!secretFields.includes(field)) return `${field}: ${JSON.stringify(found)} → ${JSON.stringify(wanted)}`
  const names = changedNames(wanted, found)
  return names.length === 0 ? field : `${field} (${names.join(', ')})`
}

function changedNames(wanted: Json, found: Json): string[] {
  const [a, b] = [namesOf(wanted), namesOf(found)]
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
  return names.filter((name) => !isDeepStrictEqual(a[name], b[name]))
}

function namesOf(value: Json): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
