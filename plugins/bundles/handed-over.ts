import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Loader, PluginBuild } from 'esbuild'

/** By the absolute path of a module: which of its exports the entry's bundle hands over, each by the name that it has there. */
export type Handed = Map<string, Map<string, string>>

/** Has the entry export what is handed over, beside what it exports itself, and do at its end what `further` says. */
export function handOver({ onLoad }: PluginBuild, entry: string, handed: Handed, further: string[] = []): void {
  const lines = [...handed].map(([file, names]) => {
    const clause = [...names].map(([name, there]) => `${name} as ${there}`)
    return `export { ${clause.join(', ')} } from ${JSON.stringify(file)}`
  })
  onLoad({ filter: /./ }, async ({ path }) => {
    if (path !== entry) return undefined
    return {
      contents: [await readFile(path, 'utf8'), ...lines, ...further].join('\n'),
      loader: extname(path).slice(1) as Loader,
    }
  })
}

/** Stands for what is imported where nobody comes: it has to be there all the same, and is left out. */
export const NOTHING = 'nothing'

/**
 * Has what the entry's bundle holds stand in the place of the modules it comes from: what is needed of it is taken from that bundle, a file
 * in CommonJS, in one place, from which all have it. By a module for each there would be as many files that hold nothing.
 */
export function takeOver(
  build: PluginBuild,
  { held, needed }: { held: Handed; needed: Handed },
  entryFile: string,
): void {
  const all = [...needed.values()].flatMap((names) => [...names.values()])
  const taken = [
    "import { createRequire } from 'node:module'",
    `const { ${all.join(', ')} } = createRequire(import.meta.url)(${JSON.stringify(entryFile)})`,
    `const ${NOTHING} = undefined`,
    `export { ${[...all, NOTHING].join(', ')} }`,
  ]
  build.onResolve({ filter: HANDED }, () => ({ path: entryFile, namespace: TAKEN }))
  build.onLoad({ filter: /./, namespace: TAKEN }, () => ({ contents: taken.join('\n'), loader: 'js' }))
  standIn(build, held)
}

/** Has a metafile name, as an import, each of these exports of which a build has need. */
export function noteTaken(build: PluginBuild, held: Handed): void {
  build.onResolve({ filter: HANDED }, ({ path }) => ({
    path: path.replace(HANDED, ''),
    external: true,
    sideEffects: false,
  }))
  standIn(build, held)
}

function standIn({ onLoad }: PluginBuild, held: Handed): void {
  onLoad({ filter: /./, namespace: 'file' }, ({ path }) => {
    const names = held.get(path)
    if (names === undefined) return undefined
    const lines = [...names].map(([name, there]) => `export { ${there} as ${name} } from 'handed:${there}'`)
    return { contents: lines.join('\n'), loader: 'js' }
  })
}

const HANDED = /^handed:/

const TAKEN = 'taken'
