import { list } from './list.ts'
import { load } from './load.ts'

// A process of its own for one mutant: its name, how many seeds at most, and a seed and timing that have killed it before. Each line of
// its output is what it has come to, as JSON.

/** Where the path goes another way than when a seed became known, the same world may still kill at another pace. */
const TIMINGS = 40

const [name, limit, knownSeed, knownTiming] = process.argv.slice(2)
const mutant = list.find((one) => one.name === name)
if (mutant === undefined || !('edits' in mutant)) throw new Error(`There is no mutant ${name}`)
load(mutant)
const { simulate } = await import('../run.ts')
const { broken } = await import('../invariants.ts')

const known = { seed: Number(knownSeed), timing: Number(knownTiming) }
const again = Array.from({ length: TIMINGS }, (_, timing) => ({ seed: known.seed, timing }))
const worlds = Array.from({ length: Number(limit) }, (_, index) => ({ seed: index + 1, timing: 0 }))
let tried = 0
for (const { seed, timing } of knownSeed === undefined ? worlds : [known, ...again, ...worlds]) {
  const [fault] = broken(await simulate(seed, timing))
  tried++
  if (fault !== undefined) {
    // What cannot run is noticed by everybody: that shows nothing.
    if (/(Reference|Syntax|Type)Error/.test(fault)) throw new Error(`Mutant ${name} does not run: ${fault}`)
    console.log(JSON.stringify({ seed, timing, fault }))
    process.exit(0)
  }
  if (tried % 20 === 0) console.log(JSON.stringify({ tried }))
}
console.log(JSON.stringify({ tried, survived: true }))
