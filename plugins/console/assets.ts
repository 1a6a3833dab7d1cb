import { mkdir, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type BuiltAssets, NAMES_FILE, packedName } from '../../services/console/assets.ts'
import { compressed } from '../bundles/compressed.ts'

/** Browsers inside of chats are as old as this at times. */
const OLDEST = ['chrome86', 'safari15']

/** What the console's pages load, wherever it runs. */
const own = fileURLToPath(new URL('../../services/console/browser/', import.meta.url))

/** Bundles what the console's pages load, or those whose `main.js` and `main.css` are in another folder, and names each file by its content. */
export async function buildAssets(folder = own): Promise<BuiltAssets> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ['main.js', 'main.css', join(own, 'chart.js'), join(own, 'beacon.svg')],
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.svg': 'copy' },
    outdir: 'out',
    bundle: true,
    minify: true,
    format: 'esm',
    target: OLDEST,
    write: false,
    logLevel: 'silent',
  })
  const files = outputFiles.map(({ path, contents }) => [basename(path), new Uint8Array(contents)] as const)
  const named = (entry: string, extension: string) =>
    files.find(([name]) => name.startsWith(`${entry}-`) && extname(name) === extension)?.[0] ?? ''
  const names = {
    ...{ style: named('main', '.css'), script: named('main', '.js'), icon: named('beacon', '.svg') },
    ...{ chart: named('chart', '.js'), chartStyle: named('chart', '.css') },
  }
  return { names, files: Object.fromEntries(files) }
}

/** The same as a package holds them: each file compressed, as browsers take it, and the one that names them. */
export function filesOfAssets({ names, files }: BuiltAssets): Record<string, string | Uint8Array> {
  const packed = Object.entries(files).map(([name, content]) => [packedName(name), compressed(content)])
  return { ...Object.fromEntries(packed), [NAMES_FILE]: JSON.stringify(names) }
}

/** Writes what browsers load into a folder of the service: all that goes into the zip, and nothing of an earlier packaging. */
export async function writeAssets(serviceDir: string, folder: string): Promise<string[]> {
  const files = Object.entries(filesOfAssets(await buildAssets())).map(
    ([name, content]) => [join(folder, name), content] as const,
  )
  await mkdir(join(serviceDir, folder), { recursive: true })
  for (const [path, content] of files) await writeFile(join(serviceDir, path), content)
  return files.map(([path]) => path)
}
