import { beforeEach, expect, it } from 'vitest'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import { tellSubscribers } from '../../shared/engine/status/tell-subscribers.ts'
import type { Post } from '../../shared/incidents/status/post.ts'
import { keepPost, readPosts } from '../../shared/store/status-posts.ts'
import {
  changeSubscriber,
  openAddress,
  readSubscribers,
  type Subscriber,
  sealAddress,
} from '../../shared/store/subscribers.ts'
import { postName } from '../../shared/store/unsent-posts.ts'
import { checksFrom, MINUTE, Probes } from '../engine/probes.ts'
import { type SmtpSimulator, startSmtpSimulator } from '../simulators/smtp.ts'
import { Visitor } from './console-visitor.ts'

const page: CompiledStatusPage = {
  title: { zh: '示例', en: 'Example' },
  languages: ['zh', 'en'],
  components: { checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] } },
  subscribe: ['mail'],
}
const ann = 'ann@example.com'

const active: Subscriber = {
  name: 'old',
  state: 'active',
  address: '',
  language: 'en',
  base: '',
  since: 0,
  told: [],
  failures: 0,
}

let mail: SmtpSimulator
let world: Probes
let reader: Visitor

beforeEach(async () => {
  world = new Probes({ checks: checksFrom(['web'], ['aws/ap-southeast-1']), status: { pay: page } })
  mail = await startSmtpSimulator({ users: { oncall: 'mail-password' }, now: () => world.now })
  const login = { user: 'oncall', password: 'mail-password', ca: mail.ca }
  const settings = { host: '127.0.0.1', port: mail.port, from: 'Fenghuo <oncall@example.com>', ...login }
  world.config.channels.email = { name: 'email', type: 'smtp', settings }
  reader = new Visitor(world, { access: 'closed' })
  return () => mail.close()
})

const minutes = async (count: number) => {
  for (let passed = 0; passed < count; passed++) await minute()
}
const minute = async () => {
  world.now += MINUTE
  await world.look()
  world.now += 50_000
  await world.settle()
}

async function ask(address = ann, headers = {}) {
  const { text } = await reader.get('/status/pay')
  expect(text).toContain('action="pay/subscribe?lang=en"')
  const sent = await reader.post('/status/pay/subscribe?lang=en', { email: address }, headers)
  await world.settle()
  return sent
}

/** The path of the newest mail's first link of a kind. */
function linkIn(kind: 'confirm' | 'leave', index = -1): string {
  const { text = '' } = mail.received.at(index) ?? {}
  const found = new RegExp(`https://console\\.example\\.com(/status/pay/${kind}\\S+)`).exec(text)
  return found?.[1] ?? expect.fail(`no link to ${kind} in: ${text}`)
}

async function subscribed(address = ann) {
  await ask(address)
  expect((await reader.post(linkIn('confirm'), {}, { 'sec-fetch-site': '' })).text).toContain('You are subscribed')
}

async function tell(post: Partial<Post> = {}) {
  world.now += 1_000
  const text = { en: 'Cards fail.', zh: '刷卡失败。' }
  const whole = { of: 'i1', at: world.now, state: 'investigating' as const, text, components: ['checkout'], ...post }
  await keepPost('pay', { impact: 'partial', ...whole }, String(world.now), world.io())
}

it('an address is asked first; who says yes gets one mail for each update, until they say no', async () => {
  expect((await ask()).text).toContain('Look into your mailbox')
  expect(mail.received).toMatchObject([{ envelope: { to: [ann] }, subject: 'Confirm your subscription: Example' }])
  await tell()
  await minute()
  expect(mail.received).toHaveLength(1)

  // Whoever looks at links for others presses nothing.
  const looked = await reader.get(linkIn('confirm'))
  expect(looked.text).toContain('<button type="submit">Confirm the subscription')
  await tell({ of: 'i2' })
  await minute()
  expect(mail.received).toHaveLength(1)
  expect((await reader.post(linkIn('confirm'), {})).text).toContain('You are subscribed')
  await minute()
  expect(mail.received).toHaveLength(1)

  await tell({ of: 'i3' })
  await minute()
  await minute()
  expect(mail.received).toHaveLength(2)
  expect(mail.received[1]).toMatchObject({
    envelope: { to: [ann] },
    subject: '[Example] Checkout: partial outage — Investigating',
    headers: { 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' },
  })
  expect(mail.received[1]?.text).toMatch(/Cards fail\.\s+2026-11-22 \d\d:\d\d \(UTC\+8\)\s+Checkout/)
  expect(mail.received[1]?.text).toContain('https://console.example.com/status/pay#i3')
  const { 'list-unsubscribe': header = '' } = mail.received[1]?.headers ?? {}
  expect(header).toContain(linkIn('leave'))

  const left = await reader.post(linkIn('leave'), { 'List-Unsubscribe': 'One-Click' }, { 'sec-fetch-site': '' })
  expect(left.text).toContain('No further update will come')
  await tell({ of: 'i4' })
  await minute()
  expect(mail.received).toHaveLength(2)
  expect(JSON.stringify(await readSubscribers('pay', world.io()))).not.toMatch(/"address":"[^"]/)
})

it('once all were told nobody is looked through, until something is new', async () => {
  await subscribed()
  await tell()
  await minute()
  await minute()
  const asked: string[] = []
  const { query } = world.incidents
  world.incidents.query = (pk, prefix) => {
    asked.push(pk)
    return query.call(world.incidents, pk, prefix)
  }
  await minute()
  expect(asked).not.toContain('subscribers#pay')
  await tell({ state: 'resolved' })
  await minute()
  expect(asked).toContain('subscribers#pay')
  expect(mail.received).toHaveLength(3)
})

it('several updates at once are a mail each, in their order, and what a crash or a full server keeps back comes later', async () => {
  await subscribed()
  await tell()
  await tell({ state: 'identified' })
  mail.fail({ stage: 'rcpt-to', kind: 'refuse', code: 451 })
  await minutes(8)
  expect(mail.received.slice(1).map(({ subject }) => subject.split('— ')[1])).toEqual(['Investigating', 'Identified'])
})

it('a mail calls what has lasted for days as it was called when it began', async () => {
  await subscribed()
  await tell({ heading: { en: 'Cards' } })
  await minute()
  world.now += 3 * 24 * 60 * MINUTE
  await tell({ state: 'identified' })
  await minute()
  expect(mail.received.at(-1)?.subject).toBe('[Example] Cards — Identified')
})

it('an address that takes no mail is forgotten, and a login that is not taken forgets nobody', async () => {
  await subscribed()
  await tell()
  mail.fail(...Array.from({ length: 7 }, () => ({ stage: 'auth' as const, kind: 'refuse' as const, code: 535 })))
  for (let count = 0; count < 42 && mail.failuresLeft > 0; count++) await minute()
  expect(mail.failuresLeft).toBe(0)
  expect(await readSubscribers('pay', world.io())).toMatchObject([{ state: 'active' }])
  mail.fail(...Array.from({ length: 5 }, () => ({ stage: 'rcpt-to' as const, kind: 'refuse' as const, code: 550 })))
  await minutes(12)
  expect(await readSubscribers('pay', world.io())).toMatchObject([{ state: 'gone', address: '' }])
  expect(mail.received).toHaveLength(1)
})

it('the question itself comes later where a server puts it off, as those do that see us first; whoever refuses it is not asked again', async () => {
  mail.fail({ stage: 'rcpt-to', kind: 'refuse', code: 451 })
  await ask()
  expect(mail.received).toEqual([])
  await minutes(7)
  expect(mail.received).toMatchObject([{ subject: 'Confirm your subscription: Example' }])
  mail.fail({ stage: 'rcpt-to', kind: 'refuse', code: 550 })
  await ask('nobody@example.com')
  expect(await readSubscribers('pay', world.io())).toContainEqual(
    expect.objectContaining({ state: 'gone', address: '' }),
  )
  await minutes(7)
  expect(mail.received).toHaveLength(1)
})

it('a question that its server puts off for a day is forgotten like one without an answer', async () => {
  mail.fail(...Array.from({ length: 300 }, () => ({ stage: 'rcpt-to' as const, kind: 'refuse' as const, code: 451 })))
  await ask()
  for (let hour = 0; hour < 25; hour++) {
    world.now += 59 * MINUTE
    await minute()
  }
  expect(await readSubscribers('pay', world.io())).toEqual([])
})

it('of very many updates each is mailed once', async () => {
  await subscribed()
  const [{ name } = expect.fail()] = await readSubscribers('pay', world.io())
  for (let count = 0; count < 201; count++) await tell({ of: `i${count}` })
  const told = (await readPosts('pay', world.io())).slice(0, 200).map(postName)
  await changeSubscriber('pay', name, (before) => before && { ...before, told }, world.io())
  await minutes(3)
  expect(mail.received).toHaveLength(2)
})

it('a page that has moved is where the configuration says, and programs of mail end as many subscriptions as they like', async () => {
  await subscribed()
  world.config.status = { pay: { ...page, url: 'https://status.example.com/pay' } }
  await tell()
  await minute()
  const [, leave = ''] =
    /<https:\/\/status\.example\.com\/pay(\/leave\S+)>/.exec(String(mail.received[1]?.headers['list-unsubscribe'])) ??
    []
  for (let press = 0; press < 7; press++) expect((await reader.post(`/status/pay${leave}`, {})).status).toBe(200)
})

it('those whose servers put them off hold up nobody else', async () => {
  await tell()
  const keep = (one: Subscriber) => changeSubscriber('pay', one.name, () => one, world.io())
  for (let count = 0; count < 100; count++) await keep({ ...active, name: `a${count}`, busyUntil: world.now })
  await keep({ ...active, name: 'z' })
  await tellSubscribers(world.config, async () => 0, world.io())
  expect(world.queue[0]?.message).toMatchObject({ subscriber: 'z' })
})

it('an address that was sealed by another secret is forgotten, and comes back as no dead letter', async () => {
  const address = sealAddress(ann, 'another')
  await changeSubscriber('pay', 'old', () => ({ ...active, address }), world.io())
  await tell()
  await minute()
  expect(await readSubscribers('pay', world.io())).toMatchObject([{ state: 'gone', address: '' }])
})

it('the table gives away no address, and nobody learns who is subscribed', async () => {
  await subscribed()
  const rows = JSON.stringify([...world.incidents.rows.values(), ...world.queue])
  expect(rows).not.toContain('ann@')
  const sealed = sealAddress(ann, 'secret')
  expect(openAddress(sealed, 'secret')).toBe(ann)
  expect(() => openAddress(sealed, 'another')).toThrow()
  const mails = mail.received.length
  const again = await ask()
  const other = await ask('bob@example.com')
  expect(again.text).toBe(other.text)
  expect(mail.received.slice(mails).map(({ envelope }) => envelope.to)).toEqual([['bob@example.com']])
})

it.each([
  ['no address', 'ann', 400],
  ['two', 'ann@example.com,bob@example.com', 400],
  ['a line of a header', 'ann@example.com\r\nBcc: all@example.com', 400],
  ['one in angle brackets', 'Ann <ann@example.com>', 400],
  ['a long one', `${'x'.repeat(260)}@example.com`, 400],
])('%s is refused', async (_, address, status) => {
  expect((await ask(address)).status).toBe(status)
  expect(mail.received).toEqual([])
})

it('another site’s form, forged links and pages without subscriptions lead nowhere', async () => {
  expect((await ask(ann, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  await ask()
  const link = linkIn('confirm')
  expect((await reader.post(link.replace(/t=./, 't=_'), {})).status).toBe(404)
  expect((await reader.get(link.replace(/t=./, 't=_'))).status).toBe(404)
  expect((await reader.post(link.replace('/confirm', '/leave'), {})).status).toBe(404)
  world.now += 25 * 60 * MINUTE
  expect((await reader.post(link, {})).status).toBe(404)
  const { subscribe: _, ...without } = page
  world.config.status = { pay: without }
  const other = new Visitor(world, { access: 'closed' })
  expect((await other.get('/status/pay')).text).not.toContain('<form')
  expect((await other.post('/status/pay/subscribe', { email: ann })).status).toBe(404)
})

it('whoever loads the answer again has the form, a wrong address has it once more, and each answer leads back', async () => {
  const again = await reader.get('/status/pay/subscribe?lang=zh')
  expect(again.status).toBe(200)
  expect(again.text).toMatch(/订阅本页的更新.*action="subscribe\?lang=zh".*返回状态页/s)
  const wrong = await ask('not an address')
  expect([wrong.status, wrong.text]).toEqual([400, expect.stringMatching(/action="subscribe\?lang=en".*name="email"/s)])
  const taken = await ask()
  expect(taken.text).not.toContain('<form')
  for (const { text } of [wrong, taken, await reader.get(linkIn('confirm'))])
    expect(text).toMatch(/href="https:\/\/console.example.com\/status\/pay\?lang=en">Back to the status page/)
})

it('whoever is not let in, or has made up a link, has no form and no way to a page', async () => {
  for (const path of ['/status/nobody/subscribe', '/status/pay/confirm?s=x&t=y', '/status/pay/leave?s=x&t=y']) {
    const { status, text } = await reader.get(path)
    expect([path, status]).toEqual([path, 404])
    expect(text).not.toMatch(/<form|Back to/)
  }
})
