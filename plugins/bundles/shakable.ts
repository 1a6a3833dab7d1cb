import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/**
 * For esbuild: the shapes of an AWS SDK's operations, of which a function needs a few. Their file is said to have no side effects, but
 * esbuild keeps an object whose key is computed, `{ [_h]: 1 }`, for such a key might be anything; of the SDKs whose protocol is REST
 * that is nearly every shape of every operation, 190 kB of Amazon Connect. Here the key is written as what it is, a constant string.
 */
export function shakableSchemas(): Plugin {
  return {
    name: 'shakable-schemas',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]@aws-sdk[/\\].*[/\\]schemas_\d+\.js$/ }, async ({ path }) => ({
        contents: withPlainKeys(await readFile(path, 'utf8')),
      }))
    },
  }
}

/** A key that is no constant of the same file stays as it is. */
export function withPlainKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, text]) => [name, text]),
  )
  return source.replaceAll(/\[(_\w+)\]:/g, (written, name: string) => {
    const text = constants.get(name)
    return text === undefined ? written : `${text}:`
  })
}
