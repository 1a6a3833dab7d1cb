import { withMutant } from './graph.ts'
import { list } from './list.ts'
import type { Killer, Trial, Verdict } from './trial.ts'
import { faultsOfWorlds } from './worlds.ts'

// A process that tries mutants, one after the other.

/** Where the path goes another way than when a seed became known, the same world may still kill at another pace. */
const TIMINGS = 40

// Errors that worlds make are told by their words: where they came from would cost more than they do.
Error.stackTraceLimit = 0

process.on('message', async (trial: Trial) => {
  process.send?.(await verdictOn(trial).catch((error: unknown): Verdict => ({ error: String(error) })))
})
process.on('disconnect', () => process.exit(0))

function verdictOn({ name, ...trial }: Trial): Promise<Verdict> {
  const mutant = list.find((one) => one.name === name)
  if (mutant === undefined) throw new Error(`There is no mutant ${name}`)
  return withMutant(mutant, async ({ faultsIn }) => {
    for (const killer of worldsFor(trial)) {
      const [fault] = await faultsIn(...killer)
      if (fault === undefined) continue
      // What cannot run is noticed by everybody: that shows nothing.
      if (/(Reference|Syntax|Type)Error/.test(fault)) throw new Error(`Mutant ${name} does not run: ${fault}`)
      // Nor does a world in which the code as it is keeps no promise either.
      if ((await faultsOfWorlds(mutant.regions)(...killer)).length > 0) continue
      return { killer, fault }
    }
    return {}
  })
}

function worldsFor({ most, known, draw }: Omit<Trial, 'name'>): Killer[] {
  const first = Array.from({ length: most }, (_, index): Killer => (draw ? [index + 1, 0, draw] : [index + 1, 0]))
  if (known === undefined) return first
  const [seed, , ...drawn] = known
  const again = Array.from({ length: TIMINGS }, (_, timing): Killer => [seed, timing, ...drawn])
  return [known, ...again, ...first]
}
