import { describe, expect, it } from 'vitest'
import { type DeadLetters, watch } from '../../../shared/engine/watch/watch.ts'
import { refusedFor } from '../../failure.ts'
import { PathWorld, phones, policy } from '../world.ts'

const look = (world: PathWorld, deadLetters: DeadLetters[] = []) =>
  watch({ config: world.config, backlog: world.backlog, deadLetters }, world.io({ leaseUntil: world.now + 55_000 }))

/** Minute after minute watch looks, and the queue delivers. */
async function watchUntil(world: PathWorld, end: number): Promise<void> {
  while (world.now < end) {
    await look(world)
    await world.until(Math.min(end, world.now + 60_000))
  }
}

const minutes = (count: number) => count * 60_000
const never = new Promise<never>(() => {})
const moment = () => new Promise((resolve) => setImmediate(resolve))

describe('an incident', () => {
  it('whose first step was lost is stepped after 30 s', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    world.queue.length = 0
    world.now += 31_000
    await look(world)
    await world.settle()

    expect(world.calls).toHaveLength(1)
  })

  it('whose deadline was lost goes on all the same', async () => {
    const world = new PathWorld()
    world.places.push({ status: 'unknown', failure: refusedFor('reset') })
    await world.alert('trigger')
    await world.settle()
    world.queue.length = 0
    const start = world.now
    await watchUntil(world, start + minutes(7))

    expect(world.calls[1]).toContain(phones.wang)
  })

  it('whose deadline is further off than the queue can wait is stepped on time', async () => {
    const world = new PathWorld({
      policies: {
        default: policy({
          layers: [
            { page: ['lin'], calls: 1, ackTimeoutMs: minutes(20) },
            { page: ['wang'], calls: 1, ackTimeoutMs: minutes(5) },
          ],
        }),
      },
    })
    world.places.push({ status: 'unknown', failure: refusedFor('reset') })
    await world.alert('trigger')
    const start = world.now
    await world.settle()
    await watchUntil(world, start + minutes(19) + 59_000)
    expect(world.calls).toHaveLength(1)

    await watchUntil(world, start + minutes(20))
    expect(world.calls[1]).toContain(phones.wang)
  })

  it('that is exhausted is called about again half an hour later, until somebody answers', async () => {
    const world = new PathWorld()
    world.places = Array.from({ length: 4 }, () => ({ status: 'refused', failure: refusedFor('no line') }) as const)
    world.answers = Array.from({ length: 9 }, () => ({ status: 'failed', failure: refusedFor('down') }) as const)
    await world.alert('trigger')
    await world.settle()
    expect(world.incident().escalation.phase).toBe('exhausted')
    const exhausted = world.now
    world.calls.length = 0

    await watchUntil(world, exhausted + minutes(30))
    expect(world.calls).toHaveLength(2)
  })

  it('that page left half told when it crashed is told to the end, marked as perhaps a repeat', async () => {
    const world = new PathWorld()
    await world.alert('trigger', { severity: 'warning' })
    const gateway = world.gateway.bind(world)
    world.gateway = () => {
      const { channels, ...rest } = gateway()
      const { robot } = channels
      return robot === undefined
        ? expect.fail()
        : { ...rest, channels: { ...channels, robot: { ...robot, send: () => never } } }
    }
    void world.settle()
    await moment()
    world.gateway = gateway
    world.queue.length = 0

    world.now += 16_000
    await look(world)
    await world.settle()
    expect(world.texts).toEqual(['ops opened (repeat)'])
    expect(world.left).toEqual([])
  })

  it('that is over, or waits for nothing, is left alone', async () => {
    const world = new PathWorld()
    await world.alert('trigger', { dedupKey: 'over' })
    await world.settle()
    await world.alert('resolve', { dedupKey: 'over', at: world.now + 1 })
    await world.alert('trigger', { dedupKey: 'told', severity: 'warning' })
    await world.settle()
    world.queue.length = 0
    world.now += minutes(120)
    await look(world)

    expect(world.queue).toEqual([])
  })

  it('that somebody else has taken further than the index knows is not stepped', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    const stale = await world.incidents.due(world.now + minutes(1), 10)
    await world.settle()
    world.queue.length = 0
    world.incidents.due = async () => stale
    world.now += 31_000
    await look(world)

    expect(world.queue).toEqual([])
  })

  it('that nobody can read holds no other up', async () => {
    const world = new PathWorld()
    world.incidents.rows.set('incident#bad\nstate', {
      pk: 'incident#bad',
      sk: 'state',
      version: 1,
      v: 1,
      state: '{',
      dueAt: 0,
    })
    world.checks.rows.set('verdict#bad\nstate', {
      pk: 'verdict#bad',
      sk: 'state',
      version: 1,
      v: 1,
      state: '{',
      dueAt: 0,
    })
    await world.alert('trigger')
    world.queue.length = 0
    world.now += 31_000

    await expect(look(world)).rejects.toThrow('2 concerns failed')
    await world.settle()
    expect(world.calls).toHaveLength(1)
  })
})

describe('a phone line', () => {
  it('whose caller crashed while dialling does not dial again: the call is unknown', async () => {
    const world = new PathWorld()
    world.places.push(() => never)
    await world.alert('trigger')
    void world.settle()
    await moment()
    expect(world.calls).toHaveLength(1)
    world.queue.length = 0

    world.now += 16_000
    await watchUntil(world, world.now + minutes(1))
    expect(world.calls).toHaveLength(1)
    expect(world.incident().escalation.attempts[0]).toMatchObject({ status: 'unknown' })
  })

  it.each([
    ['by a route whose calls nobody can stop waits until the call must be over', 'ivr', 180_000],
    ['by one whose calls can be stopped is free sooner, whatever else is configured', 'connect', undefined],
  ])('whose caller crashed while dialling %s', async (_, type, lastsMs) => {
    const world = new PathWorld()
    const other = type === 'ivr' ? 'connect' : 'ivr'
    const routes = [type, other].map((one) => ({ to: '+86', type: one, settings: {} }))
    world.config.channels.phone = { name: 'phone', type: 'phone', settings: { routes } }
    world.places.push(() => never)
    await world.alert('trigger')
    void world.settle()
    await moment()
    world.now += 16_000
    await look(world)
    await world.settle()

    expect(world.phoneLine().call).toMatchObject({ phase: 'unknown' })
    expect(world.phoneLine().call?.lastsMs).toBe(lastsMs)
  })

  it('of whose call nothing was heard is looked at, and the call stopped', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.settle()
    world.queue.length = 0
    await watchUntil(world, world.now + minutes(3))

    expect(world.calls.slice(1, 3)).toEqual(['connect stop contact-1', expect.stringContaining(phones.wang ?? '')])
  })

  it('that another function left to page is looked after by it', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.settle()
    await world.alert('trigger', { dedupKey: 'db' })
    await world.settle()
    // The acknowledge function ends the first call, and its message to page is lost.
    await world.contact({ type: 'disconnected', contactId: 'contact-1', answered: false })
    world.queue.length = 0
    expect(world.left).toContain(`phone-line#person-${phones.lin}`)

    world.now += 1_000
    await look(world)
    await world.settle()
    expect(world.calls[1]).toBe(`connect ${phones.lin} line:person-${phones.lin}:2`)
  })
})

describe('dead letters', () => {
  const letters = (queue: 'events' | 'escalation', left: number, redriven = 0): DeadLetters => ({
    queue,
    redrive: async () => ({ redriven, left }),
  })
  const warning = (world: PathWorld) => world.incident('fenghuo', 'fenghuo/dead-letters-events')

  it('that stay for a human are one warning of Fenghuo’s own, resolved when they are gone', async () => {
    const world = new PathWorld()
    await look(world, [letters('events', 2)])
    expect(warning(world)).toMatchObject({
      status: 'open',
      severity: 'warning',
      fact: { code: 'dead-letters', args: { queue: 'events', left: 2 } },
    })
    world.now += 60_000
    await look(world, [letters('events', 3)])
    expect(warning(world).generation).toBe(1)

    world.now += 60_000
    await look(world, [letters('events', 0)])
    expect(warning(world).status).toBe('resolved')
    await world.settle()
    expect(world.texts).toEqual([])
  })

  it('that were sent back are no warning', async () => {
    const world = new PathWorld()
    await look(world, [letters('events', 0, 5)])

    expect(world.incidents.rows.size).toBe(0)
    expect(world.logged).toContainEqual({ level: 'warn', event: 'redriven', queue: 'events', messages: 5 })
  })

  it('of one queue that cannot be read do not hide those of the other', async () => {
    const world = new PathWorld()
    const broken: DeadLetters = { queue: 'escalation', redrive: () => Promise.reject(new Error('AccessDenied')) }

    await expect(look(world, [broken, letters('events', 1)])).rejects.toThrow('1 concerns failed: Error: AccessDenied')
    expect(warning(world).status).toBe('open')
  })
})
