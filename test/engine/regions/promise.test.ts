import fc from 'fast-check'
import { expect, it } from 'vitest'
import { at } from '../../messages/notices.ts'
import { type Region, Regions } from './regions-world.ts'

const SECOND = 1_000
const MINUTE = 60_000
const GUARD_MS = MINUTE

/** Whom a policy of one round reaches. */
const people = ['lin', 'wang'] as const

/** Within this everybody of the policy was called, wherever they were called: two layers, a guard and a loss in each. */
const EVERYBODY_MS = 25 * MINUTE

/** Nobody is called again after exhaustion before this. */
const ONCE_MS = 28 * MINUTE

/** Whose life a word is about is known when each has heard of the other: there, back, and there again. */
const ROUND_TRIPS = 3

/** A region that was out of reach is tried again within this. */
const TOLD_MS = 150 * SECOND

/** What was sent last is read within this; and so much longer watch looks at what is over, for a step that it would make anew. */
const REST_MS = 5 * MINUTE

const start = at('02:20')

/** What goes wrong, in one region at a time. `deaf`: nothing gets to it from the other one; `mute`: nothing from it. */
const trouble = fc.record({
  region: fc.integer({ min: 0, max: 1 }),
  is: fc.constantFrom('dead', 'half dead', 'cut off', 'deaf', 'mute'),
  afterS: fc.integer({ min: 0, max: 600 }),
  lastsS: fc.constantFrom(1, 20, 70, 130, 400, 1_500, 3_600),
})

const anyPlan = fc.record({
  troubles: fc.array(trouble, { maxLength: 2 }),
  skewsS: fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -30, max: 30 })),
  triggerS: fc.integer({ min: 0, max: 600 }),
  /** How much later each region can read what all are sent. */
  delaysS: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
  lateS: fc.constantFrom(0, 0, 3, 40),
  twice: fc.boolean(),
  resolveS: fc.option(fc.integer({ min: 1, max: 3_000 })),
  /** It breaks again so long after it was over. */
  againS: fc.option(fc.constantFrom(1, 30, 61, 200, 900)),
  take: fc.option(fc.record({ region: fc.integer({ min: 0, max: 1 }), afterS: fc.integer({ min: 1, max: 3_000 }) })),
})

/** A word that comes twice comes again so long after. */
const TWICE_S = 60

/** What breaks again while a word of its former life is on its way may be taken for that, and is paged a layer later: decision 0020. */
const plan = anyPlan.filter(({ againS, lateS, twice }) => againS === null || againS > lateS + (twice ? TWICE_S : 0))
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never

interface Story {
  triggeredAt: number
  /** When somebody had it, or it was over, as far as any region knows. */
  endedAt: number
  /** When it broke again. */
  againAt: number
  takenAgain: number
  rings: { who: string; at: number }[]
  /** How long a word is on its way. */
  lateMs: number
  /** From when to when something was wrong. */
  troubles: { from: number; until: number }[]
  left: string[]
}

async function live(plan: Plan): Promise<Story> {
  const regions = new Regions('ap-southeast-1', 'ap-northeast-1')
  regions.lateMs = plan.lateS * SECOND
  regions.twice = plan.twice
  for (const [index, region] of regions.all.entries()) region.skewMs = (plan.skewsS[index] ?? 0) * SECOND
  const happens: { at: number; go(): unknown }[] = []
  /** Somebody has the second life by then. */
  let takenAgain = Number.POSITIVE_INFINITY
  const troubles: Story['troubles'] = []
  let free = start
  for (const { region: index, is, afterS, lastsS } of plan.troubles) {
    const [one, other] = [regions.all[index], regions.all[1 - index]]
    if (one === undefined || other === undefined) continue
    const from = free + afterS * SECOND
    const until = from + lastsS * SECOND
    free = until + SECOND
    troubles.push({ from, until })
    const set = (isOn: boolean) => () => {
      if (is === 'dead' || is === 'half dead') one.state = isOn ? is : 'well'
      const ways = [...(is === 'deaf' ? [] : [[one, other]]), ...(is === 'mute' ? [] : [[other, one]])] as const
      if (is === 'dead' || is === 'half dead') return
      for (const [from, to] of ways) {
        if (isOn) from?.cutFrom.add(to?.name ?? '')
        else from?.cutFrom.delete(to?.name ?? '')
      }
    }
    happens.push({ at: from, go: set(true) }, { at: until, go: set(false) })
  }
  const triggeredAt = start + plan.triggerS * SECOND
  const alert = (action: string) => ({ action, dedupKey: 'web', project: 'pay', summary: 'web is down' })
  const tell = (action: string) => () => {
    for (const [index, region] of regions.all.entries())
      region.send({ v: 1, kind: 'alerts', alerts: [alert(action)] }, (plan.delaysS[index] ?? 0) * SECOND)
  }
  let endedAt = Number.POSITIVE_INFINITY
  happens.push({ at: triggeredAt, go: tell('trigger') })
  let againAt = Number.POSITIVE_INFINITY
  if (plan.resolveS !== null) {
    if (plan.againS !== null) {
      againAt = triggeredAt + (plan.resolveS + plan.againS) * SECOND
      happens.push({ at: againAt, go: tell('trigger') })
    }
    const resolvedAt = triggeredAt + plan.resolveS * SECOND
    happens.push({
      at: resolvedAt,
      go: () => {
        endedAt = Math.min(endedAt, resolvedAt)
        tell('resolve')()
      },
    })
  }
  if (plan.take !== null) {
    const { region: index, afterS } = plan.take
    const takenAt = triggeredAt + afterS * SECOND
    happens.push({
      at: takenAt,
      go: async () => {
        const region = regions.all[index]
        if (region?.state !== 'well') return
        await region.take().then(
          () => {
            if (region.incident().status === 'open') return
            if (takenAt < againAt) endedAt = Math.min(endedAt, takenAt)
            else takenAgain = takenAt
          },
          // It knows of none yet.
          () => {},
        )
      },
    })
  }
  for (const { at, go } of happens.toSorted((a, b) => a.at - b.at)) {
    await regions.until(at)
    await go()
  }
  const end = Math.max(free, triggeredAt) + 75 * MINUTE
  do await regions.until(Math.min(regions.now + REST_MS, end))
  while (regions.now < end && !isOver(regions))
  await regions.until(Math.min(regions.now + REST_MS, end))
  const rings = regions.all.flatMap(({ rang }) => rang).toSorted((a, b) => a.at - b.at)
  const left = regions.all.flatMap((one) => one.left)
  return { triggeredAt, endedAt, againAt, takenAgain, rings, troubles, left, lateMs: regions.lateMs }
}

/** Each region has heard that it is over, and no step or word waits anywhere: all that comes is watch. */
function isOver({ all }: Regions): boolean {
  return all.every((one) => one.queue.length === 0 && statusOf(one) === 'resolved')
}

/** undefined: it knows of none. */
function statusOf(region: Region): string | undefined {
  return region.incidents.rows.has('incident#pay#web\nstate') ? region.incident().status : undefined
}

/** What of the promise a story breaks. */
function broken({ triggeredAt, endedAt, againAt, takenAgain, rings, troubles, left, lateMs }: Story): string[] {
  const faults = left.map((one) => `not carried out: ${one}`)
  const firstBy = triggeredAt + GUARD_MS + 3 * MINUTE
  if (endedAt > firstBy && !rings.some((ring) => ring.at <= firstBy)) faults.push('nobody was called in time')
  const againBy = againAt + GUARD_MS + 3 * MINUTE
  const isHeardAgain = rings.some((ring) => ring.at >= againAt && ring.at <= againBy)
  if (againAt < Number.POSITIVE_INFINITY && takenAgain > againBy && !isHeardAgain)
    faults.push('nobody was called in time when it broke again')
  for (const one of people) {
    const own = rings.filter(({ who }) => who === one)
    const isLong = endedAt > triggeredAt + EVERYBODY_MS
    if (isLong && !own.some((ring) => ring.at <= triggeredAt + EVERYBODY_MS)) faults.push(`${one} was never called`)
    for (const [index, ring] of own.entries()) {
      const losses = troubles.filter(({ from }) => from <= ring.at).length
      if (ring.at < Math.min(triggeredAt + ONCE_MS, againAt) && index > losses)
        faults.push(`${one} was called ${index + 1} times`)
    }
  }
  for (const { who, at } of rings) {
    const isCalm = troubles.every(({ from, until }) => until + TOLD_MS < at || from > at)
    if (isCalm && at > endedAt + 10 * SECOND + ROUND_TRIPS * lateMs && at < againAt)
      faults.push(`${who} was called ${(at - endedAt) / SECOND} s after somebody had it`)
  }
  return faults
}

it('with any one region lost, half dead or cut off at any moment, every page lands, and few are repeated', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (one) => {
      expect(broken(await live(one))).toEqual([])
    }),
    // The same stories each time; others by the environment.
    { seed: Number(process.env.REGIONS_SEED ?? 20), numRuns: Number(process.env.REGIONS_RUNS ?? 200) },
  )
}, 600_000)
