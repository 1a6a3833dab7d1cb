import { beforeEach, expect, it, vi } from 'vitest'
import { tellSubscriber } from '../../shared/delivery/tell-subscriber.ts'
import { tellSubscribers } from '../../shared/engine/status/tell-subscribers.ts'
import { changeSubscriber, type Subscriber } from '../../shared/store/subscribers.ts'
import { MINUTE } from '../engine/probes.ts'
import { ORIGIN, Visitor } from './console-visitor.ts'
import { internet } from './hooked-internet.ts'
import { HookedPage, keyIn } from './hooked-page.ts'

vi.mock('node:dns/promises', async (original) => (await import('./hooked-internet.ts')).dnsOf(await original()))
vi.mock('node:https', async (original) => (await import('./hooked-internet.ts')).httpsOf(await original()))

let of: HookedPage

beforeEach(async () => {
  of = new HookedPage()
  internet.hook = of.hook
  await of.hook.start()
  return () => of.hook.stop()
})

it('a webhook is asked first; whoever opens its link is shown the key once, and each update comes signed until it says no', async () => {
  expect((await of.reader.get('/status/pay')).text).toContain('<input id="url" name="url" type="url"')
  expect((await of.ask()).text).toContain('a subscription.confirm is posted to it')
  expect(of.hook.received).toMatchObject([
    { host: 'hooks.example.com', path: '/Status?of=pay', type: 'subscription.confirm' },
  ])
  expect(of.hook.received[0]?.data.page).toEqual({ title: of.page.title, url: `${ORIGIN}/status/pay` })
  await of.tell()
  await of.minutes(2)
  // Whoever looks at links presses nothing.
  const looked = await of.reader.get(of.linkTo('confirm'))
  expect(looked.text).toContain('<button type="submit">Confirm the subscription')
  expect(looked.text).not.toContain('whsec_')
  expect(of.types()).toEqual(['subscription.confirm'])

  const confirm = of.linkTo('confirm')
  const shown = await of.reader.post(confirm, {})
  expect(shown.answer.headers.get('cache-control')).toBe('no-store')
  const key = keyIn(shown.text) ?? ''
  expect(Buffer.from(key.slice(6), 'base64')).toHaveLength(32)
  const again = await of.reader.post(confirm, {})
  expect(again.text).toContain('was shown when this was confirmed')
  expect(again.text).not.toContain('whsec_')

  of.hook.key = key
  await of.tell({ of: 'i2', state: 'identified' })
  await of.minutes(2)
  expect(of.types()).toEqual(['subscription.confirm', 'status.updated'])
  expect(of.hook.received[1]?.data).toMatchObject({
    page: { title: of.page.title, url: `${ORIGIN}/status/pay` },
    incident: {
      id: 'i2',
      title: { en: 'Checkout: partial outage', zh: '收银台：部分中断' },
      state: 'identified',
      impact: 'partial',
      components: ['checkout'],
      url: `${ORIGIN}/status/pay#i2`,
    },
    update: { state: 'identified', text: { en: 'Cards fail.', zh: '刷卡失败。' } },
  })

  expect((await of.reader.post(of.linkTo('unsubscribe'), {}, { 'sec-fetch-site': '' })).text).toContain('unsubscribed')
  await of.tell({ of: 'i3' })
  await of.minutes(2)
  expect(of.hook.received).toHaveLength(2)
  expect(of.hook.connected).toEqual(['203.0.113.7', '203.0.113.7'])
})

it('whoever subscribes anew has another key', async () => {
  await of.subscribed()
  const before = of.hook.key
  await of.tell()
  await of.minutes(1)
  await of.reader.post(of.linkTo('unsubscribe'), {})
  of.world.now += MINUTE
  await of.subscribed()
  expect(of.hook.key).not.toBe(before)
  await of.tell({ of: 'i2' })
  await of.minutes(1)
  expect(of.types().slice(-2)).toEqual(['subscription.confirm', 'status.updated'])
})

it('an update that was not taken comes again as the same one, later each time', async () => {
  await of.subscribed()
  await of.tell()
  const failures = [500, 429, 302, 401]
  of.hook.planned.push(...failures.map((status) => ({ status, headers: { location: 'https://inside.example.com/' } })))
  const begun = of.world.now
  const at: number[] = []
  while (at.length < 5 && of.world.now < begun + 600 * MINUTE) {
    const before = of.hook.received.length
    await of.minutes(1)
    if (of.hook.received.length > before) at.push(Math.round((of.world.now - begun) / MINUTE))
  }
  const waits = at.map((time, index) => time - (at[index - 1] ?? 0))
  for (const [index, least] of [5, 10, 20, 40].entries()) {
    expect(waits[index + 1]).toBeGreaterThanOrEqual(least)
    expect(waits[index + 1]).toBeLessThanOrEqual(least + 4)
  }
  const updates = of.hook.received.slice(1)
  expect(new Set(updates.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(updates.map(({ host }) => host))).toEqual(new Set(['hooks.example.com']))
  expect(await of.subscribers()).toMatchObject([{ state: 'active', failures: 0 }])
})

it('one that fails twelve times in a row, for more than a day, is forgotten', async () => {
  await of.subscribed()
  await of.tell()
  of.hook.planned.push(...Array.from({ length: 30 }, () => ({ status: 503 })))
  const begun = of.world.now
  let left = await of.subscribers()
  while (left[0]?.state === 'active' && of.world.now < begun + 47 * 60 * MINUTE) {
    of.world.now += 3 * MINUTE
    await of.minutes(1)
    left = await of.subscribers()
  }
  expect(left).toMatchObject([{ state: 'gone', address: '', failures: 12 }])
  expect(of.hook.received).toHaveLength(1 + 12)
  expect(of.world.now - begun).toBeGreaterThan(24 * 60 * MINUTE)
})

it('a receiver that answers 410 is told no more, and who refuses the question is not asked again', async () => {
  await of.subscribed()
  await of.tell()
  of.hook.planned.push({ status: 410 })
  await of.minutes(1)
  expect(await of.subscribers()).toMatchObject([{ state: 'gone', address: '' }])
  of.hook.planned.push({ status: 404 })
  await of.ask('https://hooks.example.com/other')
  await of.minutes(20)
  expect(of.types()).toEqual(['subscription.confirm', 'status.updated', 'subscription.confirm'])
})

it('an answer without end is not read to its end, and nothing of it is kept or logged', async () => {
  of.hook.planned.push({ status: 200, body: 'told-by-the-receiver'.repeat(1_000_000) })
  await of.ask()
  of.hook.planned.push({ status: 400, body: 'told-by-the-receiver' })
  await of.ask('https://hooks.example.com/other')
  expect(of.hook.received).toHaveLength(2)
  expect(JSON.stringify([...of.world.incidents.rows, ...of.world.logged])).not.toContain('told-by')
  expect(JSON.stringify([...of.world.incidents.rows, ...of.world.queue, ...of.world.logged])).not.toContain(
    'hooks.example',
  )
})

it('whoever has not said yes is asked three times at most', async () => {
  of.hook.planned.push(...Array.from({ length: 30 }, () => ({ status: 503 })))
  await of.ask()
  await of.minutes(120)
  expect(of.types()).toEqual(Array.from({ length: 3 }, () => 'subscription.confirm'))
  expect(await of.subscribers()).toEqual([])
})

it('sixty are told in a minute, one after the other, and mails beside them; nobody is while a hundred wait already', async () => {
  const { world } = of
  await of.tell()
  const one = {
    state: 'active' as const,
    address: '',
    language: 'en' as const,
    base: '',
    since: 0,
    told: [],
    failures: 0,
  }
  const keep = (each: Subscriber) => changeSubscriber('pay', each.name, () => each, world.io())
  for (let count = 0; count < 70; count++) await keep({ ...one, name: `hook${count}`, by: 'webhook' })
  for (let count = 0; count < 30; count++) await keep({ ...one, name: `mail${count}` })
  await tellSubscribers(world.config, async () => 101, world.io())
  expect(world.queue).toEqual([])
  await tellSubscribers(world.config, async () => 100, world.io())
  const queued = world.queue.map(({ message, at }) => ({
    name: String(Object(message).subscriber),
    at: at - world.now,
  }))
  const [hooks, mails] = ['hook', 'mail'].map((way) => queued.filter(({ name }) => name.startsWith(way)))
  expect(hooks?.map(({ at }) => at)).toEqual(
    Array.from({ length: 60 }, (_, index) => Math.ceil((index * 50) / 60) * 1_000),
  )
  expect(mails).toHaveLength(30)
})

it('what a slow table takes goes off the time of a request: its function ends soon after, and all that it sends', async () => {
  await of.subscribed()
  await of.tell()
  const { world } = of
  const [{ name = '' } = {}] = await of.subscribers()
  const get = world.incidents.get.bind(world.incidents)
  vi.spyOn(world.incidents, 'get').mockImplementationOnce((key) => {
    world.now += 4_000
    return get(key)
  })
  const limit = vi.spyOn(AbortSignal, 'timeout')
  await tellSubscriber({ v: 1, kind: 'subscriber', page: 'pay', subscriber: name }, world.gateway(), world.io())
  expect(limit.mock.calls).toEqual([[6_000]])
  expect(of.types()).toEqual(['subscription.confirm', 'status.updated'])
  vi.restoreAllMocks()
})

it('an answer with a status that HTTP does not have is a failure, and ends nothing that is sent beside it', async () => {
  of.hook.planned.push({ status: 999 })
  await of.ask()
  expect(await of.subscribers()).toMatchObject([{ state: 'asked', failures: 1 }])
})

it('a receiver that changes the protocol has not answered, and holds up nothing that is sent beside it', async () => {
  of.hook.planned.push({ status: 101, headers: { connection: 'Upgrade', upgrade: 'websocket' } })
  await of.ask()
  expect(await of.subscribers()).toMatchObject([{ state: 'asked', failures: 1 }])
})

it('each request has a connection of its own, to an address that was looked at for it', async () => {
  await of.subscribed()
  await of.tell()
  await of.minutes(1)
  expect(of.hook.connected).toEqual(['203.0.113.7', '203.0.113.7'])
  expect(of.hook.received.map(({ headers }) => headers.connection)).toEqual(['close', 'close'])
  expect((await of.subscribers())[0]?.sentAt).toBeGreaterThan(of.world.now - 60_000)
})

it('a page that has given up webhooks tells none, and keeps nobody busy', async () => {
  await of.subscribed()
  of.world.config.status = { pay: { ...of.page, subscribe: ['mail'] } }
  of.reader = new Visitor(of.world, { access: 'closed' })
  await of.tell()
  await of.minutes(3)
  expect(of.types()).toEqual(['subscription.confirm'])
  expect((await of.reader.get('/status/pay')).text).not.toContain('id="url"')
  expect((await of.ask()).status).toBe(400)
})

it('of a URL its path makes a difference, and its host no more than it does', async () => {
  await of.ask('https://hooks.example.com/A')
  await of.ask('https://HOOKS.example.com:443/A')
  await of.ask('https://hooks.example.com/a')
  expect(of.hook.received.map(({ path }) => path)).toEqual(['/A', '/a'])
})
