import { describe, expect, it, vi } from 'vitest'
import { readLink } from '../../shared/incidents/acknowledge-link.ts'
import { readSent } from '../../shared/incidents/sent-link.ts'
import { refusedFor } from '../failure.ts'
import { texting, told } from './texting.ts'
import { PathWorld } from './world.ts'

describe('a message', () => {
  it('that is sent is done, and remembered for the recovery', async () => {
    const world = await texting()

    expect(world.texts).toEqual(['+8613800000001 texts page', 'ops opened'])
    expect(world.incident().notified).toEqual([
      { contact: 'lin', name: '林悦', channel: 'sms', language: 'zh' },
      { chat: 'ops' },
    ])
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

  it('of several regions says in its link which has sent it, and has the link of the next one beside it', async () => {
    const world = await texting((world) => {
      world.elsewhere = { own: 'ap-southeast-1', bases: ['https://b.example.com'] }
    })
    const { acknowledge = '', elsewhere = '', token = '' } = world.messages[0]?.message.links ?? {}

    expect(readLink(token, 'secret', world.now)).toMatchObject({ contact: 'lin', region: 'ap-southeast-1' })
    expect(elsewhere).toBe(acknowledge.replace('https://ack.example.com', 'https://b.example.com'))
  })

  it('leads to its page of the console, and of several regions says whose incident that is: another one’s console has other numbers', async () => {
    const detailOf = ({ messages }: PathWorld) => messages[0]?.message.links.detail ?? ''
    const among = await texting((world) => {
      world.elsewhere = { own: 'ap-southeast-1', bases: [] }
    })
    const detail = new URL(detailOf(among))

    expect(detailOf(await texting())).toMatch(/^https:\/\/console\.example\.com\/incidents\/\d+$/)
    expect(detail.pathname).toMatch(/^\/incidents\/\d+$/)
    expect(readSent(detail.searchParams.get('of') ?? '')).toEqual({
      incident: { project: 'pay', generation: 1, groupKey: 'web' },
      region: 'ap-southeast-1',
      at: among.now,
    })
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
    const world = await texting((world) => {
      delete world.config.channels.email
      world.answers.push({ status: 'retry', afterMs: 7_000, failure: refusedFor('busy') })
    })
    expect(world.texts).toHaveLength(2)

    await world.until('02:13:06')
    expect(world.texts).toHaveLength(2)
    await world.until('02:13:08')
    expect(world.texts).toEqual(['+8613800000001 texts page', 'ops opened', '+8613800000001 texts page'])
    const waits = 'page to lin sms: waiting, busy'
    expect(await told(world)).toEqual([waits, 'opened to ops: sent', 'page to lin sms: sent'])
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
    expect(world.incident().notified).toContainEqual({ contact: 'lin', name: '林悦', channel: 'email', language: 'zh' })
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
      delete world.config.channels.email
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
