import { describe, expect, it } from 'vitest'
import { STORM_KEY } from '../../shared/contracts/storm.ts'
import { takeAlerts } from '../../shared/engine/alerts/take-alerts.ts'
import type { ReadAlert } from '../../shared/engine/ingest/read-alerts.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { incidentOfNumber, listIncidents } from '../../shared/store/incidents.ts'
import { PathWorld } from './world.ts'

const MINUTE = 60_000

/** Alerts of many keys of one project. */
const many = (from: number, until: number, changes: object = {}) =>
  Array.from({ length: until - from }, (_, index) => ({
    action: 'trigger',
    dedupKey: `k${from + index}`,
    project: 'pay',
    summary: `${from + index} is down`,
    ...changes,
  }))

class Storm extends PathWorld {
  writes = 0

  constructor() {
    super()
    const { putIfVersion, put, count } = this.incidents
    const counted =
      <A extends unknown[], R>(write: (...args: A) => R) =>
      (...args: A): R => {
        this.writes += 1
        return write.apply(this.incidents, args)
      }
    this.incidents.putIfVersion = counted(putIfVersion)
    this.incidents.put = counted(put)
    this.incidents.count = counted(count)
  }

  async send(alerts: object[], takenAt = this.now) {
    await this.evaluate({ v: 1, kind: 'alerts', alerts }, takenAt)
  }

  get storm() {
    return this.incident('pay', STORM_KEY)
  }

  async open(project = 'pay') {
    return (await listIncidents('open', 1_000, this.io())).filter((one) => one.project === project)
  }
}

describe('a storm of distinct keys', () => {
  it('is fifty incidents and one that joins the rest, in a few writes a message', async () => {
    const world = new Storm()
    await world.send(many(0, 500))
    world.writes = 0
    for (let part = 1; part < 20; part++) {
      world.now += 100
      await world.send(many(part * 500, (part + 1) * 500))
    }

    expect(world.writes).toBeLessThanOrEqual(80)
    expect(await world.open()).toHaveLength(51)
    expect(world.storm).toMatchObject({
      status: 'open',
      severity: 'critical',
      fact: { code: 'alert-storm', args: { came: 9_950, open: 9_950, limit: 50 } },
    })
    expect(world.queue.length).toBeLessThanOrEqual(52)
    expect((await incidentOfNumber(world.storm.number, world.io()))?.groupKey).toBe(STORM_KEY)
  })

  it('calls one person once for all of it', async () => {
    const world = new Storm()
    await world.send(many(0, 500))
    await world.settle()

    expect(world.calls).toHaveLength(1)
  })

  it('delays nobody else: the page of another project is taken beside it', async () => {
    const world = new Storm()
    await world.send([...many(0, 500), ...many(500, 501, { project: 'shop' })])

    expect(await world.open('shop')).toHaveLength(1)
    expect(world.incidents.rows.has(`incident#shop#${STORM_KEY}\nstate`)).toBe(false)
  })

  it('leaves the critical ones their own incidents', async () => {
    const world = new Storm()
    await world.send([...many(0, 60, { severity: 'warning' }), ...many(60, 70)])

    expect((await world.open()).filter(({ severity }) => severity === 'critical')).toHaveLength(10)
    expect(world.storm.severity).toBe('warning')
    world.now += 1_000
    await world.send(many(70, 71))
    expect(world.storm.severity).toBe('critical')
  })

  it('that comes again is counted once', async () => {
    const world = new Storm()
    const start = world.now
    await world.send(many(0, 100))
    const before = world.storm.fact
    world.now += 5_000
    await world.send(many(0, 100), start)

    expect(world.storm.fact).toEqual(before)
    expect(await world.open()).toHaveLength(51)
  })

  it('whose message comes again once it is over opens nothing, and counts as the same storm no more', async () => {
    const world = new Storm()
    const start = world.now
    await world.send(many(0, 100))
    world.now += 1_000
    await world.send(many(0, 100, { action: 'resolve' }))
    world.now += 60 * MINUTE
    await world.send(many(0, 100), start)
    expect(await world.open()).toEqual([])

    await world.send(many(99, 100))
    expect(await world.open()).toMatchObject([{ groupKey: 'k99', generation: 1 }])
  })

  it('is acknowledged as one, and over when its last member is', async () => {
    const world = new Storm()
    await world.send(many(0, 100))
    world.now += 1_000
    await world.send(many(50, 99, { action: 'resolve' }))
    expect(world.storm).toMatchObject({ status: 'open', fact: { args: { came: 50, open: 1 } } })
    world.now += 1_000
    await world.send(many(99, 100, { action: 'resolve' }))

    expect(world.storm).toMatchObject({ status: 'resolved', fact: { code: 'alert-storm-over', args: { came: 50 } } })
    expect(world.incidents.rows.has('incident#pay#k99\nstate')).toBe(false)
  })

  it('that begins again is the next generation, and knows nothing of the last', async () => {
    const world = new Storm()
    await world.send(many(0, 100))
    world.now += 1_000
    await world.send(many(0, 100, { action: 'resolve' }))
    expect(world.storm.status).toBe('resolved')
    world.now += 5 * MINUTE
    await world.send(many(0, 80))

    expect(world.storm).toMatchObject({ status: 'open', generation: 2, fact: { args: { came: 30, open: 30 } } })
  })

  it('of what only tells calls nobody, and is over once ten minutes no more has come', async () => {
    const world = new Storm()
    const minutes = async (count: number) => {
      for (let minute = 0; minute < count; minute++) {
        world.now += MINUTE
        await watch({ config: world.config, backlog: world.backlog, deadLetters: [] }, world.io())
        await world.settle()
      }
    }
    await world.send(many(0, 80, { once: true }))
    await world.settle()
    expect(world.storm).toMatchObject({ status: 'open', severity: 'info', fact: { args: { came: 30, open: 0 } } })
    await minutes(9)
    expect(world.storm.status).toBe('open')
    await world.send(many(80, 140, { once: true }))
    // What was told already is no news.
    await world.send(many(60, 70, { once: true }), world.now + 1)
    await minutes(9)
    expect(world.storm).toMatchObject({ status: 'open', fact: { args: { came: 40 } } })
    await minutes(2)

    expect(world.storm).toMatchObject({ status: 'resolved', resolved: { via: 'calm' } })
    expect(await world.open()).toEqual([])
    const ofStorm = world.messages.filter(({ message }) => message.notice.incident.includes(STORM_KEY))
    expect(ofStorm.map(({ message }) => message.notice.kind)).toEqual(['opened', 'resolved'])
    expect(world.calls).toEqual([])
  })

  it('of what only tells pages as soon as something joins it that goes on, and is over with that', async () => {
    const world = new Storm()
    await world.send(many(0, 80, { once: true }))
    await world.settle()
    await world.send([...many(80, 140, { once: true }), ...many(140, 200)])
    await world.settle()
    expect(world.storm).toMatchObject({ status: 'open', severity: 'critical' })
    expect(world.storm.until).toBeUndefined()
    world.now += 1_000
    await world.send(many(140, 200, { action: 'resolve' }))

    expect(world.storm).toMatchObject({ status: 'resolved', resolved: { via: 'system' } })
  })

  it('whose message comes once more when it is over begins nothing', async () => {
    const world = new Storm()
    const start = world.now
    await world.send(many(0, 100))
    world.now += 1_000
    await world.send(many(0, 100, { action: 'resolve' }))
    world.now += 40_000
    await world.send(many(0, 100), start)

    expect(await world.open()).toEqual([])
    expect(world.storm).toMatchObject({ status: 'resolved', generation: 1 })
  })

  it('has ended when less comes: what is new has its own incident', async () => {
    const world = new Storm()
    await world.send(many(0, 100))
    world.now += MINUTE
    await world.send(many(200, 201))

    expect(world.incident('pay', 'k200').status).toBe('open')
    expect(world.storm.fact).toMatchObject({ args: { came: 50 } })
  })

  it('late words of members change nothing', async () => {
    const world = new Storm()
    const start = world.now
    await world.send(many(0, 100))
    world.now += 2_000
    await world.send(many(99, 100, { action: 'resolve' }))
    const before = world.storm.fact
    await world.send(many(99, 100), start + 1_000)

    expect(world.storm.fact).toEqual(before)
  })

  it('numbers each incident once, also one that was sent in the minute before a full one', async () => {
    const world = new Storm()
    await world.send(many(0, 50))
    const [repeated, late] = many(49, 51, { source: 'fenghuo', severity: 'critical' }).map((alert, index) => ({
      ...alert,
      takenAt: world.now - index * MINUTE,
    })) as ReadAlert[]
    await takeAlerts(
      [repeated, late].flatMap((alert) => alert ?? []),
      world.config,
      world.io(),
    )

    const numbers = (await world.open()).map(({ number }) => number)
    expect([Math.min(...numbers), new Set(numbers).size]).toEqual([1001, 51])
  })

  it('has the limit that its project says', async () => {
    const world = new Storm()
    const { pay } = world.config.projects
    if (pay === undefined) throw new Error('there is no pay')
    world.config.projects = { ...world.config.projects, pay: { ...pay, stormLimit: 5 } }
    await world.send(many(0, 10))

    expect(await world.open()).toHaveLength(6)
  })
})

describe('work that does not fit an invocation', () => {
  it('is begun no more in its last seconds, comes again, and what was done is not done again', async () => {
    const world = new Storm()
    const projects = Array.from({ length: 40 }, (_, index) => many(0, 10, { project: `p${index}` })).flat()
    const put = world.incidents.putIfVersion.bind(world.incidents)
    const start = world.now
    world.incidents.putIfVersion = (row, expected) => {
      world.now += 100
      return put(row, expected)
    }
    await expect(world.send(projects, start)).rejects.toThrow('the rest comes again')
    const done = (await listIncidents('open', 1_000, world.io())).length
    expect(done).toBeGreaterThan(20)
    expect(done).toBeLessThan(200)
    for (let tries = 1; tries < 15; tries++) await world.send(projects, start).catch(() => {})

    const open = await listIncidents('open', 1_000, world.io())
    expect(open).toHaveLength(400)
    expect(open.every(({ step, generation }) => step === 1 && generation === 1)).toBe(true)
    expect(new Set(world.queue.map(({ message }) => JSON.stringify(message))).size).toBe(400)
  })
})
