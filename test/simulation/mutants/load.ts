import { registerHooks } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Mutant, mutated } from './mutant.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** From now on this process loads the product with a mutant's edits. Loading throws when an edit does not fit. */
export function load(mutant: Mutant): void {
  const files = new Set(mutant.edits.map(({ file }) => file))
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const file = url.startsWith('file:') ? relative(root, fileURLToPath(url)) : url
      if (!files.has(file) || loaded.source == null) return loaded
      const source =
        typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString()
      return { ...loaded, source: mutated(source, file, mutant) }
    },
  })
}
