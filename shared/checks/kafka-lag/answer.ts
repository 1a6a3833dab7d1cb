import { fact } from '../run/fault.ts'
import { unreadable } from './source.ts'
import type { ClusterSettings } from './spec.ts'

/** Reads the parts of a vendor's answer, and says of one that is not as documented which part it is. */
export interface Answer {
  /** An object's parts; an empty one for nothing. */
  parts(value: unknown, name: string): Record<string, unknown>
  /** A list of objects; an empty one for nothing. */
  list(value: unknown, name: string): Record<string, unknown>[]
  text(value: unknown, name: string): string
  /** A whole number. */
  count(value: unknown, name: string): number
}

/** Reads the answers of one vendor, `source`; each part that is not as documented throws a fault that names it. */
export function answerOf(source: ClusterSettings['type']): Answer {
  const wrong = (name: string) => unreadable(fact('kafka-malformed', { source, part: name }))
  const parts: Answer['parts'] = (value, name) => {
    if (value === undefined || value === null) return {}
    if (typeof value !== 'object' || Array.isArray(value)) throw wrong(name)
    return value as Record<string, unknown>
  }
  return {
    parts,
    list(value, name) {
      if (value === undefined || value === null) return []
      if (!Array.isArray(value)) throw wrong(name)
      return value.map((item) => parts(item, name))
    },
    text(value, name) {
      if (typeof value !== 'string' || value === '') throw wrong(name)
      return value
    },
    count(value, name) {
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(name)
      return value
    },
  }
}
