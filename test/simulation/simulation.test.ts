import { describe, expect, it } from 'vitest'
import { broken } from './invariants.ts'
import { killAll } from './mutants/all.ts'
import { type Outcome, simulate } from './run.ts'
import { BIG_EVERY, sizeFor } from './size.ts'

/** Big worlds. */
const SEEDS = 24
/** Worlds nearly all of which are small, and most of those tiny. */
const MIXED = 250
/** Seeds of one test: few enough for its time on a busy machine. */
const AT_ONCE = 12
/** Worlds that more than one test looks at: they are lived through once. */
const KEPT = 24
/** Worlds that have what the first ones have not: a long outage, and a trouble everywhere. */
const RARE = [58, 62]

const kept = new Map<number, Outcome>()

async function worldOf(seed: number): Promise<Outcome> {
  const outcome = kept.get(seed) ?? (await simulate(seed, 0, sizeFor(seed, 'big')))
  if (seed <= KEPT) kept.set(seed, outcome)
  return outcome
}

describe(`the path keeps its promises in ${SEEDS} worlds that crash, repeat, delay and lose`, () => {
  const firsts = Array.from({ length: SEEDS / AT_ONCE }, (_, index) => 1 + index * AT_ONCE)

  it.each(firsts)(`${AT_ONCE} seeds from %i on`, async (first) => {
    const faults: string[] = []
    for (let seed = first; seed < first + AT_ONCE; seed++)
      for (const fault of broken(await worldOf(seed))) faults.push(`npm run simulate -- --big --seed ${seed}: ${fault}`)

    expect(faults).toEqual([])
  })

  it(`and in ${MIXED} of mixed sizes`, async () => {
    const faults: string[] = []
    for (let seed = 1; seed <= MIXED; seed++)
      for (const fault of broken(await simulate(seed))) faults.push(`npm run simulate -- --seed ${seed}: ${fault}`)

    expect(faults).toEqual([])
  })
})

describe('a world', () => {
  it('that is entered twice goes the same way, to the last line of its log', async () => {
    for (const seed of [7, 42, 51]) {
      const [first, second] = [await worldOf(seed), await simulate(seed, 0, sizeFor(seed, 'big'))]

      expect(first.log.length).toBeGreaterThan(10)
      expect(second.log).toEqual(first.log)
      expect(second.rings).toEqual(first.rings)
      expect(second.told).toEqual(first.told)
    }
  })

  it('is a short story where sizes are mixed, but for one in so many', async () => {
    const lines = { small: 0, big: 0 }
    for (let seed = 1; seed <= KEPT; seed++) {
      lines.small += (await simulate(seed)).log.length
      lines.big += (await worldOf(seed)).log.length
    }

    expect(lines.small).toBeLessThan(lines.big / 2)
    expect((await simulate(BIG_EVERY)).log).toEqual((await worldOf(BIG_EVERY)).log)
  })

  it('differs from seed to seed, and has all that it may have', async () => {
    const seeds = [...Array.from({ length: KEPT }, (_, index) => index + 1), ...RARE]
    const worlds = []
    for (const seed of seeds) worlds.push(await worldOf(seed))
    const phases = worlds.flatMap(({ incidents }) => incidents.map(({ escalation }) => escalation.phase))
    const statuses = worlds.flatMap(({ incidents }) => incidents.map(({ status }) => status))

    expect(new Set(worlds.map(({ log }) => JSON.stringify(log))).size).toBe(seeds.length)
    expect(phases).toContain('exhausted')
    expect(statuses).toEqual(expect.arrayContaining(['acknowledged', 'resolved', 'open']))
    expect(worlds.some(({ rings }) => rings.some(({ about }) => about.length > 1))).toBe(true)
    expect(worlds.some(({ requests, rings }) => requests.length > rings.length)).toBe(true)
    expect(worlds.some(({ told }) => told.some(({ repeat }) => repeat))).toBe(true)
    expect(worlds.some(({ told }) => told.some(({ to }) => to.startsWith('sms')))).toBe(true)
    expect(new Set(worlds.flatMap(({ people }) => people.promised.map(({ what }) => what))).size).toBe(3)
    expect(worlds.some(({ setting }) => setting.edited)).toBe(true)
    expect(worlds.some(({ faults: { outage } }) => outage.until > outage.from)).toBe(true)
    expect(worlds.some(({ faults: { watchRests } }) => watchRests.until > watchRests.from)).toBe(true)
    expect(new Set(worlds.map(({ breakdown }) => breakdown.where)).size).toBe(5)
  })
})

describe('the simulation notices when a part of the mechanism is taken away', () => {
  it('by what its worlds come to', async () => {
    const only = ['m1']
    const fates = await killAll({ only, most: 100, atOnce: 1, remember: false, tell: () => {} })

    expect(fates.map(({ name }) => name)).toEqual(only)
    expect(fates.filter(({ fault }) => fault === undefined)).toEqual([])
  })
})
