import { broken } from '../invariants.ts'
import { brokenInRegions } from '../regions/invariants.ts'
import { simulateRegions } from '../regions/run.ts'
import { simulate } from '../run.ts'

/** How to learn what of the promises a world of so many regions breaks. */
export function faultsOfWorlds(regions = 1): (seed: number, timing: number) => Promise<string[]> {
  if (regions === 1) return async (seed, timing) => broken(await simulate(seed, timing))
  return async (seed, timing) => brokenInRegions(await simulateRegions(seed, regions, timing))
}
