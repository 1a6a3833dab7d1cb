import { expect, it } from 'vitest'
import { sizeInRegions } from '../size.ts'
import { brokenInRegions } from './invariants.ts'
import { simulateRegions } from './run.ts'

/** Beside the big worlds of `regions.test.ts`, whose seeds end before: a thousand in all. */
const FIRST = 151
const LAST = 1_000
/** Worlds of one test: few enough for its time on a busy machine. */
const AT_ONCE = 50

/** Worlds in which something was found that the code did not bear. */
const FOUND = [
  1_910, 4_404, 6_664, 7_772, 1_688, 8_233, 10_396, 19_892, 29_230, 32_302, 59_769, 60_918, 67_994, 70_197, 76_926,
]

const firsts = Array.from({ length: (LAST - FIRST + 1) / AT_ONCE }, (_, index) => FIRST + index * AT_ONCE)

it.each(firsts)(`two regions keep their promise in ${AT_ONCE} worlds of mixed sizes from %i on`, async (first) => {
  const faults: string[] = []
  for (let seed = first; seed < first + AT_ONCE; seed++) faults.push(...(await faultsOf(seed)))

  expect(faults).toEqual([])
}, 60_000)

it.each(FOUND)('and in world %i', async (seed) => {
  expect(await faultsOf(seed)).toEqual([])
}, 60_000)

async function faultsOf(seed: number): Promise<string[]> {
  const faults = brokenInRegions(await simulateRegions(seed, 2, 0, sizeInRegions(seed, 'mixed')))
  return faults.map((fault) => `npm run simulate -- --regions 2 --mixed --seed ${seed}: ${fault}`)
}
