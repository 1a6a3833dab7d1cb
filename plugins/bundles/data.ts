import { pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'

/**
 * For esbuild: a file that is named `*.data.ts` exports plain data, made of what a function has no other use for, such as the sources of
 * all channels. Here it is run, and its values stand in its place.
 */
export function dataModules(): Plugin {
  return {
    name: 'data-modules',
    setup({ onLoad }) {
      onLoad({ filter: /\.data\.ts$/ }, async ({ path }) => ({
        contents: written(await import(pathToFileURL(path).href)),
        loader: 'js',
      }))
    },
  }
}

/** The source of a module that exports these values. An object that stands in several places is written once. Throws for what is no data. */
export function written(values: Record<string, unknown>): string {
  const names = new Map<object, string>()
  const lines: string[] = []
  const counts = new Map<object, number>()
  const count = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof RegExp) return
    counts.set(value, (counts.get(value) ?? 0) + 1)
    if (counts.get(value) === 1) for (const one of Object.values(value)) count(one)
  }
  const text = (value: unknown, path: string): string => {
    if (value instanceof RegExp || value === undefined) return String(value)
    if (!isData(value)) throw new Error(`${path} is no data`)
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const known = names.get(value)
    if (known !== undefined) return known
    const parts = Object.entries(value).map(([key, one]) => {
      const inner = text(one, `${path}.${key}`)
      return Array.isArray(value) ? inner : `${JSON.stringify(key)}: ${inner}`
    })
    const whole = Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`
    if ((counts.get(value) ?? 0) < 2) return whole
    const name = `shared${names.size}`
    names.set(value, name)
    lines.push(`const ${name} = ${whole}`)
    return name
  }
  for (const value of Object.values(values)) count(value)
  const exported = Object.entries(values).map(([name, value]) => `export const ${name} = ${text(value, name)}`)
  return `${[...lines, ...exported].join('\n')}\n`
}

/** Whether JSON, or an object's literal, says all of it: of a map, a date or NaN they would leave out what it is without a word. */
function isData(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || typeof value === 'boolean' || value === null
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value))
}
