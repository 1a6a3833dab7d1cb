import { describe, expect, it } from 'vitest'
import { STORM_KEY } from '../../shared/contracts/storm.ts'
import { listIncidents } from '../../shared/store/incidents.ts'
import { openingsKey } from '../../shared/store/keys.ts'
import { PathWorld } from './world.ts'

const refuse = () => Promise.reject(new Error('throttled'))

/** Alerts of distinct keys, of a project that bears fifty a minute. */
const many = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, index) => ({
    action: 'trigger',
    dedupKey: `k${from + index}`,
    project: 'pay',
    summary: `${from + index} is down`,
  }))

class Storm extends PathWorld {
  private readonly start = this.now

  /** One message, which a queue brings once more after trouble. */
  send(from: number, until: number) {
    return this.evaluate({ v: 1, kind: 'alerts', alerts: many(from, until) }, this.start)
  }

  /** The keys of what is open. */
  async open() {
    return (await listIncidents('open', 1_000, this.io())).map(({ groupKey }) => groupKey)
  }
}

describe('forty alerts that come again because of trouble of ours', () => {
  it('are no storm for having been counted before, and not opened', async () => {
    const world = new Storm()
    const { putIfVersion } = world.incidents
    world.incidents.putIfVersion = refuse
    await expect(world.send(0, 40)).rejects.toThrow('throttled')
    await expect(world.send(0, 40)).rejects.toThrow('throttled')
    world.incidents.putIfVersion = putIfVersion
    await world.send(0, 40)

    expect(await world.open()).toHaveLength(40)
    expect(await world.open()).not.toContain(STORM_KEY)
  })

  it('are not taken back from a count that did not have them', async () => {
    const world = new Storm()
    const { putIfVersion, count } = world.incidents
    world.incidents.putIfVersion = refuse
    world.incidents.count = async (key, options) => {
      if (key.pk === openingsKey('pay', 0).pk && (options.by ?? 1) > 0) throw new Error('throttled')
      return count.call(world.incidents, key, options)
    }
    await expect(world.send(0, 40)).rejects.toThrow('throttled')
    Object.assign(world.incidents, { putIfVersion, count })
    await world.send(0, 40)
    await world.send(40, 60)

    expect(await world.open()).toContain(STORM_KEY)
  })

  it('need not come again for having been counted without a word of it', async () => {
    const world = new Storm()
    const count = world.incidents.count.bind(world.incidents)
    world.incidents.count = async (key, options) => {
      const counted = await count(key, options)
      if (key.pk === openingsKey('pay', 0).pk) throw new Error('TimeoutError')
      return counted
    }
    await world.send(0, 40)

    expect(await world.open()).toHaveLength(40)
  })

  it('need not come again where no numbers are given out for all of them: each asks for its own', async () => {
    const world = new Storm()
    const count = world.incidents.count.bind(world.incidents)
    world.incidents.count = async (key, options) => {
      if ((options.by ?? 1) > 1 && key.pk !== openingsKey('pay', 0).pk) throw new Error('TimeoutError')
      return count(key, options)
    }
    await world.send(0, 40)

    const numbers = (await listIncidents('open', 1_000, world.io())).map(({ number }) => number)
    expect([numbers.length, new Set(numbers).size]).toEqual([40, 40])
  })

  it('count if they have been opened, whatever came after: the eleventh more is a storm', async () => {
    const world = new Storm()
    const io = world.io.bind(world)
    world.io = (changes) => ({ ...io(changes), escalate: refuse })
    await expect(world.send(0, 40)).rejects.toThrow('throttled')
    world.io = io
    await world.send(0, 40)
    await world.send(40, 50)
    expect(await world.open()).not.toContain(STORM_KEY)

    await world.send(50, 51)
    expect(await world.open()).toHaveLength(51)
    expect(await world.open()).toContain(STORM_KEY)
  })
})
