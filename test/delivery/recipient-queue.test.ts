import { describe, expect, it } from 'vitest'
import type { Delivery } from '../../shared/channels/channel.ts'
import type { CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import { vendorGateway } from '../../shared/delivery/vendor-gateway.ts'
import { takeEscalation } from '../../shared/engine/take-escalation.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import type { NoticeKind } from '../../shared/incidents/notice-kinds.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { noticesIn, PathWorld, policy } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'
import { at } from '../messages/notices.ts'

/** A world whose robot takes two posts in half a minute, both of which are used up at 02:13. */
async function busy(): Promise<PathWorld> {
  const world = new PathWorld({ policies: { default: policy({ channels: chatOnly }) } })
  world.limits = { perMinute: 6 }
  for (const dedupKey of ['first', 'second']) await world.alert('trigger', { dedupKey, severity: 'warning' })
  return world.settle()
}

const chatOnly: CompiledPolicy['channels'] = {
  critical: ['chat'],
  error: ['chat'],
  warning: ['chat'],
  info: ['chat'],
}

/** What each post tells: the groups of a digest, or one. */
function posts(world: PathWorld): string[][] {
  return world.messages.map((each) =>
    noticesIn(each).map(({ kind, incident }) => `${incident.split('#').at(-1)} ${kind}`),
  )
}

async function told(world: PathWorld, groupKey: string, kind: NoticeKind): Promise<string[]> {
  const lines = await readTimeline({ project: 'pay', groupKey }, world.io())
  return lines.flatMap((line) => (line.kind === 'message' && line.what === kind ? [line.status] : []))
}

describe('a robot without a turn', () => {
  it('tells of what waits when its next turns come, the severest by itself, the rest in one digest, and each incident hears of it', async () => {
    const world = await busy()
    await world.alert('trigger', { dedupKey: 'mild', severity: 'warning' })
    await world.alert('trigger', { dedupKey: 'milder', severity: 'info' })
    await world.alert('trigger', { dedupKey: 'bad', severity: 'critical' })
    await world.until('02:13:29')
    expect(world.texts).toHaveLength(2)

    await world.until('02:13:31')
    expect(posts(world).slice(2)).toEqual([['bad opened'], ['mild opened', 'milder opened']])
    expect(world.messages.at(-1)?.message.links).toEqual({ detail: 'https://console.example.com' })
    await world.until('02:14:40')
    expect(await told(world, 'mild', 'opened')).toEqual(['sent'])
    expect(await told(world, 'bad', 'opened')).toEqual(['sent'])
    expect(world.incident('pay', 'bad').notified).toEqual([{ chat: 'ops' }])
    expect(world.left).toEqual([])
  })

  it('sends a message of its own, with its link, when one incident is left', async () => {
    const world = await busy()
    await world.alert('trigger', { dedupKey: 'mild', severity: 'warning' })
    await world.until('02:13:31')

    expect(world.messages[2]?.message.digest).toBeUndefined()
    expect(world.messages[2]?.message.links.acknowledge).toContain('https://ack.example.com')
    expect(world.messages[2]?.message.links.detail).toBe('https://console.example.com/incidents/1003')
  })

  it('is silent of what is over by then', async () => {
    const world = await busy()
    await world.alert('trigger', { dedupKey: 'short', severity: 'warning' })
    await world.settle()
    world.now += 1_000
    await world.alert('resolve', { dedupKey: 'short' })
    await world.until('02:14:40')

    expect(posts(world)).toHaveLength(2)
    expect(world.left).toEqual([])
  })

  it('is told once what its queue holds already, though the answer to that write was lost and turns are free again', async () => {
    const world = await busy()
    const table = world.incidents
    const { get, putIfVersion } = table
    const silent = () => Promise.reject(new Error('ServiceUnavailable'))
    table.putIfVersion = async (row, expected) => {
      const isWritten = await putIfVersion.call(table, row, expected)
      if (!row.pk.startsWith('recipient#')) return isWritten
      // Whether it was written can't be asked either.
      Object.assign(table, {
        putIfVersion,
        get: () => {
          Object.assign(table, { get })
          return silent()
        },
      })
      return silent()
    }
    world.now = at('02:13:29')
    await world.alert('trigger', { dedupKey: 'third', severity: 'warning' })
    await world.until('02:13:31')
    // The queue's own message got lost with the answer: it is looked for.
    for (const time of ['02:14:01', '02:14:31', '02:15:01']) {
      await watch({ config: { ...world.config, checks: [] }, backlog: world.backlog, deadLetters: [] }, world.io())
      await world.until(time)
    }
    expect(posts(world).slice(2)).toEqual([['third opened']])
    expect(await told(world, 'third', 'opened')).toEqual(['sent'])
    expect(world.left).toEqual([])
  })

  it('is posted to by nobody else when its queue’s turn comes', async () => {
    const world = await busy()
    await world.alert('trigger', { dedupKey: 'third', severity: 'warning' })
    await world.settle()
    // The next half minute begins, and the queue's message is late.
    world.now = at('02:13:30')
    const turn = world.queue.splice(0)
    await world.alert('trigger', { dedupKey: 'fourth', severity: 'warning' })
    await world.settle()
    expect(world.texts).toHaveLength(2)

    world.queue.push(...turn)
    await world.settle()
    expect(posts(world).slice(2)).toEqual([['third opened'], ['fourth opened']])
  })

  it('tells three hundred incidents of one minute within some minutes, each once, and another project’s in its next turn', async () => {
    const world = new PathWorld({ policies: { default: policy({ channels: chatOnly }) } })
    Object.assign(world.config.projects.pay ?? {}, { stormLimit: 1_000 })
    world.limits = { perMinute: 20 }
    for (let n = 0; n < 300; n++) await world.alert('trigger', { dedupKey: `check-${n}`, severity: 'warning' })
    await world.until('02:13:40')
    await world.alert('trigger', { project: 'shop', dedupKey: 'till', severity: 'warning' })
    await world.until('02:14:01')
    expect(posts(world).flat()).toContain('till opened')

    await world.until('02:16')
    const all = posts(world).flat()
    expect(new Set(all).size).toBe(301)
    expect(all).toHaveLength(301)
    expect(world.texts.length).toBeLessThanOrEqual(6 * 7)
    expect(world.left).toEqual([])
  })

  it('of a vendor that locks it out hears nothing more at once, and is told the rest when that is over', async () => {
    const world = await busy()
    for (const dedupKey of ['third', 'fourth', 'fifth']) await world.alert('trigger', { dedupKey, severity: 'warning' })
    world.answers.push({ status: 'retry', afterMs: 600_000, failure: refusedFor('130101') })
    await world.until('02:13:31')
    await world.alert('resolve', { dedupKey: 'fourth' })
    await world.alert('trigger', { dedupKey: 'sixth', severity: 'critical' })
    await world.until('02:23:29')
    expect(posts(world).slice(2)).toEqual([['third opened']])

    await world.until('02:25')
    expect(posts(world).slice(3)).toEqual([['sixth opened'], ['third opened', 'fifth opened']])
    expect(world.left).toEqual([])
  })

  it('tells what an incident is now, not what it was when it began to wait', async () => {
    const world = await busy()
    world.answers.push({ status: 'retry', afterMs: 60_000, failure: refusedFor('130101') })
    world.config.policies.default = policy()
    await world.alert('trigger', { dedupKey: 'third', severity: 'critical' })
    await world.until('02:14:31')

    const { notice } = world.messages.at(-1)?.message ?? {}
    expect(notice).toMatchObject({ kind: 'opened', calling: [{ contact: 'wang' }] })
    expect(notice?.until).toBeGreaterThan(at('02:18:00'))
    expect(posts(world).slice(3)).toHaveLength(1)
  })
})

describe('a post of the queue', () => {
  it('that the vendor refuses for now is made again in a later turn', async () => {
    const world = await busy()
    world.answers.push({ status: 'retry', afterMs: 2_000, failure: refusedFor('busy') })
    await world.alert('trigger', { dedupKey: 'mild', severity: 'warning' })
    await world.until('02:14:40')

    expect(posts(world).slice(2)).toEqual([['mild opened'], ['mild opened']])
    expect(await told(world, 'mild', 'opened')).toEqual(['sent'])
  })

  it('that is never taken is told as failed after half an hour', async () => {
    const world = await busy()
    for (let n = 0; n < 100; n++) world.answers.push({ status: 'retry', afterMs: 2_000, failure: refusedFor('busy') })
    await world.alert('trigger', { dedupKey: 'mild', severity: 'warning' })
    await world.until('02:45')

    expect(await told(world, 'mild', 'opened')).toEqual(['failed'])
  })

  it('whose answer is lost is repeated once, marked', async () => {
    const world = await busy()
    for (let n = 0; n < 2; n++) world.answers.push({ status: 'unknown', failure: refusedFor('reset') })
    await world.alert('trigger', { dedupKey: 'mild', severity: 'warning' })
    await world.until('02:16')

    expect(world.texts.slice(2)).toEqual(['ops opened', 'ops opened (repeat)'])
    expect(await told(world, 'mild', 'opened')).toEqual(['unknown'])
  })

  it('that a process made and did not note is repeated once, marked, line by line', async () => {
    const world = await busy()
    for (const dedupKey of ['third', 'fourth', 'fifth']) await world.alert('trigger', { dedupKey, severity: 'warning' })
    await world.settle()
    const gateway = world.gateway()
    const { send } = gateway.channels.robot ?? {}
    const dies = new Promise<never>(() => {})
    const robot = gateway.channels.robot
    if (robot === undefined || send === undefined) throw new Error('There is a robot')
    world.now = at('02:13:30')
    const turn = world.queue.splice(0)
    let posts = 0
    robot.send = async (...all) => {
      const sent = await send(...all)
      return ++posts === 2 ? dies : sent
    }
    const io = world.io()
    void takeEscalation(turn[0]?.message, gateway, { ...io, gateway: vendorGateway(gateway)(io) })
    while (posts < 2) await new Promise(setImmediate)
    await world.alert('trigger', { dedupKey: 'sixth', severity: 'warning' })
    // Watch finds the queue when the crash is certain.
    world.now = at('02:14')
    await watch({ config: { ...world.config, checks: [] }, backlog: world.backlog, deadLetters: [] }, world.io())
    await world.until('02:15')

    const repeats = world.messages.flatMap(({ message: { digest, notice, repeat } }) =>
      (digest?.of ?? [{ notice, repeat }]).map(
        (one) => `${one.notice.incident.split('#').at(-1)}${one.repeat ? ' again' : ''}`,
      ),
    )
    expect(repeats.slice(2)).toEqual(['third', 'fourth', 'fifth', 'sixth', 'fourth again', 'fifth again'])
    expect(await told(world, 'fifth', 'opened')).toEqual(['sent'])
    expect(world.left).toEqual([])
  })

  it('that was handed on by somebody who could not be told so is made once all the same', async () => {
    const world = await busy()
    await world.alert('trigger', { dedupKey: 'third', severity: 'warning' })
    const io = world.io.bind(world)
    world.io = (changes) => {
      const made = io(changes)
      const escalate: typeof made.escalate = async (message, delayMs) => {
        if (message.kind === 'post') throw new Error('throttled')
        await made.escalate(message, delayMs)
      }
      return { ...made, escalate }
    }
    await world.settle()
    world.io = io
    // The robot is free again when its incident is looked at.
    world.now = at('02:13:30')
    await world.until('02:15')

    expect(world.texts.slice(2)).toEqual(['ops opened'])
    expect(await told(world, 'third', 'opened')).toEqual(['sent'])
  })

  it('that the vendor takes for nobody’s sake because of one of its incidents is made for each alone', async () => {
    const world = await busy()
    for (const dedupKey of ['third', 'fourth', 'fifth']) await world.alert('trigger', { dedupKey, severity: 'warning' })
    const refused: Delivery = { status: 'failed', failure: { class: 'content-refused' } }
    world.answers.push({ status: 'sent' }, refused, refused)
    await world.until('02:15')

    expect(posts(world).slice(3)).toEqual([['fourth opened', 'fifth opened'], ['fourth opened'], ['fifth opened']])
    expect(await told(world, 'fourth', 'opened')).toEqual(['failed'])
    expect(await told(world, 'fifth', 'opened')).toEqual(['sent'])
  })

  it('that cannot be written fails like one that is refused, and is not tried for ever', async () => {
    const world = await busy()
    const gateway = world.gateway()
    const robot = gateway.channels.robot
    if (robot === undefined) throw new Error('There is a robot')
    robot.send = () => {
      throw new RangeError('Invalid time value')
    }
    world.gateway = () => gateway
    await world.alert('trigger', { dedupKey: 'third', severity: 'warning' })
    await world.until('02:15')

    expect(await told(world, 'third', 'opened')).toEqual(['failed'])
    expect(world.left).toEqual([])
  })
})
