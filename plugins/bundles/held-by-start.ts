import type { Metafile, PluginBuild } from 'esbuild'
import { type Exported, exportedNames } from './exported-names.ts'
import { type Handed, handOver, NOTHING, noteTaken } from './handed-over.ts'
import { measured, type Sources } from './sources.ts'

interface Start {
  /** What is in the entry's bundle by its own imports. */
  alone: Metafile
  /** What modules export, as far as it is known. */
  known: Exported
  /** What it loads late. */
  late: string[]
  /** Has a build leave these where they are. */
  apart(build: PluginBuild): void
}

/**
 * What the entry's bundle holds anyway, and what of it is needed by files that are loaded late. esbuild keeps of a module what somebody
 * needs: a module of which the late ones need more than the entry does would make the entry's bundle longer, so it is not handed over,
 * and they share a copy of their own. Which these are shows in the bytes of each module in a bundle that hands all of them over.
 */
export async function heldByStart(sources: Sources, start: Start): Promise<{ held: Handed; needed: Handed }> {
  if (start.late.length === 0) return { held: new Map(), needed: new Map() }
  const held = await exportsOf(sources, start)
  for (;;) {
    const needed = await neededOf(sources, held, start.late)
    const handing = await measured(sources, { entryPoints: [sources.entry] }, (build) => {
      start.apart(build)
      handOver(build, sources.entry, needed)
    })
    const unfit = causesOf(grownIn(handing, start.alone), handing, (file) => needed.has(sources.absolute(file)))
    if (unfit.length === 0) return shortNamed(held, needed)
    for (const file of unfit) held.delete(sources.absolute(file))
  }
}

/** Of each module of which a bundle holds something: how many bytes. */
function bytesOf({ outputs }: Metafile): Map<string, number> {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs))
  return new Map(inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [[file, bytesInOutput]] : [])))
}

/** What each module exports of which the bundle holds something. CommonJS has no exports by name. */
async function exportsOf(sources: Sources, { alone, known }: Start): Promise<Handed> {
  const held = [...bytesOf(alone).keys()].filter((file) => alone.inputs[file]?.format === 'esm')
  const files = held.map(sources.absolute).filter((file) => file !== sources.entry)
  const all = await exportedNames(sources, files, known)
  let count = 0
  const named = (names: string[]) => new Map(names.map((name) => [name, `$${(count++).toString(36)}`]))
  return new Map([...all].map(([file, names]) => [file, named(names)]))
}

/** Those of these exports that the late files need. */
async function neededOf(sources: Sources, held: Handed, late: string[]): Promise<Handed> {
  const { outputs } = await measured(sources, { entryPoints: late, format: 'esm', splitting: true }, (build) =>
    noteTaken(build, held),
  )
  const imported = new Set(Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path)))
  const needed = [...held].map(
    ([file, names]) => [file, new Map([...names].filter(([, there]) => imported.has(there)))] as const,
  )
  return new Map(needed.filter(([, names]) => names.size > 0))
}

/** The same with names as short as they can be, for what is needed is a part of what is held. */
function shortNamed(held: Handed, needed: Handed): { held: Handed; needed: Handed } {
  const all = [...needed.values()].flatMap((names) => [...names.values()])
  const short = new Map(all.map((there, index) => [there, `$${index.toString(36)}`]))
  const renamed = (handed: Handed): Handed =>
    new Map(
      [...handed].map(([file, names]) => [
        file,
        new Map([...names].map(([name, there]) => [name, short.get(there) ?? NOTHING])),
      ]),
    )
  return { held: renamed(held), needed: renamed(needed) }
}

/** The modules of which there is more than before. A few bytes are none: what comes in anew has names, and two of one name are told apart. */
function grownIn(after: Metafile, before: Metafile): string[] {
  const was = bytesOf(before)
  return [...bytesOf(after)].flatMap(([file, bytes]) => (bytes > GROWN * (was.get(file) ?? 0) ? [file] : []))
}

const GROWN = 1.1

/** Of modules that have grown those that can be left out; where none can, those that can and import them, by however many steps. */
function causesOf(grown: string[], metafile: Metafile, canBe: (file: string) => boolean): string[] {
  const unfit = grown.filter(canBe)
  if (unfit.length > 0) return unfit
  const importers = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
    !grown.includes(file) && imports.some(({ path }) => grown.includes(path)) ? [file] : [],
  )
  return importers.length === 0 ? [] : causesOf([...grown, ...importers], metafile, canBe)
}
