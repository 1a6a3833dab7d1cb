import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { Draw } from '../size.ts'
import { documentOf, worldText } from './document.ts'
import { list } from './list.ts'
import type { Mutant } from './mutant.ts'
import { type Killer, Laboratory, type Trial, type Verdict } from './trial.ts'

/** No mutant may survive so many seeds. */
export const MOST_SEEDS = 2_000

/** What has killed a mutant, by its name: tried first. */
const KNOWN = new URL('seeds.json', import.meta.url)

/** The same for people. */
const DOCUMENT = new URL('../mutants.md', import.meta.url)

/** What became of a mutant. */
export interface Fate extends Verdict {
  name: string
  what: string
  /** Why it was not tried in any world: which test shows it. */
  unseen?: string
}

interface Options {
  /** Only these; all of them otherwise. */
  only?: readonly string[] | undefined
  most: number
  draw?: Draw | undefined
  /** So many processes at once. */
  atOnce?: number
  /** Keeps the seeds that killed. */
  remember: boolean
  tell(line: string): void
}

/** Runs seeds against each mutant until one kills it. Throws for a name that no mutant has. */
export async function killAll({ only, most, draw, atOnce, remember, tell }: Options): Promise<Fate[]> {
  const wanted = only === undefined ? list : only.map(mutantOf)
  const known = JSON.parse(await readFile(KNOWN, 'utf8')) as Record<string, Killer>
  const fates: Fate[] = []
  const left = [...wanted]
  const work = async () => {
    const laboratory = new Laboratory()
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const fate = await fateOf(mutant, { most, draw, known: known[mutant.name] }, laboratory)
      fates.push(fate)
      tell(`${fates.length}/${wanted.length} ${line(fate)}`)
      if (remember) await keep(known, fates)
    }
    laboratory.close()
  }
  await Promise.all(Array.from({ length: atOnce ?? availableParallelism() }, work))
  return list.flatMap(({ name }) => fates.find((fate) => fate.name === name) ?? [])
}

function mutantOf(name: string): Mutant {
  const found = list.find((mutant) => mutant.name === name)
  if (found === undefined) throw new Error(`There is no mutant ${name}: ${list.map((one) => one.name).join(' ')}`)
  return found
}

/** Whether a mutant has got away. */
export function survives({ killer, unseen }: Fate): boolean {
  return killer === undefined && unseen === undefined
}

/** One line for people. */
export function line({ name, what, killer, fault, unseen, error }: Fate): string {
  const fate =
    killer !== undefined
      ? `killed by ${worldText(killer)}: ${fault}`
      : unseen !== undefined
        ? `seen by no world, but by ${unseen}`
        : `SURVIVED${error === undefined ? '' : `: ${error}`}`
  return `${name.padEnd(4)} ${what}: ${fate}`
}

async function fateOf(mutant: Mutant, trial: Omit<Trial, 'name'>, laboratory: Laboratory): Promise<Fate> {
  const { name, what, unseen } = mutant
  if (unseen !== undefined) return { name, what, unseen: unseen.test }
  return { name, what, ...(await laboratory.try({ name, ...trial })) }
}

async function keep(known: Record<string, Killer>, fates: Fate[]): Promise<void> {
  const found = fates.flatMap(({ name, killer }) => (killer === undefined ? [] : [[name, killer] as const]))
  const killers = { ...known, ...Object.fromEntries(found) }
  const inOrder = list.flatMap(({ name }) =>
    killers[name] === undefined
      ? []
      : [`  "${name}": [${killers[name].map((part) => JSON.stringify(part)).join(', ')}]`],
  )
  await writeFile(KNOWN, `{\n${inOrder.join(',\n')}\n}\n`)
  await writeFile(DOCUMENT, documentOf(list, killers))
}
