import { describe, expect, it } from 'vitest'
import { brokenInRegions } from './invariants.ts'
import { type RegionsOutcome, simulateRegions } from './run.ts'

/** So many worlds of two regions, and of three; `npm run simulate -- --regions 2 --seeds 2000` has more. */
const TWO = 40
const THREE = 8

/** Worlds in which something was found that the code did not bear. */
const FOUND = [97, 105, 133, 213, 663]

describe('several regions keep their promise together, each crashing, repeating, delaying and losing,', () => {
  it(`in ${TWO} worlds of two`, async () => {
    const worlds = []
    const faults: string[] = []
    for (let seed = 1; seed <= TWO; seed++) {
      const world = await simulateRegions(seed, 2)
      worlds.push(world)
      faults.push(...faultsOf(world))
    }

    expect(faults).toEqual([])
    expect(new Set(worlds.flatMap(({ plan }) => plan.losses.map(({ is }) => is))).size).toBe(7)
    expect(worlds.some(({ regions }) => regions[1]?.rings.some(({ about }) => about.length > 0))).toBe(true)
    expect(worlds.flatMap(dutiesIn)).toEqual(expect.arrayContaining(['silent', 'faulty']))
  }, 120_000)

  it(`in ${THREE} worlds of three`, async () => {
    const faults: string[] = []
    for (let seed = 1; seed <= THREE; seed++) faults.push(...faultsOf(await simulateRegions(seed, 3)))

    expect(faults).toEqual([])
  }, 60_000)

  it.each(FOUND)('in world %i', async (seed) => {
    expect(faultsOf(await simulateRegions(seed, 2))).toEqual([])
  }, 60_000)

  it('and a world that is entered twice goes the same way', async () => {
    const [first, second] = [await simulateRegions(11, 2), await simulateRegions(11, 2)]

    expect(first.log.length).toBeGreaterThan(10)
    expect(second.log).toEqual(first.log)
  }, 60_000)
})

function faultsOf(world: RegionsOutcome): string[] {
  const { seed, regions } = world
  return brokenInRegions(world).map(
    (fault) => `npm run simulate -- --regions ${regions.length} --seed ${seed}: ${fault}`,
  )
}

function dutiesIn({ regions }: RegionsOutcome): string[] {
  return regions.flatMap(({ timelines }) =>
    [...timelines.values()].flat().flatMap((line) => (line.kind === 'duty' ? [line.why] : [])),
  )
}
