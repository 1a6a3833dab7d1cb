import { describe, expect, it } from 'vitest'
import { type RecipientQueue, recipientQueueMachine } from '../../shared/delivery/recipient-queue/queue.ts'
import { takeOfDay } from '../../shared/delivery/recipient-queue/rate-window.ts'
import type { NoticeEffect } from '../../shared/incidents/incident.ts'
import { told } from '../engine/texting.ts'
import { noticesIn, PathWorld, policy } from '../engine/world.ts'
import { refusedFor } from '../failure.ts'
import { at } from '../messages/notices.ts'

/** Lin alone is on call, without a phone that rings. */
function worldOfTexts(): PathWorld {
  const layers = [{ page: ['lin'], calls: 1, ackTimeoutMs: 900_000 }]
  const channels = { critical: ['sms' as const], error: ['sms' as const], warning: ['sms' as const], info: [] }
  const world = new PathWorld({ policies: { default: policy({ layers, channels }) } })
  world.textLimits = { perDay: 10 }
  return world
}

async function trigger(world: PathWorld, ...keys: string[]): Promise<void> {
  const alerts = keys.map((dedupKey) => ({
    action: 'trigger',
    dedupKey,
    project: 'pay',
    summary: `${dedupKey} is down`,
    severity: dedupKey.startsWith('bad') ? 'critical' : 'error',
  }))
  await world.evaluate({ v: 1, kind: 'alerts', alerts })
}

/** What each message says, in the order in which they went out. */
function said(world: PathWorld): string[] {
  return world.messages.map((each, index) => {
    const [who = ''] = world.texts[index]?.split(' ') ?? []
    return `${who.includes('@') ? 'mail' : 'text'}: ${noticesIn(each)
      .map(({ kind, incident }) => `${incident.split('#').at(-1)} ${kind}`)
      .join(', ')}`
  })
}

const many = (count: number, name = 'web') => Array.from({ length: count }, (_, index) => `${name}-${index}`)

describe('the texts that one person gets', () => {
  it('are three for a hundred incidents: the first two at once, the rest in one', async () => {
    const world = worldOfTexts()
    Object.assign(world.config.projects.pay ?? {}, { stormLimit: 1_000 })
    await trigger(world, ...many(99), 'bad')
    await world.until('02:14:59')

    expect(world.texts).toHaveLength(3)
    const last = world.messages[2]?.message
    expect(last?.digest?.of).toHaveLength(98)
    // The worst is named, wherever it stood in the storm.
    const named = [world.messages[0]?.message, world.messages[1]?.message, last].map((one) => one?.notice.incident)
    expect(named.some((incident) => incident?.endsWith('#bad'))).toBe(true)
    for (const key of [...many(99), 'bad']) {
      const [attempt] = world.incident('pay', key).escalation.attempts
      expect([key, attempt?.channel, attempt?.status]).toEqual([key, 'sms', 'sent'])
    }
    expect(world.left).toEqual([])
  })

  it('name the worst first, and tell of ends apart from what goes on', async () => {
    const world = worldOfTexts()
    await trigger(world, 'first', 'second')
    await world.settle()
    await trigger(world, 'mild', 'bad')
    await world.until('02:13:10')
    await world.alert('resolve', { dedupKey: 'first' })
    await world.alert('resolve', { dedupKey: 'second' })
    await world.until('02:14:01')

    expect(said(world)).toEqual([
      'text: first page',
      'text: second page',
      'text: bad page, mild page',
      'text: first resolved, second resolved',
    ])
  })

  it('are not spent on what is over before its text goes out', async () => {
    const world = worldOfTexts()
    await trigger(world, 'first', 'second')
    await trigger(world, 'short')
    await world.settle()
    await world.alert('resolve', { dedupKey: 'short' })
    await world.until('02:20')
    expect(said(world)).toEqual(['text: first page', 'text: second page'])
    expect(world.left).toEqual([])
  })

  it('are ten a day: the vendor is not asked for more, and the next channel takes over at once', async () => {
    const world = worldOfTexts()
    for (let minute = 14; minute < 19; minute++) {
      await world.until(`02:${minute}`)
      await trigger(world, `web-${2 * minute}`, `web-${2 * minute + 1}`)
      await world.settle()
    }
    await trigger(world, 'bad')
    await world.until('02:19:01')

    expect(said(world).slice(9)).toEqual(['text: web-37 page', 'mail: bad page'])
    const attempts = world.incident('pay', 'bad').escalation.attempts
    expect(attempts.map(({ channel, status, failure }) => [channel, status, failure?.class])).toEqual([
      ['sms', 'failed', 'day-used-up'],
      ['email', 'sent', undefined],
    ])
  })

  it('are left for trouble: the last three of a day tell of no end', async () => {
    const world = worldOfTexts()
    const io = world.io()
    const recipient = 'texts#one#person-+8613800000001'
    for (let taken = 0; taken < 7; taken++) expect(await takeOfDay(recipient, 10, false, io)).toBe(true)
    expect(await takeOfDay(recipient, 10, true, io)).toBe(false)
    for (let taken = 0; taken < 3; taken++) expect(await takeOfDay(recipient, 10, false, io)).toBe(true)
    expect(await takeOfDay(recipient, 10, false, io)).toBe(false)
    // Midnight in Beijing.
    world.now = at('02:13') + 22 * 3_600_000
    expect(await takeOfDay(recipient, 10, true, io)).toBe(true)
  })

  it('wait out the half minute that the vendor wants between two, and go out then', async () => {
    const world = worldOfTexts()
    delete world.config.channels.email
    world.answers = [
      { status: 'retry', afterMs: 30_000, failure: refusedFor('LimitExceeded.PhoneNumberThirtySecondLimit') },
    ]
    await trigger(world, 'web')
    await world.until('02:13:29')
    expect(said(world)).toEqual(['text: web page'])
    await world.until('02:13:31')
    expect(said(world)).toEqual(['text: web page', 'text: web page'])
    const [attempt, ...others] = world.incident('pay', 'web').escalation.attempts
    expect([attempt?.channel, attempt?.status, others]).toEqual(['sms', 'sent', []])
  })

  it('that the vendor puts off are not counted: a busy quarter of an hour leaves the day as it was', async () => {
    const world = worldOfTexts()
    delete world.config.channels.email
    world.answers = Array.from({ length: 12 }, () => ({ status: 'retry', afterMs: 5_000, failure: refusedFor('busy') }))
    await trigger(world, 'first')
    await world.until('02:27')
    expect(said(world)).toEqual(Array.from({ length: 13 }, () => 'text: first page'))
    expect(world.incident('pay', 'first').escalation.attempts).toMatchObject([{ channel: 'sms', status: 'sent' }])
  })

  it('come one by one when the vendor takes no common one', async () => {
    const world = worldOfTexts()
    await trigger(world, 'first', 'second')
    await world.settle()
    await trigger(world, 'third', 'fourth')
    world.answers = [{ status: 'failed', failure: refusedFor('content-refused') }]
    await world.until('02:16')
    expect(said(world)).toEqual([
      'text: first page',
      'text: second page',
      'text: third page, fourth page',
      'text: third page',
      'text: fourth page',
    ])
  })
})

describe('a text that its vendor refuses for now', () => {
  const busy = { status: 'retry', afterMs: 2_000, failure: refusedFor('Throttling') } as const
  const sent = { status: 'sent' } as const

  it.each([
    { reason: 'by itself', limits: {}, answers: [busy, busy, sent, busy, busy], tries: 4 },
    { reason: 'in the queue of who gets it', limits: { perDay: 10 }, answers: [busy, sent, busy], tries: 2 },
  ])('has a mail stand in at once, is told to wait, once, and goes out in the end: $reason', async (given) => {
    const world = worldOfTexts()
    world.textLimits = given.limits
    world.answers = [...given.answers]
    await trigger(world, 'web')
    await world.until(world.now + 15_000)
    expect(said(world)).toContain('mail: web page')
    expect(await told(world)).toEqual(['page to lin sms: waiting, Throttling', 'page to lin email: sent'])

    await world.until(world.now + 300_000)
    expect(said(world).filter((one) => one === 'text: web page')).toHaveLength(given.tries + 1)
    expect((await told(world)).slice(2)).toEqual(['page to lin sms: sent'])
    expect(world.left).toEqual([])
  })
})

it('a text that its vendor refuses turn after turn has its incidents hear so once, those that come meanwhile with theirs', () => {
  const { transition } = recipientQueueMachine('texts#lin')
  const page = (key: string): NoticeEffect => ({
    type: 'notice',
    kind: 'page',
    at: 0,
    incident: `pay#1#${key}`,
    extras: {},
    to: { contact: 'lin', channel: 'sms' },
  })
  const taken = (queue: RecipientQueue | undefined, ...keys: string[]) =>
    transition(queue, { type: 'notices', of: keys.map(page), pace: { posts: 2, windowMs: 60_000 }, afterMs: 0 }, 0)
  const refused = (queue: RecipientQueue | undefined) => {
    if (queue === undefined) expect.fail('no queue')
    const now = queue.turnAt
    const turn = transition(queue, { type: 'turn', seq: queue.seq, messages: [queue.waiting], over: [] }, now)
    const failure = refusedFor('Throttling')
    return transition(turn.state, { type: 'posted', refused: failure, afterMs: 60_000, patienceMs: 900_000 }, now)
  }
  const toldBy = ({ outbox }: ReturnType<typeof refused>) =>
    outbox.flatMap((effect) => (effect.type === 'outcome' ? `${effect.effect.incident} ${effect.status}` : []))

  const first = refused(taken(undefined, 'web', 'db').state)
  const second = refused(first.state)
  const third = refused(taken(second.state, 'api').state)
  expect([first, second, third].map(toldBy)).toEqual([
    ['pay#1#web waiting', 'pay#1#db waiting'],
    [],
    ['pay#1#api waiting'],
  ])
})
