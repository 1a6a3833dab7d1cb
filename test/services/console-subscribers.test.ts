import { beforeEach, describe, expect, it } from 'vitest'
import { changeSubscriber, type Subscriber, sealAddress } from '../../shared/store/subscribers.ts'
import { MINUTE } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'
import { HookedPage } from './hooked-page.ts'

const PATH = '/system/subscribers'
const tokens = { admin: 'a-token-of-an-admin', responder: 'a-token-of-a-responder', viewer: 'a-token-of-a-viewer' }
const access = {
  access: (['admin', 'responder', 'viewer'] as const).map((role) => ({ role, tokens: [tokens[role]] })),
}
const as = (role: keyof typeof tokens) => ({ authorization: `Bearer ${tokens[role]}` })

let of: HookedPage
let desk: Visitor
beforeEach(async () => {
  of = new HookedPage()
  desk = new Visitor(of.world, { access })
  const hour = of.world.now - 60 * MINUTE
  await keep({ name: 'ann', address: sealAddress('ann@example.com', 'secret'), since: hour, sentAt: hour + MINUTE })
  const url = sealAddress('https://hooks.example.com/T0/B0/key', 'secret')
  await keep({ name: 'hook', by: 'webhook', state: 'asked', address: url, since: hour - 1, failures: 2 })
  await keep({ name: 'other', address: sealAddress('bob@example.com', 'another'), since: hour - 2 })
  await keep({ name: 'left', state: 'gone' })
})

function keep(one: Partial<Subscriber> & { name: string }): Promise<boolean> {
  const usual = { state: 'active' as const, address: '', language: 'en' as const, base: '', since: 0, told: [] }
  return changeSubscriber('pay', one.name, () => ({ ...usual, failures: 0, ...one }), of.world.io())
}

describe('the page of subscribers', () => {
  it('has each with what it is told by, whether it said yes, and when it was last sent something; no address whole', async () => {
    const { text, status } = await desk.get(PATH, as('admin'))
    expect(status).toBe(200)
    expect(text).toContain('2 confirmed, 1 not confirmed')
    expect(text).toMatch(/a\*\*\*@example\.com <span class="quiet">mail<.*confirmed, since <time/s)
    expect(text).toMatch(/https:\/\/hooks\.example\.com\/\*\*\* <span class="quiet">webhook<.*not confirmed, since/s)
    expect(text).toMatch(/none yet.*has failed 2 times in a row since/s)
    expect(text).toContain('sealed by another secret')
    for (const hidden of ['ann@', '/T0/B0', 'bob@']) expect(text).not.toContain(hidden)
  })

  it('has an admin take one away, who is told nothing any more; a second time there is nobody', async () => {
    const { text } = await desk.get(PATH, as('admin'))
    const done = await desk.press(text, PATH, { page: 'pay', name: 'ann' }, as('admin'))
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('it is told nothing any more')])
    expect(done.text).toContain('1 confirmed, 1 not confirmed')
    const gone = (await of.subscribers()).find(({ name }) => name === 'ann')
    expect(gone).toMatchObject({ state: 'gone', address: '' })
    expect((await desk.press(text, PATH, { page: 'pay', name: 'ann' }, as('admin'))).status).toBe(409)
    expect((await desk.press(text, PATH, { page: 'shop', name: 'hook' }, as('admin'))).status).toBe(409)
  })

  it('shows responders all and lets them take away nobody, and shows viewers nothing', async () => {
    const { text } = await desk.get(PATH, as('responder'))
    expect(text).toContain('a***@example.com')
    expect(text).not.toContain('aria-label="Remove')
    const page = (await desk.get(PATH, as('admin'))).text
    expect((await desk.press(page, PATH, { page: 'pay', name: 'ann' }, as('responder'))).status).toBe(403)
    expect((await of.subscribers()).find(({ name }) => name === 'ann')?.state).toBe('active')
    expect((await desk.get(PATH, as('viewer'))).status).toBe(403)
  })

  it('says how a page gets some where none can be subscribed to', async () => {
    of.world.config.status = { pay: { ...of.page, subscribe: [] } }
    expect((await desk.get(PATH, as('admin'))).text).toContain('write subscribe below status')
  })
})

describe('programs', () => {
  const asked = async (path: string, role: keyof typeof tokens = 'admin', method = 'GET') => {
    const { status, text } = await desk.json(`/api/v1${path}`, undefined, as(role), method)
    return { status, ...(JSON.parse(text) as { subscribers: { id: string }[]; next?: string }) }
  }

  it('go through them by a cursor, and take one away once', async () => {
    const first = await asked('/subscribers?limit=2', 'responder')
    expect(first.subscribers).toMatchObject([
      { page: 'pay', id: 'ann', way: 'mail', address: 'a***@example.com', confirmed: true, failures: 0 },
      { id: 'hook', way: 'webhook', address: 'https://hooks.example.com/***', confirmed: false, failures: 2 },
    ])
    const second = await asked(`/subscribers?limit=2&cursor=${first.next}`)
    expect([second.subscribers.map(({ id }) => id), second.next]).toEqual([['other'], undefined])
    expect(await asked('/subscribers?page=shop')).toMatchObject({ status: 404, error: { code: 'not-found' } })

    expect((await asked('/subscribers/pay/hook', 'responder', 'DELETE')).status).toBe(403)
    expect((await asked('/subscribers/pay/hook', 'admin', 'DELETE')).status).toBe(200)
    expect((await asked('/subscribers/pay/hook', 'admin', 'DELETE')).status).toBe(404)
    expect((await asked('/subscribers', 'viewer')).status).toBe(403)
  })
})
