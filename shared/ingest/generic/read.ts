import { firstText, textOf } from '../text.ts'
import type { Expression } from './mapping.ts'

/** What stands at a dotted path. Only a thing's own keys count. */
export function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    return (value as Record<string, unknown>)[key]
  }, body)
}

/** The value that an expression stands for: the first that is there. */
export function valueAt(body: unknown, expression: Expression | undefined): unknown {
  const candidates = expression === undefined ? [] : [expression].flat()
  for (const candidate of candidates) {
    const value = candidate.includes('{') ? filled(body, candidate) : at(body, candidate)
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

/** A text with the values of its paths; undefined if none of them is there. */
function filled(body: unknown, template: string): string | undefined {
  let found = false
  const result = template.replace(/\{([^{}]+)\}/g, (_, path: string) => {
    const text = firstText(textOf(at(body, path.trim())))
    found ||= text !== ''
    return text
  })
  return found ? result : undefined
}
