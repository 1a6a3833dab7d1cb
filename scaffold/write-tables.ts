import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Registered, renderTables } from './render-tables.ts'

/**
 * Writes the tables below `root` anew, from its registries and the files that folders have. Gives the paths of those that are other than
 * before, from `root`. Rejects for a name without its folder.
 */
export async function writeTables(root: string): Promise<string[]> {
  const registries = ['channels', 'checks', 'ingest'].map((room) => load(join(root, `shared/${room}/registry.ts`)))
  const registered: Registered = Object.assign({}, ...(await Promise.all(registries)))
  const texts = Object.entries(renderTables(registered, (path) => existsSync(join(root, path))))
  const written = await Promise.all(
    texts.map(async ([path, text]) => {
      const file = join(root, path)
      if (existsSync(file) && (await readFile(file, 'utf8')) === text) return []
      await writeFile(file, text)
      return [path]
    }),
  )
  return written.flat()
}

/** The lists of a registry, by the names that they are exported by. */
function load(file: string): Promise<Partial<Registered>> {
  return import(pathToFileURL(file).href)
}
