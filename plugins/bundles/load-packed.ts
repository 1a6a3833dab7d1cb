import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { brotliDecompressSync } from 'node:zlib'

/**
 * Has the ES modules whose name begins so come from `archive`, as `packed` writes it, as if they stood beside whoever imports them. It is
 * unpacked once, for the first of them. Part of the entry's bundle.
 */
export function loadPacked(archive: string, prefix: string): void {
  let files: Map<string, Buffer> | undefined
  registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith(`./${prefix}`) || !specifier.endsWith('.mjs')) return next(specifier, context)
      return { url: new URL(specifier, context.parentURL).href, shortCircuit: true }
    },
    load(url, context, next) {
      if (!url.endsWith('.mjs')) return next(url, context)
      files ??= unpacked(readFileSync(archive))
      const source = files.get(url.slice(url.lastIndexOf('/') + 1))
      return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true }
    },
  })
}

function unpacked(archive: Buffer): Map<string, Buffer> {
  const bytes = brotliDecompressSync(archive)
  const start = bytes.indexOf('\n') + 1
  const places: [name: string, from: number, to: number][] = JSON.parse(String(bytes.subarray(0, start)))
  return new Map(places.map(([name, from, to]) => [name, bytes.subarray(start + from, start + to)]))
}
