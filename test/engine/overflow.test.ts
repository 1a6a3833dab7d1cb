import { describe, expect, it, vi } from 'vitest'
import { alertOf, type Message, many, message, TwoLanes } from './two-lanes.ts'

describe('a message of more alerts than one invocation should take', () => {
  it('is parted before anything else, into messages of a hundred that came when it came', async () => {
    const world = new TwoLanes()
    await world.take([message(many(10_000), world.now - 5_000)], 'events')

    expect(world.incidents.rows.size).toBe(0)
    expect(world.events).toHaveLength(100)
    expect(new Set(world.events.map(({ takenAt }) => takenAt))).toEqual(new Set([world.now - 5_000]))
    expect(world.events.flatMap(({ body }) => body.alerts.map(({ dedupKey }) => dedupKey))).toHaveLength(10_000)
    expect(Math.max(...world.events.map(({ body }) => body.alerts.length))).toBe(100)
  })

  it('that comes twice is parted alike, and what its parts say counts once', async () => {
    const world = new TwoLanes()
    const start = world.now
    await world.take([message(many(1_000), start)], 'events')
    const once = structuredClone(world.events)
    // The first splitter died half-way.
    world.events.splice(4)
    world.now += 40_000
    await world.take([message(many(1_000), start)], 'events')
    expect(world.events.slice(4)).toEqual(once)
    await world.empty()

    expect(await world.open()).toHaveLength(51)
    expect(world.storm.fact?.args).toMatchObject({ came: 950, open: 950 })
  })

  it('costs an invocation one read of incidents at first, and the worst of all that it is brought are taken', async () => {
    const world = new TwoLanes()
    const reads = vi.spyOn(world.incidents, 'getMany')
    const parts = Array.from({ length: 10 }, (_, part) =>
      message(
        Array.from({ length: 100 }, (_, index) => alertOf(`k${part}-${index}`, { severity: 'warning' })).with(
          99,
          alertOf(`bad-${part}`, { severity: 'critical' }),
        ),
        world.now,
      ),
    )
    await world.take(parts, 'events')

    expect(Math.max(...reads.mock.calls.map(([keys]) => keys.length))).toBeLessThanOrEqual(100)
    const own = (await world.open()).map(({ groupKey }) => groupKey)
    expect(own.filter((key) => key.startsWith('bad'))).toHaveLength(10)
    expect(own).toHaveLength(50)
    const left = world.overflow.flatMap(({ body }) => body.alerts)
    expect(left).toHaveLength(950)
    await world.empty()
    expect(world.storm.fact?.args).toMatchObject({ came: 950, open: 950 })
  })

  it('keeps the order of each key, in whatever order its parts are taken', async () => {
    for (const turn of [(parts: Message[]) => parts, (parts: Message[]) => parts.toReversed()]) {
      const world = new TwoLanes()
      const alerts = [
        ...many(150, { severity: 'info' }),
        alertOf('k3', { action: 'resolve' }),
        alertOf('k140', { action: 'resolve' }),
        alertOf('k140'),
      ]
      for (const project of Object.values(world.config.projects)) project.stormLimit = 1_000
      await world.take([message(alerts, world.now)], 'events')
      world.events = turn(world.events)
      await world.empty()

      expect(world.incident('pay', 'k3').status).toBe('resolved')
      expect(world.incident('pay', 'k140').status).toBe('open')
    }
  })

  it('of one key is one incident, in a few writes', async () => {
    const world = new TwoLanes()
    await world.take(
      [
        message(
          Array.from({ length: 10_000 }, () => alertOf('web')),
          world.now,
        ),
      ],
      'events',
    )
    const writes: string[] = []
    const put = world.incidents.putIfVersion.bind(world.incidents)
    world.incidents.putIfVersion = (row, expected) => {
      writes.push(row.pk)
      return put(row, expected)
    }
    await world.empty()

    expect(writes.length).toBeLessThanOrEqual(10)
    expect(await world.open()).toHaveLength(1)
  })

  it('with one that nests too deeply to be written is parted all the same', async () => {
    const world = new TwoLanes()
    for (const project of Object.values(world.config.projects)) project.stormLimit = 1_000
    const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`) as object
    await world.take([message([...many(150), alertOf('deep', { details: deep })], world.now)], 'events')
    await world.empty()

    expect(await world.open()).toHaveLength(151)
  })
})

describe('what a project sends above its limit', () => {
  it('is left to the overflow queue, and joined there', async () => {
    const world = new TwoLanes()
    await world.take([message(many(100), world.now)], 'events')
    expect(await world.open()).toHaveLength(50)
    expect(world.overflow.flatMap(({ body }) => body.alerts)).toHaveLength(50)
    await world.empty()

    expect(world.storm.fact?.args).toMatchObject({ came: 50, open: 50, limit: 50 })
  })

  it('costs the events queue one send for each ten messages, and each instance one read', async () => {
    const world = new TwoLanes()
    const start = world.now
    await world.take([message(many(100), start)], 'events')
    world.sends = 0
    let reads = 0
    const getMany = world.incidents.getMany.bind(world.incidents)
    world.incidents.getMany = (keys) => {
      reads += 1
      return getMany(keys)
    }
    const more = Array.from({ length: 10 }, (_, part) =>
      message(
        many(100).map((one) => ({ ...one, dedupKey: `${part}${one.dedupKey}` })),
        start,
      ),
    )
    await world.take(more, 'events')
    expect({ reads, sends: world.sends }).toEqual({ reads: 0, sends: 1 })
    world.aboveLimit.clear()
    await world.take(more, 'events')
    await world.take(more, 'events')

    expect({ reads, sends: world.sends }).toEqual({ reads: 1, sends: 3 })
    expect(world.overflow.flatMap(({ body }) => body.alerts)).toHaveLength(3_050)
  })

  it('delays nobody else: what another project sends in the same message is taken at once', async () => {
    const world = new TwoLanes()
    await world.take([message(many(100), world.now)], 'events')
    await world.take(
      [message([...many(90, { summary: 'again' }), alertOf('web', { project: 'shop' })], world.now)],
      'events',
    )

    expect(await world.open('shop')).toHaveLength(1)
  })

  it('in the minute after is within its limit again, though more waits in the overflow queue', async () => {
    const world = new TwoLanes()
    await world.take([message(many(100), world.now)], 'events')
    world.now += 60_000
    await world.take([message([alertOf('new')], world.now)], 'events')

    expect(world.incident('pay', 'new').status).toBe('open')
  })

  it('that we decided ourselves is joined where it is decided', async () => {
    const world = new TwoLanes()
    const io = world.io({
      lanes: { events: async () => {}, overflow: () => Promise.reject(new Error('not by a queue')) },
    })
    const { takeAlerts } = await import('../../shared/engine/alerts/take-alerts.ts')
    const ours = many(60).map(
      (alert) => ({ ...alert, takenAt: world.now, source: 'fenghuo', severity: 'error' }) as never,
    )
    await takeAlerts(ours, world.config, io)

    expect(world.storm.fact?.args).toMatchObject({ came: 10 })
  })
})
