import { list } from './list.ts'
import { load } from './load.ts'

// A process of its own for one mutant: its name, how many seeds at most, and a seed that has killed it before. Each line of its
// output is what it has come to, as JSON.

const [name, limit, known] = process.argv.slice(2)
const mutant = list.find((one) => one.name === name)
if (mutant === undefined || !('edits' in mutant)) throw new Error(`There is no mutant ${name}`)
load(mutant)
const { simulate } = await import('../run.ts')
const { broken } = await import('../invariants.ts')

const most = Number(limit)
const seeds = [...(known ? [Number(known)] : []), ...Array.from({ length: most }, (_, index) => index + 1)]
let tried = 0
for (const seed of seeds) {
  if (tried > 0 && seed === Number(known)) continue
  const [fault] = broken(await simulate(seed))
  tried++
  if (fault !== undefined) {
    // What cannot run is noticed by everybody: that shows nothing.
    if (/(Reference|Syntax|Type)Error/.test(fault)) throw new Error(`Mutant ${name} does not run: ${fault}`)
    console.log(JSON.stringify({ seed, fault }))
    process.exit(0)
  }
  if (tried % 20 === 0) console.log(JSON.stringify({ tried }))
}
console.log(JSON.stringify({ tried, survived: true }))
