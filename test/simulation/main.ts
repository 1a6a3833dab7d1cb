import { parseArgs } from 'node:util'
import { broken } from './invariants.ts'
import type { Logged } from './logged.ts'
import { killAll, line, MOST_SEEDS, survives } from './mutants/all.ts'
import { brokenInRegions } from './regions/invariants.ts'
import { simulateRegions } from './regions/run.ts'
import { simulate } from './run.ts'
import { BIG_EVERY, type Draw, sizeFor, sizeInRegions } from './size.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    regions: { type: 'string', default: '1' },
    timing: { type: 'string' },
    big: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    remember: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (values.help) {
  console.log(`npm run simulate -- [--seeds N] [--seed K] [--regions 2] [--big]
npm run simulate -- --mutants [NAME …] [--seeds N] [--json] [--remember]

Runs the whole path in a world that duplicates, delays, reorders, refuses and crashes, while people take, note, resolve, silence,
hand over, go on leave and edit what they like, once per seed.
--seeds N    seeds 1 to N (500)
--seed K     one seed, with its log; with --timing N, the same world at another pace
--big        nights with everything in them; else one world in ${BIG_EVERY} is that big, and the others are short and have some of everything
--regions N  two or three regions as one system: links between them that delay, lose and are cut, regions that die, half die and wake
             with a backlog, clocks that differ
--mutants    takes one guard after the other out of the code and runs seeds until a promise is broken (at most ${MOST_SEEDS}
             for each); with NAMEs, those
--json       what became of each mutant, as JSON
--remember   keeps the seeds that killed in test/simulation/mutants/seeds.json, to be tried first, and lists them in mutants.md
Exit code 1 if a promise was broken, or if a mutant survived.`)
  process.exit(0)
}

const regions = ['1', '2', '3'].includes(values.regions) ? Number(values.regions) : fail('--regions takes 1, 2 or 3')

const draw: Draw | undefined = values.big ? 'big' : undefined

if (values.mutants) await runMutants()
else await runSeeds()

async function runSeeds(): Promise<void> {
  const seeds = values.seed === undefined ? upTo(values.seeds ?? '500') : [wholeNumber(values.seed)]
  // An error that a world makes is told by its words; one seed alone shows where it came from.
  if (seeds.length > 1) Error.stackTraceLimit = 0
  const startedAt = cpuSeconds()
  let bad = 0
  for (const seed of seeds) {
    const { log, faults } = await liveThrough(seed, values.timing === undefined ? 0 : wholeNumber(values.timing))
    if (values.seed !== undefined)
      for (const { at, region = '', entry } of log) console.log(at, region, JSON.stringify(entry))
    if (faults.length === 0) continue
    bad++
    console.log(
      `seed ${seed}: ${faults.join('\n  ')}\n  replay: npm run simulate -- --seed ${seed}${regions > 1 ? ` --regions ${regions}` : ''}${values.big ? ' --big' : ''}`,
    )
  }
  const perSecond = seeds.length / (cpuSeconds() - startedAt)
  console.log(`${seeds.length} seeds, ${bad} with a broken promise; ${perSecond.toFixed(1)} seeds per CPU second`)
  process.exitCode = bad > 0 ? 1 : 0
}

/** What this process has taken of the processors until now, collection of garbage included, s: others at work on the machine count little. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

/** One seed, and what of the promises it breaks. */
async function liveThrough(
  seed: number,
  timing: number,
): Promise<{ log: (Logged & { region?: string })[]; faults: string[] }> {
  if (regions === 1) {
    const outcome = await simulate(seed, timing, sizeFor(seed, draw))
    return { log: outcome.log, faults: broken(outcome) }
  }
  const outcome = await simulateRegions(seed, regions, timing, sizeInRegions(seed, draw))
  return { log: outcome.log, faults: brokenInRegions(outcome) }
}

async function runMutants(): Promise<void> {
  const most = wholeNumber(values.seeds ?? String(MOST_SEEDS))
  const tell = (text: string) => console.error(text)
  const options = {
    draw,
    only: positionals.length > 0 ? positionals : undefined,
    most,
    remember: values.remember,
    tell,
  }
  const fates = await killAll(options).catch((error: unknown) => fail(String(error)))
  const alive = fates.filter(survives)
  const unseen = fates.filter((fate) => fate.unseen !== undefined)
  if (values.json) console.log(JSON.stringify(fates, null, 2))
  else for (const fate of fates) console.log(line(fate))
  const killed = fates.length - alive.length - unseen.length
  console.error(
    `${fates.length} mutants: ${killed} killed, ${unseen.length} seen by a test alone, ${alive.length} survived`,
  )
  process.exitCode = alive.length > 0 ? 1 : 0
}

function upTo(text: string): number[] {
  return Array.from({ length: wholeNumber(text) }, (_, index) => index + 1)
}

function wholeNumber(text: string): number {
  const number = Number(text)
  return Number.isSafeInteger(number) && number > 0
    ? number
    : fail('--seeds, --seed and --timing take a whole number above 0')
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
