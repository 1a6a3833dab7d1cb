import { beforeEach, describe, expect, it } from 'vitest'
import { aliyunIvr } from '../../shared/channels/aliyun-ivr/aliyun-ivr.ts'
import type { CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import { enterCall, forbidden, takeBack } from '../../shared/delivery/callee-ledger.ts'
import { PathWorld, phones, policy } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'
import { callsTold } from './calling.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const { windows = [], gapMs = 0 } = aliyunIvr.limits.perCallee ?? {}

/** Calls at these minutes of a night, and what forbids the next one at another. */
const waits = (calls: number[], minute: number) => {
  const ledger = { calls: calls.map((at) => at * MINUTE), askedAt: (calls.at(-1) ?? Number.NEGATIVE_INFINITY) * MINUTE }
  const why = forbidden(ledger, windows, gapMs, minute * MINUTE)
  return why && { ...why.window, minutes: Math.ceil(why.afterMs / MINUTE) }
}

describe('what the vendor takes of calls to one number', () => {
  it.each([
    ['the first', [], 0, undefined],
    ['a second one half a minute later', [0], 0.5, { calls: 1, ms: MINUTE, minutes: 1 }],
    ['a second one after a minute and the margin', [0], 1.1, undefined],
    ['a sixth within the hour', [0, 3, 6, 9, 12], 20, { calls: 5, ms: HOUR, minutes: 41 }],
    ['a sixth after an hour from the first', [0, 3, 6, 9, 12], 60.1, undefined],
    [
      'a 21st in a day',
      Array.from({ length: 20 }, (_, index) => index * 60),
      1_300,
      { calls: 20, ms: 24 * HOUR, minutes: 141 },
    ],
  ])('%s', (_, calls, minute, why) => {
    expect(waits(calls, minute)).toEqual(why)
  })
})

it('counts from an hour of China’s time what was on its way before it, and nothing earlier', () => {
  const night = [{ calls: 1, ms: 10 * HOUR, fromHour: 22 }]
  const ten = Date.UTC(2026, 10, 21, 14)
  const why = (at: number) => forbidden({ calls: [at], askedAt: at }, night, gapMs, ten + MINUTE)
  expect([why(ten - 2_000)?.window, why(ten - MINUTE)]).toEqual([night[0], undefined])
})

describe('the ledger', () => {
  let world: PathWorld
  beforeEach(() => {
    world = new PathWorld()
  })
  let calls = 0
  const enter = () =>
    enterCall({ callee: 'mainland#one#lin', token: `line:lin:${calls++}` }, windows, { gapMs }, world.io())

  it('gives one of two who ask at the same moment the call', async () => {
    const both = await Promise.all([enter(), enter()])
    expect(both.filter((why) => why === undefined)).toHaveLength(1)
  })

  it.each([
    ['once, and its client has asked again', async () => false],
    ['for good', () => Promise.reject(new Error('socket hang up'))],
  ])('lets a call be placed whose entry is written though the answer was lost %s', async (_, answer) => {
    const { putIfVersion } = world.incidents
    world.incidents.putIfVersion = async (row, expected) => {
      await putIfVersion.call(world.incidents, row, expected)
      return answer()
    }
    expect(await enter()).toBeUndefined()
    Object.assign(world.incidents, { putIfVersion })
    world.now += 30_000
    expect(await enter()).toMatchObject({ window: { ms: MINUTE } })
  })

  it('of a call that is taken back keeps off the same second, and counts no call', async () => {
    await enter()
    await takeBack('mainland#one#lin', world.io())
    world.now += 1_000
    expect(await enter()).toMatchObject({ window: { ms: gapMs } })
    world.now += 1_000
    expect(await enter()).toBeUndefined()
  })

  it('may be forgotten once its longest window is over', async () => {
    await enter()
    const [row] = world.incidents.rows.values()
    expect((row?.expiresAt ?? 0) * 1000 - world.now).toBeGreaterThanOrEqual(24 * HOUR)
  })
})

describe('a call to the mainland', () => {
  /** Lin alone, who is called twice in each of `rounds`, each call refused to be answered at once. */
  async function calling(rounds: number, prepare: (world: PathWorld) => void = () => {}): Promise<PathWorld> {
    const layers = [{ page: ['lin'], calls: 2, ackTimeoutMs: 300_000 }]
    const world = new PathWorld({ policies: { default: policy({ layers, rounds }) } })
    const routes = [{ to: '+86', type: 'ivr', settings: {} }]
    world.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
    prepare(world)
    await world.alert('trigger')
    return world.settle()
  }
  const declines = async (world: PathWorld) => {
    world.now += 5_000
    const contactId = `contact-${world.placed.length}`
    await world.contact({ type: 'disconnected', contactId, answered: false })
    return world.settle()
  }

  it('comes again a minute after the first, which was declined; meanwhile a text goes out', async () => {
    const world = await declines(await calling(1))
    expect(world.placed).toHaveLength(1)
    expect(await callsTold(world)).toContain('林悦 waiting, takes 1 call to this number in 1 min, so it was not asked')
    expect(world.texts).toContain(`${phones.lin} texts page`)
    await world.until('02:14:04')
    expect(world.placed).toHaveLength(1)
    await world.until('02:14:06')
    expect(world.placed).toHaveLength(2)
  })

  it('that the hour has no room for is not placed: the next channel takes over, and the timeline says why', async () => {
    const world = await calling(3)
    for (let call = 1; call <= 5; call++) {
      await declines(world)
      await world.until(world.now + 1.1 * MINUTE)
    }
    expect(world.placed).toHaveLength(5)
    expect(await callsTold(world)).toContain('林悦 failed, takes 5 calls to this number in 1 h, so it was not asked')
  })

  it('that the vendor puts off counts for no call, and is asked for again', async () => {
    const world = await calling(1, (world) =>
      world.places.push({ status: 'retry', afterMs: 2_000, failure: refusedFor('Throttling') }),
    )
    await world.until('02:13:03')
    expect(world.placed).toHaveLength(2)
  })

  it('that no answer came to counts', async () => {
    const world = await calling(1, (world) => world.places.push({ status: 'unknown', failure: refusedFor('reset') }))
    const [row] = [...world.incidents.rows.values()].filter(({ pk }) => pk.startsWith('callee#'))
    expect(JSON.parse(row?.state ?? '{}').calls).toHaveLength(1)
  })

  it('goes to the next route of its prefix when the number is used up', async () => {
    const world = await calling(3, (world) => {
      const routes = ['ivr', 'connect'].map((type) => ({ to: '+86', type, settings: {} }))
      world.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
    })
    for (let call = 1; call <= 5; call++) {
      await declines(world)
      await world.until(world.now + 1.1 * MINUTE)
    }
    expect(world.calls.map((call) => call.split(' ')[0])).toEqual([...Array(5).fill('ivr'), 'connect'])
  })

  it('is placed once in a layer where the policy lets its route call less often than the layer', async () => {
    const world = await calling(1, (world) => {
      world.config.policies.default = { ...world.config.policies.default, callsBy: { ivr: 1 } } as CompiledPolicy
    })
    await declines(world)
    await world.until(world.now + 1.5 * MINUTE)
    expect(world.placed).toHaveLength(1)
  })
})
