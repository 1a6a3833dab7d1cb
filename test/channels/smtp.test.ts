import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { errors } from '../../shared/channels/smtp/errors.ts'
import { smtp } from '../../shared/channels/smtp/smtp.ts'
import type { Failure } from '../../shared/contracts/failure.ts'
import { failureText } from '../../shared/messages/failure.ts'
import { mailAddress } from '../../shared/oncall/address.ts'
import { at, messageOf, opened, resolved } from '../messages/notices.ts'
import { type SmtpEvent, type SmtpSimulator, startSmtpSimulator } from '../simulators/smtp.ts'
import { ioWith } from './io.ts'

const page = { ...opened, kind: 'page' as const }
const lin = { email: 'lin@example.com', people: {} }
let server: SmtpSimulator
/** Aborts when the server fails as it was told to. */
let failed: AbortController
const settings = (changes = {}) => ({
  host: '127.0.0.1',
  port: server.port,
  user: 'oncall',
  password: 'mail-password',
  from: '烽火 <oncall@example.com>',
  ca: server.ca,
  ...changes,
})
const send = (changes = {}, message = messageOf(page), io = ioWith()) => smtp.send(message, lin, settings(changes), io)

beforeEach(async () => {
  failed = new AbortController()
  const onEvent = ({ type }: SmtpEvent) => type === 'failed' && failed.abort()
  server = await startSmtpSimulator({ users: { oncall: 'mail-password' }, now: () => at('02:14'), onEvent })
})
afterEach(() => server.close())

describe('what arrives', () => {
  test('an HTML part beside the text: light and dark, one button, nothing that others wrote is markup', async () => {
    const links = [{ href: 'javascript:alert(1)', text: 'x' }]
    await send({}, messageOf({ ...page, title: '<img src=x onerror=alert(1)>', links }))
    const html = server.received[0]?.html ?? ''
    expect(html).toContain('<a class="button" href="https://oncall.example.com/a/xyz">认领</a>')
    expect(html.match(/class="button"/g)).toHaveLength(1)
    expect(html).toContain('<b>连接超时 5.0s</b>')
    expect(html).toContain('@media(prefers-color-scheme:dark)')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toMatch(/<(img|script)|javascript:/)
  })

  test('over STARTTLS: subject, text, envelope', async () => {
    expect(await send()).toMatchObject({ status: 'sent' })
    expect(server.received).toMatchObject([
      {
        envelope: { from: 'oncall@example.com', to: ['lin@example.com'] },
        subject: '[烽火] 严重 不可用 | 支付 / 收银台 #1024',
        user: 'oncall',
      },
    ])
    expect(server.received[0]?.text).toMatch(/^严重 不可用 \| 支付 \/ 收银台 #1024\n起于 02:13，已 1 分钟/)
    expect(server.received[0]?.text).toContain('认领: https://oncall.example.com/a/xyz')
    expect(server.received[0]?.headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      date: 'Sat, 21 Nov 2026 18:14:00 +0000',
    })
  })

  test('over TLS from the first byte', async () => {
    expect(await send({ port: server.securePort, secure: true })).toMatchObject({ status: 'sent' })
    expect(server.received).toHaveLength(1)
  })

  test('a repeat has the same Message-ID, another notice or reader another, all in one thread', async () => {
    await send()
    await send({}, messageOf(page, { repeat: true }))
    await send({}, messageOf({ ...page, at: at('02:19') }))
    await send({}, messageOf(resolved))
    await smtp.send(messageOf(page), { email: 'wang@example.com', people: {} }, settings(), ioWith())
    const ids = server.received.map(({ headers }) => headers['message-id'])
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/)
    expect(ids[1]).toBe(ids[0])
    expect(new Set(ids).size).toBe(4)
    const threads = server.received.map(({ headers }) => headers.references)
    expect(new Set(threads.slice(0, 4)).size).toBe(1)
    expect(threads[4]).not.toBe(threads[0])
    expect(server.received[1]?.subject).toContain('（可能重复）')
  })
})

describe('who it is from', () => {
  test.each([
    ['oncall@example.com', 'oncall@example.com', 'oncall@example.com', 'example.com'],
    ['Fenghuo <oncall@example.com>', 'Fenghuo <oncall@example.com>', 'oncall@example.com', 'example.com'],
    ['"Fenghuo" <oncall@example.com>', 'Fenghuo <oncall@example.com>', 'oncall@example.com', 'example.com'],
    [
      'Alert: Fenghuo <oncall@example.com>',
      '"Alert: Fenghuo" <oncall@example.com>',
      'oncall@example.com',
      'example.com',
    ],
    ['Pay, night <oncall@example.com>', '"Pay, night" <oncall@example.com>', 'oncall@example.com', 'example.com'],
    ['值班 <oncall@例子.公司>', '值班 <oncall@xn--fsqu00a.xn--55qx5d>', 'oncall@例子.公司', 'xn--fsqu00a.xn--55qx5d'],
  ])('%s', async (from, header, envelope, ehlo) => {
    expect(await send({ from })).toMatchObject({ status: 'sent' })
    expect(server.received).toMatchObject([{ from: header, envelope: { from: envelope }, utf8: false, ehlo }])
  })

  test.each([
    ['fenghuo.example.org', 'fenghuo.example.org'],
    ['烽火.公司', 'xn--vnx1l.xn--55qx5d'],
  ])('a greeting of its own: %s', async (written, ehlo) => {
    expect(await send({ ehlo: written })).toMatchObject({ status: 'sent' })
    expect(server.received).toMatchObject([{ ehlo }])
  })

  test.each(['fenghuo server', ''])('%j is no greeting, and not sent as one', async (ehlo) => {
    const parsed = smtp.settings.safeParse({ ...smtp.example, ehlo })
    expect(parsed.error?.issues).toMatchObject([{ path: ['ehlo'], message: expect.stringContaining('no') }])
    expect(await send({ ehlo })).toMatchObject({ status: 'sent' })
    expect(server.received).toMatchObject([{ ehlo: 'example.com' }])
  })

  test.each([
    ['Fenghuo', 'a name alone'],
    ['oncall', 'a local part alone'],
    ['Fenghuo <oncall>', 'no domain'],
    ['a@b@example.com', 'two domains'],
    ['Fenghuo <on call@example.com>', 'a blank in the address'],
    ['oncall@exa_mple.com\nBcc: x@example.com', 'a second header'],
    ['值班 <值班@例子.公司>', 'a name that not every server takes'],
    ['', 'nothing'],
  ])('%j is refused by the configuration, and never goes out as an empty sender: %s', async (from) => {
    const parsed = smtp.settings.safeParse({ ...smtp.example, from })
    expect(parsed.error?.issues).toMatchObject([
      { path: ['from'], message: expect.stringContaining('no mail address') },
    ])
    expect(await send({ from })).toMatchObject({ status: 'failed', failure: { class: 'not-configured' } })
    expect(server.received).toEqual([])
  })

  test('a reference stands for one', () => {
    expect(smtp.settings.safeParse({ ...smtp.example, from: '${MAIL_FROM}' }).success).toBe(true)
  })
})

test('a server that lets strangers wait for seven seconds before it greets them is waited for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const postscreen = createServer(async (socket) => {
    // By then the client has begun to wait.
    for (let turns = 0; turns < 20; turns++) await turn()
    vi.advanceTimersByTime(7_000)
    vi.useRealTimers()
    const behind = connect(server.port, '127.0.0.1').on('error', () => socket.destroy())
    socket
      .on('error', () => behind.destroy())
      .pipe(behind)
      .pipe(socket)
  })
  onTestFinished(() => {
    vi.useRealTimers()
    postscreen.close()
  })
  await once(postscreen.listen(0, '127.0.0.1'), 'listening')
  expect(await send({ port: (postscreen.address() as AddressInfo).port })).toMatchObject({ status: 'sent' })
  expect(smtp.limits.answerMs).toBeGreaterThan(7_000)
})

describe('who gets it', () => {
  test.each([
    ['lin@例子.公司', 'lin@例子.公司', false, 'a domain of other letters goes out in ASCII'],
    ['lin@xn--fsqu00a.xn--55qx5d', 'lin@例子.公司', false, 'as it does where it is written so'],
    ['林悦@例子.公司', '林悦@例子.公司', true, 'a name of other letters needs a server that says it takes them'],
  ])('%s', async (email, to, utf8, reason) => {
    expect(mailAddress.schema.safeParse(email).success).toBe(true)
    const sent = await smtp.send(messageOf(page), { email, people: {} }, settings(), ioWith())
    expect(sent, reason).toMatchObject({ status: 'sent' })
    expect(server.received, reason).toMatchObject([{ envelope: { to: [to] }, utf8 }])
  })

  test.each([
    [553, '5.6.7 Non-ASCII addresses not permitted', true],
    [550, 'SMTPUTF8 is required, but was not offered', true],
    [550, '5.1.1 No such user', false],
  ])('a server that refuses such a name: %i %s', async (code, message, isTold) => {
    server.fail({ stage: 'rcpt-to', kind: 'refuse', code, message })
    const delivery = await smtp.send(messageOf(page), { email: '林悦@例子.公司', people: {} }, settings(), ioWith())
    expect(delivery).toMatchObject({ status: 'failed', failure: { class: 'refused', code: String(code) } })
    const said = failureText((delivery as { failure: Failure }).failure, 'en', { smtp })
    expect(said.includes('give the contact an address in ASCII')).toBe(isTold)
  })
})

describe('TLS is verified', () => {
  test('an authority that nobody knows: failed, and no password went out', async () => {
    const { ca: _, ...untrusting } = settings()
    expect(await smtp.send(messageOf(page), lin, untrusting, ioWith())).toEqual({
      status: 'failed',
      failure: { class: 'certificate', vendor: 'smtp' },
    })
    expect(server.received).toEqual([])
  })

  test('a server without STARTTLS gets neither password nor mail', async () => {
    const lines: string[] = []
    const plain = createServer((socket) => {
      socket.write('220 plain\r\n')
      socket.on('data', (data) => {
        lines.push(data.toString().trim())
        socket.write(data.toString().startsWith('EHLO') ? '250 plain\r\n' : '502 no\r\n')
      })
      socket.on('error', () => {})
    })
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    const address = plain.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await send({ port })).toMatchObject({ status: 'failed', failure: { said: expect.stringContaining('502') } })
    expect(lines.join(' ')).not.toMatch(/AUTH|MAIL/)
    await new Promise((resolve) => plain.close(resolve))
  })
})

describe('the server has a bad day', () => {
  test.each([
    ['busy at connect', { stage: 'connect', kind: 'refuse', code: 421 }, 'retry', '4xx is for now'],
    ['greylisted', { stage: 'rcpt-to', kind: 'refuse', code: 450 }, 'retry', '4xx is for now'],
    ['no such mailbox', { stage: 'rcpt-to', kind: 'refuse', code: 550 }, 'failed', '5xx is for good'],
    ['sender refused', { stage: 'mail-from', kind: 'refuse', code: 553 }, 'failed', '5xx is for good'],
    ['full at the end', { stage: 'data', kind: 'refuse', code: 452 }, 'retry', 'it says that it did not take it'],
    ['spam at the end', { stage: 'data', kind: 'refuse', code: 554 }, 'failed', 'it says that it did not take it'],
    ['login busy', { stage: 'auth', kind: 'refuse', code: 454 }, 'retry', '4xx is for now'],
    ['reset at connect', { stage: 'connect', kind: 'reset' }, 'retry', 'nothing was sent'],
    ['reset at login', { stage: 'auth', kind: 'reset' }, 'retry', 'nothing was sent'],
    ['reset at the recipient', { stage: 'rcpt-to', kind: 'reset' }, 'retry', 'no mail was sent'],
    ['reset after the mail', { stage: 'data', kind: 'reset', taken: true }, 'unknown', 'it may have taken it'],
  ] as const)('%s', async (_, failure, status, reason) => {
    server.fail(failure)
    const delivery = await send()
    expect(delivery.status, reason).toBe(status)
    expect(server.failuresLeft).toBe(0)
    expect(JSON.stringify(delivery)).not.toContain('mail-password')
  })

  const ofLogins = Object.entries(errors.codes).filter(([, { whenSaid }]) => whenSaid === undefined)
  test.each(ofLogins)('a login that is refused with %s', async (code, { class: kind }) => {
    server.fail({ stage: 'auth', kind: 'refuse', code: Number(code) })
    expect(await send()).toMatchObject({ status: 'failed', failure: { class: kind, vendor: 'smtp' } })
  })

  test('no answer after the mail, within the time it has', async () => {
    server.fail({ stage: 'data', kind: 'timeout', taken: true })
    const io = ioWith({}, { signal: failed.signal })
    expect(await send({}, messageOf(page), io)).toMatchObject({ status: 'unknown' })
    expect(server.received).toHaveLength(1)
  })

  test('no answer before the mail, within the time it has', async () => {
    server.fail({ stage: 'mail-from', kind: 'timeout' })
    const io = ioWith({}, { signal: failed.signal })
    expect(await send({}, messageOf(page), io)).toMatchObject({ status: 'retry' })
  })

  test('wrong password', async () => {
    expect(await send({ password: 'other' })).toMatchObject({
      status: 'failed',
      failure: { class: 'bad-credentials', code: '535' },
    })
  })

  test('nobody listens, no such host', async () => {
    await server.close()
    expect(await send()).toMatchObject({ status: 'retry' })
    expect(await send({ host: 'mail.invalid' })).toMatchObject({ status: 'retry' })
  })

  test('no address', async () => {
    expect(await smtp.send(messageOf(page), { people: {} }, settings(), ioWith())).toEqual({
      status: 'failed',
      failure: { class: 'no-address', vendor: 'smtp', of: 'email' },
    })
  })
})
