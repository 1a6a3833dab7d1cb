import { readFile } from 'node:fs/promises'
import { measured, type Sources } from './sources.ts'

/** By the absolute path of a module: the names of what it exports, once somebody has asked. */
export type Exported = Map<string, Promise<string[]>>

/** What these modules export. Whoever asks for one that is `known`, while several functions are packaged, has it from there. */
export async function exportedNames(
  sources: Sources,
  files: string[],
  known: Exported,
): Promise<Map<string, string[]>> {
  const unknown = files.filter((file) => !known.has(file))
  const read = readNames(sources, unknown)
  for (const file of unknown)
    known.set(
      file,
      read.then((names) => names.get(file) ?? []),
    )
  return new Map(await Promise.all(files.map(async (file) => [file, (await known.get(file)) ?? []] as const)))
}

/** By a look at each alone, which costs less than bundling them; but which names `export *` hands on is seen when bundled. */
async function readNames(sources: Sources, files: string[]): Promise<Map<string, string[]>> {
  const handsOn = await Promise.all(files.map(async (file) => EXPORTS_ALL.test(await readFile(file, 'utf8'))))
  const parts = await Promise.all([
    namesIn(sources, { files: files.filter((_, index) => handsOn[index] === false), bundle: false }),
    namesIn(sources, { files: files.filter((_, index) => handsOn[index] === true), bundle: true }),
  ])
  return new Map(parts.flat())
}

/** Where it is in a comment, its module is bundled for nothing. */
const EXPORTS_ALL = /\bexport\s*\*/

async function namesIn(sources: Sources, { files, bundle }: { files: string[]; bundle: boolean }) {
  if (files.length === 0) return []
  const how = bundle ? { splitting: true } : { bundle, external: [] }
  const { outputs } = await measured(sources, { entryPoints: files, format: 'esm', ...how })
  return Object.values(outputs).flatMap(({ entryPoint, exports }) =>
    entryPoint === undefined ? [] : [[sources.absolute(entryPoint), exports] as const],
  )
}
