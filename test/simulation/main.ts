import { parseArgs } from 'node:util'
import type { Mutation } from './cloud.ts'
import { broken } from './invariants.ts'
import { simulate } from './run.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    seed: { type: 'string' },
    without: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (values.help) {
  console.log(`npm run simulate -- [--seeds N] [--seed K] [--without outbox|version|watch]

Runs the whole path in a world that duplicates, delays, reorders, refuses and crashes, while people take, note, resolve and edit
what they like, once per seed.
--seeds N    seeds 1 to N (500)
--seed K     one seed, with its log
--without X  takes a part of the mechanism away: the simulation should fail then
Exit code 1 if a promise was broken.`)
  process.exit(0)
}

const mutations: Mutation[] = ['outbox', 'version', 'watch']
const without = mutations.find((name) => name === values.without)
if (values.without !== undefined && without === undefined) fail(`--without takes one of ${mutations.join(', ')}`)
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, index) => index + 1)
    : [Number(values.seed)]
if (seeds.length === 0 || !seeds.every((seed) => Number.isSafeInteger(seed) && seed > 0))
  fail('--seeds and --seed take a whole number above 0')
let bad = 0
for (const seed of seeds) {
  const outcome = await simulate(seed, without)
  const faults = broken(outcome)
  if (values.seed !== undefined) for (const line of outcome.log) console.log(line)
  if (faults.length === 0) continue
  bad++
  console.log(
    `seed ${seed}: ${faults.join('\n  ')}\n  replay: npm run simulate -- --seed ${seed}${without ? ` --without ${without}` : ''}`,
  )
}
console.log(`${seeds.length} seeds, ${bad} with a broken promise`)
process.exitCode = bad > 0 ? 1 : 0

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
