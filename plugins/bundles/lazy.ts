import { basename, join } from 'node:path'
import type { BuildOptions, Plugin, PluginBuild } from 'esbuild'
import { leaveOut } from './left-out.ts'
import { LOADED_LATE, OWN_CODE } from './sources.ts'

/**
 * For esbuild: what our own code imports when it is needed (`await import('./last-resort.ts')`) becomes a bundle of its own, beside
 * the entry's: `services/probe/aws.js` loads `services/probe/aws.last-resort.js`. esbuild alone puts it into the entry's bundle in
 * CommonJS, and a cold start reads it all. The two share no module: each has its own copies of what both import, for a probe's zip
 * holds those alone that its checks load. Packages imported so stay in the bundle that imports them. Two files of one name are an
 * error: their bundles would be one.
 */
export function lazyBundles(): Plugin {
  return {
    name: LOADED_LATE,
    setup(build) {
      const { outdir, entryPoints } = build.initialOptions
      const [entry] = Array.isArray(entryPoints) ? entryPoints : []
      if (outdir === undefined || typeof entry !== 'string')
        throw new Error('lazy bundles need one entry and an outdir')
      split(build, { outdir, prefix: stem(entry), built: new Map() })
    },
  }
}

interface Siblings {
  outdir: string
  /** What the names of all bundles of an entry begin with. */
  prefix: string
  /** Builds by the file they are of, so that two imports are one bundle. */
  built: Map<string, Promise<string>>
}

function split(build: PluginBuild, siblings: Siblings): void {
  leaveOut(build)
  build.onResolve({ filter: OWN_CODE }, async ({ path, kind, importer, resolveDir, pluginData }) => {
    if (kind !== 'dynamic-import' || importer.includes('node_modules') || pluginData === resolving) return undefined
    const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: resolving })
    if (found.errors.length > 0) return { errors: found.errors }
    const { built } = siblings
    const namesake = [...built.keys()].find((file) => file !== found.path && stem(file) === stem(found.path))
    if (namesake !== undefined)
      return { errors: [{ text: `${namesake} and ${found.path} would be one bundle: give one of them another name` }] }
    if (!built.has(found.path)) built.set(found.path, bundle(found.path, build, siblings))
    return { path: `./${await built.get(found.path)}`, external: true }
  })
}

/** Marks our own question to esbuild, which would come back to us. */
const resolving = Symbol('resolving')

/** Resolves to the new bundle's file name. */
async function bundle(file: string, { esbuild, initialOptions }: PluginBuild, siblings: Siblings): Promise<string> {
  const name = `${siblings.prefix}.${stem(file)}.js`
  const { outdir: _, entryPoints: __, plugins = [], ...options } = initialOptions
  const plugin: Plugin = { name: LOADED_LATE, setup: (build) => split(build, siblings) }
  const others = plugins.filter((each) => each.name !== LOADED_LATE)
  const own: BuildOptions = { entryPoints: [file], outfile: join(siblings.outdir, name), plugins: [...others, plugin] }
  await esbuild.build({ ...options, ...own })
  return name
}

function stem(file: string): string {
  return basename(file).replace(/[.][cm]?[jt]s$/, '')
}
