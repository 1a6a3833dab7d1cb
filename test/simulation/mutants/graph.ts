import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Mutant, mutated } from './mutant.ts'
import type { Killer } from './trial.ts'

const root = new URL('../../../', import.meta.url)

/** What was read, and stripped of its types, by its address: most of it is the same for all mutants. */
const stripped = new Map<string, string>()

/** The simulation, as it was loaded with a mutant's edits. */
interface Mutated {
  /** What of the promises a world breaks. */
  faultsIn(...world: Killer): Promise<string[]>
}

/**
 * Loads the product and its simulation once more, with a mutant's edits, and does some work with them; what is not ours is loaded once
 * for all mutants of a process. Rejects when an edit does not fit.
 */
export async function withMutant<T>(mutant: Mutant, work: (mutated: Mutated) => Promise<T>): Promise<T> {
  const files = new Set(mutant.edits.map(({ file }) => file))
  const mark = `?${mutant.name}`
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      return isOurs(found.url) ? { ...found, url: `${found.url}${mark}` } : found
    },
    load(url, context, next) {
      if (!url.endsWith(mark)) return next(url, context)
      const address = url.slice(0, -mark.length)
      const file = relative(fileURLToPath(root), fileURLToPath(address))
      const source = files.has(file) ? stripTypeScriptTypes(mutated(read(address), file, mutant)) : codeOf(address)
      return { format: 'module', source, shortCircuit: true }
    },
  })
  try {
    const { faultsOfWorlds } = await import('./worlds.ts')
    return await work({ faultsIn: faultsOfWorlds(mutant.regions) })
  } finally {
    hooks.deregister()
  }
}

function isOurs(url: string): boolean {
  return url.startsWith(root.href) && url.endsWith('.ts') && !url.includes('/node_modules/')
}

function codeOf(address: string): string {
  const code = stripped.get(address) ?? stripTypeScriptTypes(read(address))
  stripped.set(address, code)
  return code
}

function read(address: string): string {
  return readFileSync(fileURLToPath(address), 'utf8')
}
