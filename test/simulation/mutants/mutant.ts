/** A piece of source that is found exactly once, and what stands there instead. */
export interface Edit {
  /** From the root of the repository. */
  file: string
  find: string
  replace: string
}

/** One guard of the path taken out. */
export interface Mutant {
  /** A letter for the part of the path, and a number. */
  name: string
  /** What is taken out, in a few words. */
  what: string
  edits: Edit[]
  /** It is tried in worlds of so many regions. */
  regions?: number
  /** It is tried in no world, since none shows it, for this reason: a test does, which fails with it. */
  unseen?: { test: string; why: string }
}

/** Edits of one file. */
export function editsOf(file: string, ...edits: [find: string, replace: string][]): Edit[] {
  return edits.map(([find, replace]) => ({ file, find, replace }))
}

/** The source of a file as the mutant has it. Throws, naming the mutant, if a `find` is not there exactly once. */
export function mutated(source: string, file: string, { name, edits }: Mutant): string {
  return edits
    .filter((edit) => edit.file === file)
    .reduce((text, { find, replace }) => {
      const times = text.split(find).length - 1
      if (times !== 1) throw new Error(`Mutant ${name}: ${file} has this ${times} times, not once: ${find}`)
      return text.replace(find, () => replace)
    }, source)
}
