/**
 * The part of JSONPath (RFC 9535) that names one value: `$.name`, `$['any name']`, `$.list[0]`, from the end `[-1]`.
 */
export type JsonPath = (string | number)[]

const step = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(-?\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/uy

/** Parses a path; undefined if it is not one. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined
  const path: JsonPath = []
  step.lastIndex = 1
  while (step.lastIndex < text.length) {
    const match = step.exec(text)
    if (match === null) return undefined
    const [, name, index, single, double] = match
    path.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index))
  }
  return path
}

/** The value at `path`, undefined if there is none. */
export function valueAt(root: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof key === 'number') return Array.isArray(value) ? value.at(key) : undefined
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, root)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
