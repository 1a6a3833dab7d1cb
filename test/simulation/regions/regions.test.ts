import { describe, expect, it } from 'vitest'
import { sizeInRegions } from '../size.ts'
import { brokenInRegions } from './invariants.ts'
import { type RegionsOutcome, simulateRegions } from './run.ts'

/** So many worlds of two regions, and of three; `npm run simulate -- --big --regions 2 --seeds 2000` has more. */
const TWO = 75
/** Worlds of one test: few enough for its time on a busy machine. */
const AT_ONCE = 25
const THREE = 8
/** Worlds that have what the first ones have not: what is handed back, and what is merged. */
const RARE = [99, 105]

describe('several regions keep their promise together, each crashing, repeating, delaying and losing,', () => {
  const firsts = Array.from({ length: TWO / AT_ONCE }, (_, index) => 1 + index * AT_ONCE)
  const seen = {
    losses: new Set<string>(),
    duties: new Set<string>(),
    byHand: new Set<string>(),
    calls: false,
    merges: false,
  }

  it.each([
    ...firsts.map((first) => ({ first, seeds: Array.from({ length: AT_ONCE }, (_, index) => first + index) })),
    { first: 'those that are rare', seeds: RARE },
  ])('in worlds of two, $first and those after it', async ({ seeds }) => {
    const faults: string[] = []
    for (const seed of seeds) {
      const world = await bigWorld(seed, 2)
      faults.push(...faultsOf(world))
      for (const { is } of world.plan.losses) seen.losses.add(is)
      for (const why of dutiesIn(world)) seen.duties.add(why)
      for (const { duty } of world.regions) for (const { why } of duty?.history ?? []) seen.byHand.add(why.code)
      seen.merges ||= world.plan.merge?.doneAt !== undefined
      seen.calls ||= world.regions[1]?.rings.some(({ about }) => about.length > 0) ?? false
    }

    expect(faults).toEqual([])
  }, 60_000)

  it('which have every loss, and regions that take over for several reasons', () => {
    expect(seen.losses.size).toBe(7)
    expect([...seen.duties]).toEqual(expect.arrayContaining(['silent', 'faulty', 'back']))
    expect([...seen.byHand]).toEqual(expect.arrayContaining(['duty-taken', 'duty-released', 'duty-expired']))
    expect([seen.calls, seen.merges]).toEqual([true, true])
  })

  it(`in ${THREE} worlds of three`, async () => {
    const faults: string[] = []
    for (let seed = 1; seed <= THREE; seed++) faults.push(...faultsOf(await bigWorld(seed, 3)))

    expect(faults).toEqual([])
  }, 60_000)

  it('and a world that is entered twice goes the same way', async () => {
    const [first, second] = [await bigWorld(11, 2), await bigWorld(11, 2)]

    expect(first.log.length).toBeGreaterThan(10)
    expect(second.log).toEqual(first.log)
  }, 60_000)
})

function bigWorld(seed: number, regions: number): Promise<RegionsOutcome> {
  return simulateRegions(seed, regions, 0, sizeInRegions(seed, 'big'))
}

function faultsOf(world: RegionsOutcome): string[] {
  const { seed, regions } = world
  return brokenInRegions(world).map(
    (fault) => `npm run simulate -- --regions ${regions.length} --big --seed ${seed}: ${fault}`,
  )
}

function dutiesIn({ regions }: RegionsOutcome): string[] {
  return regions.flatMap(({ timelines }) =>
    [...timelines.values()].flat().flatMap((line) => (line.kind === 'duty' ? [line.why] : [])),
  )
}
