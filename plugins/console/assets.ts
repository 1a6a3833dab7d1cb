import { basename, extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Asset, Assets } from '../../services/console/assets.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Browsers inside of chats are as old as this at times. */
const OLDEST = ['chrome86', 'safari15']

/** Bundles what the console's pages load, and names each file by its content. */
export async function buildAssets(): Promise<Assets> {
  const folder = fileURLToPath(new URL('../../services/console/browser/', import.meta.url))
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ['main.js', 'main.css', 'beacon.svg'],
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
  const files = outputFiles.map(({ path, contents }): [string, Asset] => {
    const name = basename(path)
    return [name, { type: types[extname(name)] ?? 'application/octet-stream', body: new Uint8Array(contents) }]
  })
  const named = (extension: string) => files.find(([name]) => extname(name) === extension)?.[0] ?? ''
  return { style: named('.css'), script: named('.js'), icon: named('.svg'), files: Object.fromEntries(files) }
}
