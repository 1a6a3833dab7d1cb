const REFERENCE = /\$\.[A-Za-z][\w-]*(?:\.[\w-]+)*/g
const ROOTS = [
  'Attributes',
  'External',
  'ContactId',
  'InitialContactId',
  'Channel',
  'InstanceARN',
  'AwsRegion',
  'CustomerEndpoint',
  'SystemEndpoint',
]

/** What `$.…` in a flow can name: the contact's data, its attributes and the newest Lambda's answer. */
export type Scope = Record<string, unknown>

/** How a parameter may use references (flow language: static, static or one whole path, or text that embeds paths). */
export type Dynamic = 'static' | 'path' | 'static-or-path' | 'text'

/** What is wrong with a parameter's use of references, or undefined. */
export function referenceFault(value: string, allowed: Dynamic): string | undefined {
  const found = value.match(REFERENCE) ?? []
  const unknown = found.find((path) => !ROOTS.includes(path.split('.')[1] ?? ''))
  if (unknown) return `unknown reference ${unknown}`
  if (value.replace(REFERENCE, '').includes('$.')) return `unreadable reference in ${JSON.stringify(value)}`
  const whole = found.length === 1 && found[0] === value
  if (allowed === 'static' && found.length > 0) return 'must be static'
  if (allowed === 'path' && !whole) return 'must be one JSONPath'
  if (allowed === 'static-or-path' && found.length > 0 && !whole) return 'must be static or one whole JSONPath'
}

/** The text with every reference replaced by its value; what is not there becomes empty. */
export function substitute(text: string, scope: Scope): string {
  return text.replace(REFERENCE, (path) => lookUp(path, scope) ?? '')
}

/** The value a path names, as text; undefined when there is none. */
export function lookUp(path: string, scope: Scope): string | undefined {
  let value: unknown = scope
  for (const key of path.split('.').slice(1)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return
    value = (value as Record<string, unknown>)[key]
  }
  if (value === null || value === undefined) return
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
