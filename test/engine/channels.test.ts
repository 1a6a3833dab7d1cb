import { describe, expect, it } from 'vitest'
import { refusedFor } from '../failure.ts'
import { at } from '../messages/notices.ts'
import { texting, told } from './texting.ts'
import { noticesIn, PathWorld, policy } from './world.ts'

describe('a channel', () => {
  it('that is busy is asked after a longer and longer pause, a minute at most', async () => {
    const world = new PathWorld()
    for (let times = 0; times < 50; times++)
      world.answers.push({ status: 'retry', afterMs: 2_000, failure: refusedFor('busy') })
    await world.alert('trigger', { severity: 'warning' })
    const asked: number[] = []
    for (let second = 0; second < 200; second++) {
      await world.until(at('02:13') + second * 1_000)
      if (world.texts.length > asked.length) asked.push(second)
    }

    expect(asked).toEqual([0, 2, 6, 14, 30, 62, 122, 182])
  })

  it('takes fewer posts in any sixty seconds than its vendor allows, all instances together', async () => {
    const world = new PathWorld()
    world.limits = { perMinute: 20 }
    world.now = at('02:13:50')
    for (let n = 0; n < 40; n++) await world.alert('trigger', { dedupKey: `check-${n}`, severity: 'warning' })
    const sent: number[] = []
    for (let second = 0; second < 200; second++) {
      await world.until(at('02:13:50') + second * 1_000)
      sent.push(...Array(world.texts.length - sent.length).fill(second))
      if (second % 3 === 0) await world.alert('trigger', { dedupKey: `later-${second}`, severity: 'warning' })
    }

    const inAnyMinute = sent.map((start) => sent.filter((one) => one >= start && one < start + 60).length)
    expect(Math.max(...inAnyMinute)).toBeLessThanOrEqual(18)
    const told = world.messages.flatMap(noticesIn)
    expect(new Set(told.map(({ incident }) => incident)).size).toBeGreaterThan(95)
  })

  it('that is locked out by its vendor hears nothing until that is over, from no incident', async () => {
    const world = new PathWorld()
    world.limits = { perMinute: 20 }
    world.answers.push({ status: 'retry', afterMs: 600_000, failure: refusedFor('130101') })
    await world.alert('trigger', { severity: 'warning' })
    await world.settle()
    for (let n = 0; n < 3; n++) await world.alert('trigger', { dedupKey: `check-${n}`, severity: 'warning' })
    await world.until('02:22:59')
    expect(world.texts).toEqual(['ops opened'])

    await world.until('02:24:01')
    const told = world.messages.slice(1).flatMap(noticesIn)
    expect(new Set(told.map(({ incident }) => incident)).size).toBe(4)
  })

  it('that is locked out stays so for this incident even when the others cannot be told', async () => {
    const world = new PathWorld()
    world.limits = { perMinute: 20 }
    world.answers.push({ status: 'retry', afterMs: 600_000, failure: refusedFor('130101') })
    const put = world.incidents.put.bind(world.incidents)
    world.incidents.put = async (rows) => {
      if (rows.some(({ pk }) => pk.startsWith('rate#'))) throw new Error('table throttled')
      return put(rows)
    }
    await world.alert('trigger', { severity: 'warning' })
    await world.until('02:22:59')
    expect(world.texts).toEqual(['ops opened'])

    await world.until('02:23:40')
    expect(world.texts).toHaveLength(2)
  })

  it.each([
    {
      lacks: 'a variable',
      prepare: (world: PathWorld) => delete world.env.OPS_KEY,
      reason: 'environment variables not set: OPS_KEY (key)',
    },
    {
      lacks: 'its configuration',
      prepare: (world: PathWorld) => delete world.config.channels.ops,
      reason: 'no channel ops is configured',
    },
    {
      lacks: 'a type that anybody knows',
      prepare: (world: PathWorld) => {
        world.config.channels.ops = { name: 'ops', type: 'pager', settings: {} }
      },
      reason: 'there is no type pager',
    },
  ])('that lacks $lacks is named', async ({ prepare, reason }) => {
    const world = await texting(prepare)

    expect(world.texts).toEqual(['+8613800000001 texts page'])
    expect(await told(world)).toContain(`opened to ops: failed, ${reason}`)
  })

  it('gets its settings with the environment’s values, and no secret is logged', async () => {
    const world = await texting()

    expect(world.messages.find(({ to }) => to.phone === undefined)?.settings).toEqual({ key: 'secret-ops' })
    expect(JSON.stringify(world.logged)).not.toMatch(/secret-ops|138000/)
  })

  it('that has no route for a number is named', async () => {
    const world = await texting((world) => {
      world.config.policies.default = policy({ layers: [{ page: ['tan'], calls: 1, ackTimeoutMs: 300_000 }] })
    })

    expect(await told(world)).toContain('page to tan sms: failed, no route takes this number')
  })

  it('for a contact who has been removed meanwhile is named', async () => {
    const world = await texting((world) =>
      world.answers.push({ status: 'retry', afterMs: 5_000, failure: refusedFor('busy') }),
    )
    world.directory = { contacts: {}, schedules: {}, overrides: [] }
    await world.until('02:14')

    expect(await told(world)).toContain('page to lin sms: failed, no contact is named lin')
  })
})
