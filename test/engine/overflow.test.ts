import { describe, expect, it, vi } from 'vitest'
import { STORM_KEY } from '../../shared/contracts/storm.ts'
import type { Lanes } from '../../shared/engine/io.ts'
import { takeEvent } from '../../shared/engine/take-event.ts'
import { listIncidents } from '../../shared/store/incidents.ts'
import { PathWorld } from './world.ts'

interface Message {
  body: { alerts: { dedupKey: string }[]; positions: number[] }
  takenAt: number
}

/** The path with both queues that lead to evaluate; what is on them is taken when the test says so. */
class TwoLanes extends PathWorld {
  events: Message[] = []
  overflow: Message[] = []
  sends = 0
  /** What the instance remembers; another one begins with nothing. */
  aboveLimit = new Map<string, number>()

  /** Takes messages of a queue in one invocation. */
  async take(messages: Message[], from: 'events' | 'overflow') {
    const put = (queue: Message[]) => async (texts: string[], takenAt: number) => {
      this.sends += 1
      queue.push(...texts.map((text) => ({ body: JSON.parse(text) as Message['body'], takenAt })))
    }
    const lanes: Lanes = {
      events: put(this.events),
      ...(from === 'events' ? { overflow: put(this.overflow), aboveLimit: this.aboveLimit } : {}),
    }
    const io = this.io({ lanes })
    await Promise.all(messages.map(({ body, takenAt }) => takeEvent(body, takenAt, this.config, io)))
  }

  /** Both queues until they are empty, ten messages at a time; the overflow's first, or last. */
  async empty(order: 'overflow first' | 'events first' = 'events first') {
    while (this.events.length + this.overflow.length > 0) {
      const isEvents = this.events.length > 0 && (order === 'events first' || this.overflow.length === 0)
      await this.take((isEvents ? this.events : this.overflow).splice(0, 10), isEvents ? 'events' : 'overflow')
    }
  }

  get storm() {
    return this.incident('pay', STORM_KEY)
  }

  async open(project = 'pay') {
    return (await listIncidents('open', 20_000, this.io())).filter((one) => one.project === project)
  }
}

const alertOf = (key: string, changes: object = {}) => ({
  action: 'trigger',
  dedupKey: key,
  project: 'pay',
  summary: `${key} is down`,
  ...changes,
})
const many = (count: number, changes: object = {}) =>
  Array.from({ length: count }, (_, index) => alertOf(`k${index}`, changes))
const message = (alerts: object[], takenAt: number) => ({ body: { v: 1, kind: 'alerts', alerts }, takenAt }) as never

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

  it('is overtaken by its end, which is no page when it comes at last', async () => {
    const world = new TwoLanes()
    const start = world.now
    await world.take([message(many(100), start)], 'events')
    world.now += 60_000
    await world.take([message([alertOf('k99', { action: 'resolve' })], world.now)], 'events')
    await world.empty('overflow first')

    expect(world.storm.fact?.args).toMatchObject({ came: 49, open: 49 })
    expect(world.incident('pay', 'k99')).toMatchObject({ status: 'resolved', generation: 0 })
  })

  it('is over when all of it has ended, in whatever order it was taken', async () => {
    for (const order of ['events first', 'overflow first'] as const) {
      const world = new TwoLanes()
      await world.take([message(many(300), world.now)], 'events')
      await world.empty(order)
      world.now += 1_000
      await world.take([message(many(300, { action: 'resolve' }), world.now)], 'events')
      await world.empty(order)

      expect(await world.open()).toEqual([])
      expect(world.storm.status).toBe('resolved')
    }
  })

  it('is over though its ends were taken at the very moment in which it was joined', async () => {
    const world = new TwoLanes()
    await world.take([message(many(100), world.now)], 'events')
    const above = world.overflow.splice(0)
    const ends = above.flatMap(({ body }) => body.alerts.map((alert) => ({ ...alert, action: 'resolve' })))
    world.now += 1_000
    await Promise.all([world.take(above, 'overflow'), world.take([message(ends, world.now)], 'overflow')])

    expect(world.storm.status).toBe('resolved')
  })

  it('ends for good though two tries side by side have opened and joined the same keys', async () => {
    const world = new TwoLanes()
    const start = world.now
    const first = message(many(50), start)
    await Promise.all([world.take([first], 'events'), world.take([first], 'events')])
    await world.empty()
    world.now += 120_000
    await world.take([message(many(50, { action: 'resolve' }), world.now)], 'events')
    await world.empty()

    expect(await world.open()).toEqual([])
  })

  it('that we decided ourselves is joined where it is decided', async () => {
    const world = new TwoLanes()
    const io = world.io({
      lanes: { events: async () => {}, overflow: () => Promise.reject(new Error('not by a queue')) },
    })
    const { takeAlerts } = await import('../../shared/engine/take-alerts.ts')
    const ours = many(60).map(
      (alert) => ({ ...alert, takenAt: world.now, source: 'fenghuo', severity: 'error' }) as never,
    )
    await takeAlerts(ours, world.config, io)

    expect(world.storm.fact?.args).toMatchObject({ came: 10 })
  })
})
