import { basename, resolve } from 'node:path'
import type { BuildOptions, Metafile, Plugin, PluginBuild } from 'esbuild'
import { leaveOut } from './left-out.ts'

/** The name of whichever plugin says how what is imported when it is needed is packaged: one of them at a time. */
export const LOADED_LATE = 'loaded-late'

/** How our own code names what it imports of itself; packages say it without an extension, or with another one. */
export const OWN_CODE = /^[.].*[.]tsx?$/

/** What esbuild was asked to bundle, for further builds of parts of it. */
export interface Sources {
  esbuild: PluginBuild['esbuild']
  /** Without what says of what, to where and by which plugins. */
  options: BuildOptions
  entry: string
  outdir: string
  /** All but the one that asks, whose name is `LOADED_LATE`. */
  plugins: Plugin[]
  /** The absolute path of what a metafile names. */
  absolute(path: string): string
}

/** Throws where there is no single entry or no outdir. */
export function sourcesOf({ esbuild, initialOptions }: PluginBuild): Sources {
  const { outdir, entryPoints, plugins = [], ...options } = initialOptions
  const [entry] = Array.isArray(entryPoints) ? entryPoints : []
  if (outdir === undefined || typeof entry !== 'string') throw new Error('late files need one entry and an outdir')
  const absolute = (path: string) => resolve(options.absWorkingDir ?? '.', path)
  const others = plugins.filter(({ name }) => name !== LOADED_LATE)
  return { esbuild, options, entry: absolute(entry), outdir: absolute(outdir), plugins: others, absolute }
}

/** What the names of all files of an entry begin with. */
export function prefixOf({ entry }: Sources): string {
  return basename(entry).replace(/[.][cm]?[jt]sx?$/, '')
}

/** A build of which nothing is written: what stands in it, names as they are, so that two of one module are as long. */
export async function measured(
  { esbuild, options, plugins }: Sources,
  what: BuildOptions,
  setup: Plugin['setup'] = () => {},
): Promise<Metafile> {
  const own: Plugin = {
    name: 'measured',
    setup(build) {
      leaveOut(build)
      return setup(build)
    },
  }
  const { metafile } = await esbuild.build({
    ...{ ...options, ...what },
    ...{ plugins: [...plugins, own], metafile: true, write: false, minify: false, minifySyntax: true },
    ...{ outdir: 'measured', entryNames: '[dir]/[name]-[hash]', logLevel: 'silent' },
  })
  return metafile
}
