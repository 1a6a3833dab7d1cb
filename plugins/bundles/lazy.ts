import { basename, join } from 'node:path'
import type { BuildOptions, Plugin, PluginBuild } from 'esbuild'

/**
 * For esbuild: what our own code imports when it is needed (`await import('./last-resort.ts')`) becomes a bundle of its own, beside
 * the entry's: `services/probe/aws.js` loads `services/probe/aws.last-resort.js`. esbuild alone puts it into the entry's bundle in
 * CommonJS, and a cold start reads it all. The two share no module: each has its own copies of what both import. Packages
 * imported so stay in the bundle that imports them. Two files of one name are an error: their bundles would be one. What only
 * doctor asks for (`diagnose.ts`, `diagnose-robot.ts`) is not deployed at all, nor is where the AWS SDK would look for credentials
 * after the environment, in which a function has its own.
 */
export function lazyBundles(): Plugin {
  return {
    name: NAME,
    setup(build) {
      const { outdir, entryPoints } = build.initialOptions
      const [entry] = Array.isArray(entryPoints) ? entryPoints : []
      if (outdir === undefined || typeof entry !== 'string')
        throw new Error('lazy bundles need one entry and an outdir')
      split(build, { outdir, prefix: stem(entry), built: new Map() })
    },
  }
}

const NAME = 'lazy-bundles'

interface Siblings {
  outdir: string
  /** What the names of all bundles of an entry begin with. */
  prefix: string
  /** Builds by the file they are of, so that two imports are one bundle. */
  built: Map<string, Promise<string>>
}

function split(build: PluginBuild, siblings: Siblings): void {
  build.onResolve({ filter: furtherCredentials }, ({ path, kind }) =>
    kind === 'dynamic-import' ? { path, external: true } : undefined,
  )
  build.onResolve({ filter: /^[.]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
    if (kind !== 'dynamic-import' || importer.includes('node_modules') || pluginData === resolving) return undefined
    if (neverDeployed.test(path)) return { path, external: true }
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

/** Doctor looks from outside, with the project's sources. */
const neverDeployed = /\/diagnose(-robot)?\.ts$/

/** Source: the SDK's `defaultProvider`, whose first link is the environment; Lambda puts a function's credentials there. */
const furtherCredentials = /^@(aws-sdk|smithy)\/credential-provider-/

/** Marks our own question to esbuild, which would come back to us. */
const resolving = Symbol('resolving')

/** Resolves to the new bundle's file name. */
async function bundle(file: string, { esbuild, initialOptions }: PluginBuild, siblings: Siblings): Promise<string> {
  const name = `${siblings.prefix}.${stem(file)}.js`
  const { outdir: _, entryPoints: __, plugins = [], ...options } = initialOptions
  const plugin: Plugin = { name: NAME, setup: (build) => split(build, siblings) }
  const others = plugins.filter((each) => each.name !== NAME)
  const own: BuildOptions = { entryPoints: [file], outfile: join(siblings.outdir, name), plugins: [...others, plugin] }
  await esbuild.build({ ...options, ...own })
  return name
}

function stem(file: string): string {
  return basename(file).replace(/[.][cm]?[jt]s$/, '')
}
