import * as z from 'zod/mini'

/**
 * What could be read of a value, and which of its fields could not: they are left out, or cut. `refused` is what the schema complains
 * about in a value that is refused.
 */
export type Read<T> = { value: T; unusable: string[] } | { refused: Issue[] }

/** Deeper than this nothing is shown to anybody, and much deeper nothing can be written down. */
const MAX_DEPTH = 16

/** Leaving something out may leave something else wrong: an entry without its address, then its list. */
const ROUNDS = 3

/** A text shows no more names of fields than these. */
const NAMED = 20

/**
 * Reads a value by a schema of objects, for which a part that is wrong is no reason to refuse the whole: entries of lists and fields
 * are left out, texts that are too long are cut. Only a fault in an `essential` field refuses it, with what is wrong there. Characters that no
 * text can hold (lone surrogates) become U+FFFD.
 */
export function readLeniently<T>(schema: z.core.$ZodType<T>, value: unknown, essential: readonly string[]): Read<T> {
  const unusable = new Set<string>()
  const readable = tidied(value, [], unusable)
  for (let round = 0; round <= ROUNDS; round++) {
    const parsed = z.safeParse(schema, readable)
    if (parsed.success) return { value: parsed.data, unusable: [...unusable].slice(0, NAMED) }
    const { issues } = parsed.error
    const fatal = issues.filter(
      ({ path, code }) => code !== 'unrecognized_keys' && (path.length === 0 || essential.includes(String(path[0]))),
    )
    if (fatal.length > 0 || round === ROUNDS) return { refused: fatal.length > 0 ? fatal : issues }
    // Each time more of what surrounds the fault goes with it.
    const depth = round === 0 ? 2 : 1
    for (const issue of issues) mend(readable, issue, depth, unusable)
    for (const list of lists(readable)) list.splice(0, list.length, ...list.filter((entry) => entry !== LEFT_OUT))
  }
  throw new Error('The last round refuses')
}

/** What can be written down of a value, be it nested however deeply. */
export function writable(value: unknown): unknown {
  return tidied(value, [], new Set())
}

const LEFT_OUT = Symbol('left out')

type Issue = z.core.$ZodIssue

function mend(root: unknown, issue: Issue, depth: number, unusable: Set<string>): void {
  const faults = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
  for (const fault of faults) {
    const isLong = issue.code === 'too_big' && issue.origin === 'string'
    const path = isLong || issue.code === 'unrecognized_keys' ? fault : fault.slice(0, depth)
    const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], root)
    const key = path.at(-1)
    if (key === undefined || typeof holder !== 'object' || holder === null) continue
    const fields = holder as Record<PropertyKey, unknown>
    unusable.add(path.map(String).join('.'))
    if (isLong) fields[key] = String(fields[key]).slice(0, Number(issue.maximum)).toWellFormed()
    else if (Array.isArray(holder)) fields[key] = LEFT_OUT
    else delete fields[key]
  }
}

/** A copy of what can be written down and shown. */
function tidied(value: unknown, path: string[], unusable: Set<string>): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (path.length === MAX_DEPTH) {
    unusable.add(path.slice(0, 2).join('.'))
    return '…'
  }
  if (Array.isArray(value)) return value.map((entry, index) => tidied(entry, [...path, String(index)], unusable))
  return Object.fromEntries(
    Object.entries(value)
      // Many senders write null for what they have nothing to say of.
      .filter(([, entry]) => path.length > 0 || entry !== null)
      .map(([key, entry]) => [key.toWellFormed(), tidied(entry, [...path, key], unusable)]),
  )
}

/** Lists in the first two levels, from which entries are left out. */
function lists(value: unknown): unknown[][] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value)].filter(Array.isArray)
}
