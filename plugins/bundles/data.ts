import { pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'
import { compressed } from './compressed.ts'

/**
 * For esbuild: a file that is named `*.data.ts` exports plain data, made of what a function has no other use for, such as the sources of
 * all channels. Here it is run, and its values stand in its place.
 */
export function dataModules(): Plugin {
  // An entry is bundled several times, to be measured: compressing takes longer than all else that is done to a module.
  const made = new Map<string, Promise<string>>()
  const contentsOf = async (path: string) => written(await import(pathToFileURL(path).href))
  return {
    name: 'data-modules',
    setup({ onLoad }) {
      onLoad({ filter: /\.data\.ts$/ }, async ({ path }) => {
        const contents = made.get(path) ?? contentsOf(path)
        made.set(path, contents)
        return { contents: await contents, loader: 'js' }
      })
    },
  }
}

/**
 * The source of a module that exports these values, with their text compressed: it is read when somebody first needs it, a third and less
 * of what it would be as a literal. A key that is undefined is left out. Throws for what is no data.
 */
export function written(values: Record<string, unknown>): string {
  for (const [name, value] of Object.entries(values)) hold(value, name)
  const text = JSON.stringify(values, (_, value) => (value instanceof RegExp ? { [PATTERN]: patternIn(value) } : value))
  const packed = JSON.stringify(compressed(text).toString('base64'))
  return [
    "import { brotliDecompressSync } from 'node:zlib'",
    `const text = String(brotliDecompressSync(Buffer.from(${packed}, 'base64')))`,
    `const values = JSON.parse(text, (_, value) => value?.${PATTERN} ? new RegExp(...value.${PATTERN}) : value)`,
    ...Object.keys(values).map((name) => `export const ${name} = values.${name}`),
    '',
  ].join('\n')
}

/** The key that says of an object that it stands for a regular expression, of which JSON has none. */
const PATTERN = '$pattern'

function patternIn({ source, flags }: RegExp): string[] {
  return [source, flags]
}

/** Throws, naming the place, where JSON would not say all of it: of a map, a date or NaN it would leave out what it is without a word. */
function hold(value: unknown, path: string): void {
  if (value instanceof RegExp || value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (!isPlain(value)) throw new Error(`${path} is no data`)
  for (const [key, one] of Object.entries(value)) {
    if (one !== undefined || Array.isArray(value)) hold(one, `${path}.${key}`)
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || PATTERN in value) return false
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value))
}
