import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { writeZip } from '../plugins/provider/artifact.ts'
import { NAMES_FILE } from '../services/console/assets.ts'

/** The most that every request may load: the bundle, and the names of what browsers get of it. */
export const CONSOLE_START_KB = 250

/** The most that the zip with all of it may be, as it is uploaded. */
export const CONSOLE_ZIP_KB = 400

/** What the console's packaged function is, in kB. Of a zip, the configuration that goes into it is left out: it is the user's. */
export async function sizesOf(bundle: string, assets: Record<string, string | Uint8Array>) {
  const names = await readdir(dirname(bundle))
  const code = await Promise.all(
    names.map(async (name) => [name, await readFile(join(dirname(bundle), name))] as const),
  )
  const packages = [
    ...code.map(([name, content]) => [`services/console/${name}`, content] as const),
    ...Object.entries(assets).map(([name, content]) => [`.build/console/${name}`, Buffer.from(content)] as const),
  ]
  const start = code.flatMap(([name, content]) => (name === basename(bundle) ? [content.length] : []))
  const named = Buffer.byteLength(assets[NAMES_FILE] ?? '')
  const raw = code.map(([name, content]) => (name.endsWith('.br') ? brotliDecompressSync(content) : content).length)
  const forBrowsers = Object.values(assets).map((content) => Buffer.byteLength(content))
  return {
    startKB: sum([...start, named]) / 1000,
    zipKB: writeZip(Object.fromEntries(packages)).length / 1000,
    rawKB: sum([...raw, ...forBrowsers]) / 1000,
  }
}

function sum(sizes: number[]): number {
  return sizes.reduce((all, size) => all + size, 0)
}
