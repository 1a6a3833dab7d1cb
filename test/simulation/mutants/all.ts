import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { list } from './list.ts'
import type { Mutant, Struck } from './mutant.ts'

/** No mutant may survive so many seeds. */
export const MOST_SEEDS = 2_000

/** What has killed a mutant, by its name: tried first. */
const KNOWN = new URL('seeds.json', import.meta.url)

/** A world: its seed, and at which pace. */
type Killer = [seed: number, timing: number]

/** What became of a mutant. */
export interface Fate {
  name: string
  what: string
  /** The world that kills it, and the promise that it breaks. */
  killer?: Killer
  fault?: string
  /** Why it was not tried: nobody could notice. */
  struck?: string
  /** It could not be tried. */
  error?: string
}

interface Options {
  /** One mutant only; all of them otherwise. */
  only?: string | undefined
  most: number
  /** So many processes at once. */
  atOnce?: number
  /** Keeps the seeds that killed. */
  remember: boolean
  tell(line: string): void
}

/** Runs seeds against each mutant until one kills it. Throws for a name that no mutant has. */
export async function killAll({ only, most, atOnce, remember, tell }: Options): Promise<Fate[]> {
  const wanted = list.filter(({ name }) => only === undefined || name === only)
  if (wanted.length === 0) throw new Error(`There is no mutant ${only}: ${list.map(({ name }) => name).join(' ')}`)
  const known = JSON.parse(await readFile(KNOWN, 'utf8')) as Record<string, Killer>
  const fates: Fate[] = []
  const left = [...wanted]
  const work = async () => {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const fate = await fateOf(mutant, most, known[mutant.name])
      fates.push(fate)
      tell(`${fates.length}/${wanted.length} ${line(fate)}`)
      if (remember) await keep(known, fates)
    }
  }
  await Promise.all(Array.from({ length: atOnce ?? availableParallelism() }, work))
  return list.flatMap(({ name }) => fates.find((fate) => fate.name === name) ?? [])
}

/** Whether a mutant has got away. */
export function survives({ killer, struck }: Fate): boolean {
  return killer === undefined && struck === undefined
}

/** One line for people. */
export function line({ name, what, killer, fault, struck, error }: Fate): string {
  const fate =
    killer !== undefined
      ? `killed by seed ${killer[0]}${killer[1] > 0 ? `, timing ${killer[1]}` : ''}: ${fault}`
      : struck !== undefined
        ? `struck: ${struck}`
        : `SURVIVED${error === undefined ? '' : `: ${error}`}`
  return `${name.padEnd(4)} ${what}: ${fate}`
}

async function fateOf(mutant: Mutant | Struck, most: number, known: Killer | undefined): Promise<Fate> {
  const { name, what } = mutant
  if ('struck' in mutant) return { name, what, struck: mutant.struck }
  const one = fileURLToPath(new URL('one.ts', import.meta.url))
  const args = [one, name, String(most), ...(known ?? []).map(String)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let last: { seed?: number; timing?: number; fault?: string; survived?: boolean } = {}
  let trouble = ''
  child.stderr.on('data', (chunk: Buffer) => {
    trouble += chunk
  })
  const reading = (async () => {
    for await (const text of createInterface({ input: child.stdout })) last = JSON.parse(text)
  })()
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  await reading
  const { seed, timing = 0, fault = '' } = last
  if (code !== 0) return { name, what, error: trouble.match(/^\w*Error: .*$/m)?.[0] ?? trouble.slice(-300) }
  return { name, what, ...(seed === undefined ? {} : { killer: [seed, timing], fault }) }
}

async function keep(known: Record<string, Killer>, fates: Fate[]): Promise<void> {
  const found = fates.flatMap(({ name, killer }) => (killer === undefined ? [] : [[name, killer] as const]))
  const killers = { ...known, ...Object.fromEntries(found) }
  const inOrder = list.flatMap(({ name }) =>
    killers[name] === undefined ? [] : [`  "${name}": [${killers[name].join(', ')}]`],
  )
  await writeFile(KNOWN, `{\n${inOrder.join(',\n')}\n}\n`)
}
