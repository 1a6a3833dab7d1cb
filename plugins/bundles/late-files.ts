import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OutputFile, Plugin, PluginBuild } from 'esbuild'
import type { Exported } from './exported-names.ts'
import { type Handed, handOver, takeOver } from './handed-over.ts'
import { heldByStart } from './held-by-start.ts'
import { leaveOut } from './left-out.ts'
import { packed } from './pack.ts'
import { LOADED_LATE, measured, OWN_CODE, prefixOf, type Sources, sourcesOf } from './sources.ts'

/**
 * For esbuild: what our own code imports when it is needed (`await import('./checks.tsx')`) is loaded then, from files beside the
 * entry's bundle: `services/console/aws.js` loads `services/console/aws.checks.mjs`. No module stands in two of them: what several
 * need is a file that they share, and what the entry's bundle holds they have from there. That bundle, which each cold start reads,
 * grows by the names of what it hands over and by nothing else. Packages imported so stay with whoever imports them. With `isPacked` all
 * of them lie in one file, `services/console/aws.late.br`.
 */
export function lateFiles({ isPacked = false }: { isPacked?: boolean } = {}): Plugin {
  const known: Exported = new Map()
  return {
    name: LOADED_LATE,
    async setup(build) {
      const sources = sourcesOf(build)
      const found = new Set<string>()
      const noted = (file: string) => {
        found.add(file)
        return basename(file)
      }
      const apart = (own: PluginBuild) => onLateImport(own, noted)
      const alone = await measured(sources, { entryPoints: [sources.entry] }, apart)
      const late = [...found].sort()
      const { held, needed } = await heldByStart(sources, { alone, known, late, apart })
      const names = await writeLate(sources, late, { held, needed, isPacked })
      leaveOut(build)
      handOver(build, sources.entry, needed, isPacked ? loadingPacked(prefixOf(sources)) : [])
      onLateImport(build, (file) => names.get(file))
    },
  }
}

/** Marks our own question to esbuild, which would come back to us. */
const resolving = Symbol('resolving')

/** Has `await import('./file.ts')` of our own code load what `nameOf` says; undefined: nothing is changed. */
function onLateImport(build: PluginBuild, nameOf: (file: string) => string | undefined): void {
  build.onResolve({ filter: OWN_CODE }, async ({ path, kind, importer, resolveDir, pluginData }) => {
    if (kind !== 'dynamic-import' || importer.includes('node_modules') || pluginData === resolving) return undefined
    const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: resolving })
    if (found.errors.length > 0) return { errors: found.errors }
    const name = nameOf(found.path)
    return name === undefined ? undefined : { path: `./${name}`, external: true }
  })
}

/** Writes what is loaded late. Resolves to the names of these files by their sources. */
async function writeLate(sources: Sources, late: string[], how: Late): Promise<Map<string, string>> {
  const { esbuild, options, outdir, plugins, absolute } = sources
  const prefix = prefixOf(sources)
  const own: Plugin = {
    name: LOADED_LATE,
    setup(build) {
      leaveOut(build)
      takeOver(build, how, `./${prefix}.js`)
    },
  }
  const { outputFiles, metafile } = await esbuild.build({
    ...options,
    ...{ entryPoints: entryPointsOf(late, prefix), plugins: [...plugins, own], outdir, format: 'esm', splitting: true },
    ...{ entryNames: '[name]', chunkNames: `${prefix}.[name]-[hash]`, outExtension: { '.js': '.mjs' } },
    ...{ metafile: true, write: false },
  })
  const { write = true } = options
  if (write) await mkdir(outdir, { recursive: true })
  // What a packaging that broke off has left may have other names, and would be in the zip, too.
  const left = write ? (await readdir(outdir)).filter((name) => name.startsWith(`${prefix}.`)) : []
  for (const name of left) await rm(join(outdir, name), { force: true })
  for (const [name, content] of write ? filesOf(outputFiles, prefix, how) : [])
    await writeFile(join(outdir, name), content)
  const files = Object.entries(metafile.outputs)
  return new Map(
    files.flatMap(([path, { entryPoint }]) =>
      entryPoint === undefined ? [] : [[absolute(entryPoint), basename(path)] as const],
    ),
  )
}

/** Files by their names, of which each has one of its own: the start is as much longer as these are. */
function entryPointsOf(files: string[], prefix: string): { in: string; out: string }[] {
  const stems = files.map((file) => basename(file).replace(/[.]tsx?$/, ''))
  return files.map((file, index) => {
    const [stem = '', before] = [stems[index], stems.slice(0, index).filter((one) => one === stems[index]).length]
    return { in: file, out: `${prefix}.${stem}${before === 0 ? '' : `-${before + 1}`}` }
  })
}

interface Late {
  held: Handed
  needed: Handed
  isPacked: boolean
}

function filesOf(built: OutputFile[], prefix: string, { isPacked }: Late): [name: string, content: string | Buffer][] {
  const files = withoutEmpty(built).map(([path, text]) => [basename(path), withRequire(text)] as [string, string])
  return isPacked && files.length > 0 ? [[archiveOf(prefix), packed(files)]] : files
}

function archiveOf(prefix: string): string {
  return `${prefix}.late.br`
}

/** What the entry does at its end, so that nothing it needs of Node is asked for by way of our hooks. */
function loadingPacked(prefix: string): string[] {
  const loader = fileURLToPath(new URL('load-packed.ts', import.meta.url))
  return [
    `import { loadPacked as $packed } from ${JSON.stringify(loader)}`,
    `$packed(__dirname + ${JSON.stringify(`/${archiveOf(prefix)}`)}, ${JSON.stringify(`${prefix}.`)})`,
  ]
}

/** Of a module that hands on what others have nothing is left: neither it nor its import, by its side effects alone, need be there. */
function withoutEmpty(files: OutputFile[]): [path: string, text: string][] {
  const isEmpty = ({ text }: OutputFile) => text.trim() === ''
  const empty = new Set(files.filter(isEmpty).map(({ path }) => basename(path)))
  const withoutImports = (text: string) =>
    text.replace(/\bimport ?"[.][/]([^"]+)";\n?/g, (written, name) => (empty.has(name) ? '' : written))
  return files.flatMap((file) => (isEmpty(file) ? [] : [[file.path, withoutImports(file.text)]]))
}

/** Packages in CommonJS require of Node what they like, by what esbuild writes into one file of ours: there is no `require` in an ES module. */
function withRequire(text: string): string {
  if (!text.includes('Dynamic require of')) return text
  return `import{createRequire as $require}from"node:module";const require=$require(import.meta.url);${text}`
}
