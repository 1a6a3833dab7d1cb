import { describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { refusedFor } from '../failure.ts'
import { PathWorld } from './world.ts'

const of = { project: 'pay', groupKey: 'web' }
const event = { type: 'acknowledge', generation: 1, via: 'link', by: { contact: 'lin', name: '林悦' } } as const

/** Somebody takes the incident by link, in a process that dies before it has called the phones off. */
async function takeAndDie(world: PathWorld): Promise<void> {
  const io = world.io()
  const { putIfVersion } = io.incidents
  const incidents = Object.create(io.incidents) as EngineIo['incidents']
  incidents.get = (key) => (key.pk.startsWith('phone-line#') ? new Promise(() => {}) : io.incidents.get(key))
  incidents.putIfVersion = putIfVersion.bind(io.incidents)
  void dispatchToIncident(of, { event }, { ...io, incidents })
  while (world.incident().status !== 'acknowledged') await new Promise(setImmediate)
}

describe('a phone that rings for what somebody has taken', () => {
  it('is stopped by whoever placed the call, before a slow robot is waited for', async () => {
    const world = new PathWorld()
    world.answers.push({ status: 'retry', afterMs: 5_000, failure: refusedFor('busy') })
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
    world.places.push(async () => {
      world.now += 6_000
      await takeAndDie(world)
      return { status: 'placed', contactId: 'contact-1' }
    })
    const gateway = world.gateway()
    const { robot } = gateway.channels
    const { connect } = gateway.voiceRoutes
    if (robot === undefined || connect === undefined) throw new Error('There are a robot and a voice route')
    const send = robot.send.bind(robot)
    const stopCall = connect.stop?.bind(connect)
    robot.send = async (...all) => {
      const sent = await send(...all)
      if (world.texts.length > 1) await stopped
      return sent
    }
    connect.stop = async (...all) => {
      stop()
      return (await stopCall?.(...all)) ?? false
    }
    world.gateway = () => gateway
    await world.alert('trigger')
    await world.settle()

    expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1', 'connect stop contact-1'])
    expect(world.texts).toEqual(['ops opened', 'ops opened', 'ops acknowledged'])
  })

  it('is stopped by the step that comes after such a death, which wants nobody’s contacts', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.settle()
    await takeAndDie(world)
    const unreadable = { ...world.gateway(), directory: () => Promise.reject(new Error('table throttled')) }
    world.gateway = () => unreadable
    await world.until(world.now + 17_000)

    expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1', 'connect stop contact-1'])
  })

  it('is stopped at the next try when the table refuses to be told, and no failure goes unmet', async () => {
    const world = new PathWorld()
    const unmet: unknown[] = []
    const meet = (error: unknown) => unmet.push(error)
    process.on('unhandledRejection', meet)
    const get = world.incidents.get.bind(world.incidents)
    world.places.push(async () => {
      await takeAndDie(world)
      let refusals = 1
      world.incidents.get = async (key) => {
        if (key.pk.startsWith('phone-line#') && refusals-- > 0) throw new Error('throttled')
        return get(key)
      }
      return { status: 'placed', contactId: 'contact-1' }
    })
    const gateway = world.gateway()
    const { robot } = gateway.channels
    if (robot === undefined) throw new Error('There is a robot')
    const send = robot.send.bind(robot)
    robot.send = async (...all) => {
      await new Promise(setImmediate)
      return send(...all)
    }
    world.gateway = () => gateway
    await world.alert('trigger')
    await world.settle()
    await world.until(world.now + 20_000)
    process.off('unhandledRejection', meet)

    expect(unmet).toEqual([])
    expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1', 'connect stop contact-1'])
  })

  it('is stopped as soon as it is certain that the process which took it has died, not by the next watch', async () => {
    const world = new PathWorld()
    await world.alert('trigger')
    await world.settle()
    world.now += 5_000
    await takeAndDie(world)
    const died = world.now
    await world.until(died + 15_000)
    expect(world.calls).toHaveLength(1)

    await world.until(died + 16_000)
    expect(world.calls[1]).toBe('connect stop contact-1')
  })
})
