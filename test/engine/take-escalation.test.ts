import { describe, expect, it, vi } from 'vitest'
import { Rejection } from '../../shared/contracts/rejection.ts'
import { readLink } from '../../shared/incidents/acknowledge-link.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { brief, refusedFor } from '../failure.ts'
import { nameOf } from '../incidents/story.ts'
import { at } from '../messages/notices.ts'
import { noticesIn, PathWorld, policy } from './world.ts'

/** A world in which `web` of `pay` went down at 02:13 and only texts go out: to Lin and the robot. */
async function texting(prepare: (world: PathWorld) => void = () => {}): Promise<PathWorld> {
  const world = new PathWorld({
    policies: { default: policy({ layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: 300_000 }] }) },
  })
  prepare(world)
  await world.alert('trigger', { severity: 'error' })
  return world.settle()
}

/** The messages of the timeline: `opened to ops: sent`. */
async function told(world: PathWorld): Promise<string[]> {
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  return lines.flatMap((line) =>
    line.kind === 'message'
      ? [`${line.what} to ${nameOf(line.to)}: ${[line.status, brief(line.failure)].filter(Boolean).join(', ')}`]
      : [],
  )
}

describe('a message', () => {
  it('that is sent is done, and remembered for the recovery', async () => {
    const world = await texting()

    expect(world.texts).toEqual(['+8613800000001 texts page', 'ops opened'])
    expect(world.incident().notified).toEqual([{ contact: 'lin', channel: 'sms', language: 'zh' }, { chat: 'ops' }])
    expect(world.left).toEqual([])

    world.texts.length = 0
    world.now += 60_000
    await world.alert('resolve')
    await world.settle()
    expect(world.texts).toEqual(['+8613800000001 texts resolved', 'ops resolved'])
  })

  it('is written in the language of who gets it', async () => {
    const world = await texting((world) => {
      const { lin } = world.directory?.contacts ?? {}
      if (lin) world.directory = { contacts: { lin: { ...lin, language: 'en' } }, schedules: {}, overrides: [] }
    })

    expect(world.messages.map(({ message }) => message.language)).toEqual(['en', 'zh'])
  })

  it('has a link for its reader alone; in a group the link names nobody', async () => {
    const world = await texting()
    const links = world.messages.map(({ message }) =>
      readLink(new URL(message.links.acknowledge ?? '').searchParams.get('t') ?? '', 'secret', world.now),
    )

    expect(links).toEqual([
      { incident: 'pay#1#web', contact: 'lin', expiresAt: world.now + 86_400_000 },
      { incident: 'pay#1#web', expiresAt: world.now + 86_400_000 },
    ])
  })

  it.each([
    [{}, 5_000, 'most vendors answer at once or not at all'],
    [{ answerMs: 20_000 }, 20_000, 'a mail server lets strangers wait before it greets'],
  ])('is waited for as long as its channel says: %j, %i ms, for %s', async (limits, ms, _reason) => {
    const timeout = vi.spyOn(AbortSignal, 'timeout')
    await texting((world) => {
      Object.assign(world, { limits, textLimits: limits })
    })
    expect(timeout.mock.calls).toEqual([[ms], [ms]])
    timeout.mockRestore()
  })

  it('that is refused for now comes again after the time the vendor asks for', async () => {
    const world = await texting((world) =>
      world.answers.push({ status: 'retry', afterMs: 7_000, failure: refusedFor('busy') }),
    )
    expect(world.texts).toHaveLength(2)

    await world.until('02:13:06')
    expect(world.texts).toHaveLength(2)
    await world.until('02:13:08')
    expect(world.texts).toEqual(['+8613800000001 texts page', 'ops opened', '+8613800000001 texts page'])
    expect(await told(world)).toEqual(['opened to ops: sent', 'page to lin sms: sent'])
  })

  it('that is refused for a quarter of an hour has failed', async () => {
    const world = new PathWorld()
    for (let times = 0; times < 40; times++)
      world.answers.push({ status: 'retry', afterMs: 60_000, failure: refusedFor('locked') })
    await world.alert('trigger', { severity: 'warning' })
    await world.until('02:40')

    expect(world.texts).toHaveLength(16)
    expect(await told(world)).toEqual(['opened to ops: failed, locked'])
    expect(world.left).toEqual([])
  })

  it('that fails for good hands over to the contact’s next channel', async () => {
    const world = await texting((world) => world.answers.push({ status: 'failed', failure: refusedFor('blacklisted') }))

    expect(world.texts).toEqual(['+8613800000001 texts page', 'ops opened', 'lin@example.com smtp page'])
    expect(world.incident().notified).toContainEqual({ contact: 'lin', channel: 'email', language: 'zh' })
    expect(world.incident().notified).not.toContainEqual(expect.objectContaining({ channel: 'sms' }))
  })

  it('too long for its vendor however it is cut has failed', async () => {
    const world = await texting((world) =>
      world.answers.push({ status: 'shrink', maxBytes: 100, failure: refusedFor('too long') }),
    )

    expect(await told(world)).toContain('page to lin sms: failed, too long')
  })

  it('whose answer is lost is repeated once, and says so', async () => {
    const world = await texting((world) => world.answers.push({ status: 'unknown', failure: refusedFor('reset') }))
    await world.until('02:14')

    expect(world.texts).toEqual(['+8613800000001 texts page', 'ops opened', '+8613800000001 texts page (repeat)'])
    expect(await told(world)).toEqual(['opened to ops: sent', 'page to lin sms: sent'])
  })

  it('whose answer is lost twice is not sent a third time', async () => {
    const world = await texting((world) => {
      world.answers.push(
        { status: 'unknown', failure: refusedFor('reset') },
        { status: 'sent' },
        { status: 'unknown', failure: refusedFor('reset') },
      )
    })
    await world.until('02:17')

    expect(world.texts.filter((text) => text.startsWith('+86'))).toHaveLength(2)
    expect(await told(world)).toContain('page to lin sms: unknown, reset')
    expect(world.left).toEqual([])
  })

  it('is not sent at all once it has been overtaken', async () => {
    const world = await texting((world) => {
      world.answers.push(
        { status: 'retry', afterMs: 10_000, failure: refusedFor('busy') },
        { status: 'retry', afterMs: 10_000, failure: refusedFor('busy') },
      )
    })
    world.now += 5_000
    await world.alert('resolve')
    await world.until('02:15')

    expect(world.texts).toEqual(['+8613800000001 texts page', 'ops opened'])
    expect(world.left).toEqual([])
  })

  it('of a generation that is over is not sent into the next one', async () => {
    const world = await texting((world) =>
      world.answers.push({ status: 'sent' }, { status: 'retry', afterMs: 60_000, failure: refusedFor('x') }),
    )
    world.now += 5_000
    await world.alert('resolve')
    await world.settle()
    world.now += 5_000
    await world.alert('trigger', { severity: 'error' })
    await world.until('02:15')

    const opened = world.messages.filter(({ message }) => message.notice.kind === 'opened')
    expect(opened.map(({ message }) => message.notice.incident)).toEqual(['pay#1#web', 'pay#2#web'])
  })
})

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

it('trouble with reading the contacts is tried again, and nothing is lost', async () => {
  const world = new PathWorld()
  await world.alert('trigger', { severity: 'warning' })
  const broken = { ...world.gateway(), directory: () => Promise.reject(new Error('table throttled')) }
  world.gateway = () => broken
  await expect(world.settle()).rejects.toThrow('table throttled')

  expect(world.incident().escalation.phase).toBe('starting')
})

describe('a message of the queue that no schema accepts', () => {
  it.each([
    { body: { v: 1, kind: 'nap' }, names: 'kind' },
    { body: { v: 1, kind: 'step', incident: 'pay#1#web' }, names: 'step' },
    {
      body: { v: 1, kind: 'step', incident: 'pay', step: 1 },
      names: 'incident: invalid_format',
    },
    {
      body: { v: 1, kind: 'call', phoneHash: 'x'.repeat(22), incident: 'a#b#c', step: 1, severity: 'error' },
      names: 'incident',
    },
    { body: { v: 2, kind: 'phone-line', phoneHash: 'x'.repeat(22), seq: 1 }, names: 'v:' },
    { body: null, names: 'not-a-step: message: invalid_type' },
    { body: [], names: 'not-a-step: message: invalid_type' },
  ])('is rejected by name: $names', async ({ body, names }) => {
    const world = new PathWorld()

    await expect(world.page(body)).rejects.toThrow(Rejection)
    await expect(world.page(body)).rejects.toThrow(names)
    expect(world.incidents.rows.size).toBe(0)
  })
})

it('a step of an incident that is not known does nothing', async () => {
  const world = new PathWorld()
  await world.page({ v: 1, kind: 'step', incident: 'pay#1#web', step: 1 })

  expect(world.incidents.rows.size).toBe(0)
  expect(world.texts).toEqual([])
})
