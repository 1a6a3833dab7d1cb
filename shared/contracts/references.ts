/** A reference to an environment variable, such as `${WECOM_KEY}`. */
const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** The names of all `${NAME}` references in the strings of a value, sorted, each once. */
export function references(value: unknown): string[] {
  const names = strings(value).flatMap((text) => [...text.matchAll(reference)].map((match) => match[1] ?? ''))
  return [...new Set(names)].sort()
}

/**
 * A copy of `value` with every `${NAME}` replaced by the variable's value. `missing` holds the names that `env` lacks or
 * has empty; they stay as they are written.
 */
export function resolveReferences<T>(
  value: T,
  env: Record<string, string | undefined>,
): { value: T; missing: string[] } {
  const missing = references(value).filter((name) => !env[name])
  const replace = (text: string) => text.replace(reference, (written, name: string) => env[name] || written)
  return { value: mapStrings(value, replace) as T, missing }
}

/** Every `${…}` of a text that is not a reference, such as `${wecom-key}`. */
export function malformedReferences(text: string): string[] {
  return [...text.replace(reference, '').matchAll(/\$\{[^}]*\}?/g)].map((match) => match[0])
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(strings)
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}
