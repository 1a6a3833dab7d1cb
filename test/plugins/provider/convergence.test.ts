import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WantedUnit } from '../../../plugins/provider/backend.ts'
import { Cloud } from './memory.ts'
import { deploy, expected, timer, units, wanted } from './units.ts'

class Cut extends Error {}

const someTimers = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('t1', 't2', 't3'), cron: fc.constantFrom('1', '2') }),
  { selector: ({ name }) => name, maxLength: 3 },
)

const someFunction = (name: string) =>
  fc
    .record({
      codeHash: fc.constantFrom('code 1', 'code 2'),
      timeout: fc.constantFrom(3, 30),
      timers: someTimers,
      retries: fc.option(fc.constantFrom(0, 2), { nil: undefined }),
      reserved: fc.option(fc.constantFrom(1, 5), { nil: undefined }),
    })
    .map(({ codeHash, timeout, timers, retries, reserved }) =>
      wanted({
        name,
        codeHash,
        configuration: { Timeout: timeout },
        timers: timers.map((one) => timer(one.name, one.cron)),
        ...(retries === undefined ? {} : { asyncInvocation: { RetryNum: retries } }),
        ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
      }),
    )

const someFunctions = fc
  .tuple(someFunction('a'), someFunction('b'), fc.subarray(['a', 'b'], { minLength: 1 }))
  .map(([a, b, names]) => [a, b].filter(({ name }) => names.includes(name)))

/** As on SCF and FC 3.0, each function by itself; or as on FC 2.0, all in one. */
const someUnits = fc
  .tuple(someFunctions, someFunctions)
  .chain(([before, after]) =>
    fc
      .boolean()
      .map((together): [WantedUnit[], WantedUnit[]] =>
        together
          ? [[{ name: 's', functions: before }], [{ name: 's', functions: after }]]
          : [units(...before), units(...after)],
      ),
  )

test('a deployment that is cut off at any call and run again comes to the same end', async () => {
  await fc.assert(
    fc.asyncProperty(someUnits, async ([before, after]) => {
      for (let cutAt = 0; ; cutAt++) {
        const cloud = new Cloud()
        await deploy(cloud, before)
        const wasCut = await deployCutAt(cloud, after, cutAt)
        await deploy(cloud, after)
        expect(cloud.shown()).toEqual(expected(after))
        expect(await deploy(cloud, after)).toEqual([])
        if (!wasCut) return
      }
    }),
    { numRuns: 25 },
  )
})

test('what a deployment left behind that was cut off does not mislead the next one, which wants something else', async () => {
  await fc.assert(
    fc.asyncProperty(someUnits, someUnits, fc.nat(25), async ([before, after], [, between], cutAt) => {
      const cloud = new Cloud()
      await deploy(cloud, before)
      await deployCutAt(cloud, between, cutAt)
      await deploy(cloud, after)
      expect(cloud.shown()).toEqual(expected(after))
    }),
    { numRuns: 300 },
  )
})

test('an answer that is lost at any call does no harm: run again, it comes to the same end', async () => {
  await fc.assert(
    fc.asyncProperty(someUnits, fc.nat(60), async ([before, after], lostAt) => {
      const cloud = new Cloud()
      await deploy(cloud, before)
      const backend = cloud.backend.bind(cloud)
      let left = lostAt
      cloud.backend = () => losing(backend(), () => left-- === 0)
      await deploy(cloud, after).catch(() => {})
      cloud.backend = backend
      await deploy(cloud, after)
      expect(cloud.shown()).toEqual(expected(after))
    }),
    { numRuns: 100 },
  )
})

test('two deployments at once: each ends well or says that another is under way, and what is live is one of both', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(someFunction('a'), someFunction('a'), someFunction('a')),
      fc.scheduler(),
      async ([zero, one, two], scheduler) => {
        const cloud = new Cloud()
        await deploy(cloud, units(zero))
        cloud.before = (call) => scheduler.schedule(Promise.resolve(), call)
        const both = Promise.allSettled([deploy(cloud, units(one)), deploy(cloud, units(two))])
        const ends = await scheduler.waitFor(both)
        cloud.before = () => {}
        for (const end of ends) {
          if (end.status === 'rejected') expect(String(end.reason.errors)).toMatch(/changed by someone else/)
        }
        const neither = ends.every(({ status }) => status === 'rejected')
        const possible = neither ? [zero, one, two] : [one, two]
        expect(possible.map((fn) => expected(units(fn))[0]?.live)).toContainEqual(cloud.shown()[0]?.live)
        await deploy(cloud, units(two))
        expect(cloud.shown()).toEqual(expected(units(two)))
      },
    ),
    { numRuns: 300 },
  )
})

/** Deploys and fails before a call; says whether it came to that. */
async function deployCutAt(cloud: Cloud, all: WantedUnit[], cutAt: number): Promise<boolean> {
  const start = cloud.calls.length
  cloud.before = (_, index) => {
    if (index === start + cutAt) throw new Cut()
  }
  const wasCut = await deploy(cloud, all).then(
    () => false,
    () => true,
  )
  cloud.before = () => {}
  return wasCut
}

/** A backend whose answer to one call is lost after the call was carried out. */
function losing<T extends object>(backend: T, isLost: () => boolean): T {
  return new Proxy(backend, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]) => {
        const answer: unknown = await Reflect.apply(member, target, given)
        if (isLost()) throw new Cut()
        return answer
      }
    },
  })
}
