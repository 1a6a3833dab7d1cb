import { expect, it } from 'vitest'
import { brokenInRegions } from './invariants.ts'
import { simulateRegions } from './run.ts'

/** Beside the big worlds of `regions.test.ts`, whose seeds end before: a thousand in all. */
const FIRST = 76
const LAST = 1_000
/** Worlds of one test: few enough for its time on a busy machine. */
const AT_ONCE = 37

const firsts = Array.from({ length: (LAST - FIRST + 1) / AT_ONCE }, (_, index) => FIRST + index * AT_ONCE)

it.each(firsts)(`two regions keep their promise in ${AT_ONCE} worlds of mixed sizes from %i on`, async (first) => {
  const faults: string[] = []
  for (let seed = first; seed < first + AT_ONCE; seed++) faults.push(...(await faultsOf(seed)))

  expect(faults).toEqual([])
}, 60_000)

async function faultsOf(seed: number): Promise<string[]> {
  const faults = brokenInRegions(await simulateRegions(seed, 2))
  return faults.map((fault) => `npm run simulate -- --regions 2 --seed ${seed}: ${fault}`)
}
