import { broken } from '../invariants.ts'
import { brokenInRegions } from '../regions/invariants.ts'
import { simulateRegions } from '../regions/run.ts'
import { simulate } from '../run.ts'
import { sizeFor, sizeInRegions } from '../size.ts'
import type { Killer } from './trial.ts'

/** How to learn what of the promises a world of so many regions breaks. */
export function faultsOfWorlds(regions = 1): (...world: Killer) => Promise<string[]> {
  if (regions === 1) return async (seed, timing, draw) => broken(await simulate(seed, timing, sizeFor(seed, draw)))
  return async (seed, timing, draw) =>
    brokenInRegions(await simulateRegions(seed, regions, timing, sizeInRegions(seed, draw)))
}
