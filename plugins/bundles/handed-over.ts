import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Loader, PluginBuild } from 'esbuild'

/** By the absolute path of a module: which of its exports the entry's bundle hands over, each by the name that it has there. */
export type Handed = Map<string, Map<string, string>>

/** Has the entry export what is handed over, beside what it exports itself. */
export function handOver({ onLoad }: PluginBuild, entry: string, handed: Handed): void {
  const lines = [...handed].map(([file, names]) => {
    const clause = [...names].map(([name, there]) => `${name} as ${there}`)
    return `export { ${clause.join(', ')} } from ${JSON.stringify(file)}`
  })
  onLoad({ filter: /./ }, async ({ path }) => {
    if (path !== entry) return undefined
    return { contents: [await readFile(path, 'utf8'), ...lines].join('\n'), loader: extname(path).slice(1) as Loader }
  })
}

/** Has what is handed over stand in the place of the module it comes from; `from` says where each is imported from. */
export function takeOver(build: PluginBuild, handed: Handed, from: (there: string) => string): void {
  build.onResolve({ filter: HANDED }, ({ path }) => ({
    path: path.replace(HANDED, ''),
    external: true,
    sideEffects: false,
  }))
  build.onLoad({ filter: /./ }, ({ path }) => {
    const names = handed.get(path)
    if (names === undefined) return undefined
    const lines = [...names].map(([name, there]) => `export { ${there} as ${name} } from 'handed:${from(there)}'`)
    return { contents: lines.join('\n'), loader: 'js' }
  })
}

const HANDED = /^handed:/
