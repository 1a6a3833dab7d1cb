import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { telegramCallback } from '../../shared/channels/telegram/telegram.callback.ts'
import { telegram } from '../../shared/channels/telegram/telegram.ts'
import { acknowledged, at, messageOf, opened } from '../messages/notices.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { pressInTelegram, startTelegramSimulator, type TelegramMessage } from '../simulators/telegram.ts'
import { eachRow } from './each-row.ts'
import { group, ioWith, memory } from './io.ts'

const settings = { token: '7:abc', chat: -1001 }
const people = { ...group.people, lin: { name: '林悦', telegram: 'lin_yue' } }
let vendor: MessageVendor<TelegramMessage>
const send = (notice = opened, bot: Parameters<typeof telegram.send>[2] = settings) =>
  telegram.send(messageOf(notice), { people }, bot, ioWith({ FENGHUO_TELEGRAM_URL: vendor.url }))

beforeEach(async () => {
  vendor = await startTelegramSimulator({
    token: '7:abc',
    chats: ['-1001', '-1002'],
    moved: { '-1000': -1002 },
    now: () => at('02:14'),
  })
})
afterEach(() => vendor.close())

test('opened: who is called is mentioned, the ack link is the button', async () => {
  expect(await send()).toEqual({ status: 'sent' })
  expect(vendor.received).toMatchObject([{ chat: '-1001', button: 'https://oncall.example.com/a/xyz' }])
  expect(vendor.received[0]?.html).toMatch(/^<b>严重 不可用 \| 支付 \/ 收银台<\/b> #1024\n/)
  expect(vendor.received[0]?.html).toContain('正在呼叫 @lin_yue，')
})

test('a link to a host that Telegram takes no button for is text, and costs no message', async () => {
  const links = { acknowledge: 'http://pager/ack?t=1', detail: 'https://console.example.com/incidents/1024' }
  const bot = ioWith({ FENGHUO_TELEGRAM_URL: vendor.url })
  const notice = { ...opened, runbook: 'http://wiki/pay' }
  expect(await telegram.send(messageOf(notice, { links }), { people }, settings, bot)).toEqual({ status: 'sent' })
  expect(vendor.received).toMatchObject([{ button: links.detail, pressed: '详情' }])
  expect(vendor.received[0]?.text).toContain('认领: http://pager/ack?t=1 | 手册: http://wiki/pay')
  expect(vendor.refused).toEqual([])
})

test('somebody who has it is told with a button that leads to the whole of it', async () => {
  const links = { acknowledge: 'https://a.example.com/ack', detail: 'https://console.example.com/incidents/1024' }
  const bot = ioWith({ FENGHUO_TELEGRAM_URL: vendor.url })
  await telegram.send(messageOf(acknowledged, { links }), { people }, settings, bot)
  expect(vendor.received).toMatchObject([{ button: links.detail }])
})

test('what others wrote is no markup', async () => {
  expect(await send({ ...opened, title: '<b>a & b</i>' })).toEqual({ status: 'sent' })
  expect(vendor.received[0]?.html).toContain('&lt;b&gt;a &amp; b&lt;/i&gt;')
})

test('a group that has another id now still gets it', async () => {
  expect(await send(opened, { ...settings, chat: -1000 })).toEqual({ status: 'sent' })
  expect(vendor.received).toMatchObject([{ chat: '-1002' }])
})

test('the longest message is cut, and is taken', async () => {
  const sightings = opened.sightings.map((sighting) => ({ ...sighting, detail: '<'.repeat(9_000) }))
  expect(await send({ ...opened, sightings })).toEqual({ status: 'sent' })
})

describe('with a webhook', () => {
  const webhookSecret = 'a-secret-of-the-webhook'
  const bot = { ...settings, webhookSecret }
  const token = `${'p'.repeat(120)}.${'s'.repeat(43)}`
  let kept: ReturnType<typeof memory>
  beforeEach(() => {
    kept = memory(() => at('02:14'))
  })
  const tell = (notice = opened, changes = {}) =>
    telegram.send(
      messageOf(notice, { links: { acknowledge: 'https://oncall.example.com/ack?t=abc', token }, ...changes }),
      { people },
      bot,
      ioWith({ FENGHUO_TELEGRAM_URL: vendor.url }, { memory: kept }),
    )
  const read = (data: string, secret = webhookSecret) => {
    const { headers, body } = pressInTelegram({ id: 42, username: 'lin_yue' }, data, secret)
    return telegramCallback.read(
      { method: 'POST', query: new URLSearchParams(), headers, body },
      { webhookSecret },
      0,
      '',
    )
  }

  test('a message has three buttons, whose presses lead to its link, and which go when somebody has it', async () => {
    expect(await tell()).toEqual({ status: 'sent' })
    const acts = vendor.received[0]?.acts ?? []
    expect(acts.map(({ text }) => text)).toEqual(['认领', '转交', '静默1小时'])
    const presses = acts.map(({ data }) => read(data))
    expect(presses).toMatchObject(
      ['acknowledge', 'pass', 'silence'].map((act) => ({ act, id: 'lin_yue', otherId: '42' })),
    )
    for (const press of presses) expect(await kept.read('kept' in press ? (press.kept ?? '') : '')).toBe(token)
    await tell(acknowledged)
    expect(vendor.received[0]).not.toHaveProperty('acts')
    expect(vendor.received[0]?.text).toContain('已认领')
    expect(vendor.refused).toEqual([])
  })

  test('what a digest tells of several changes the message of each', async () => {
    const other = { incident: 'pay#1#other', number: 1025 }
    await tell()
    await tell({ ...opened, ...other })
    const of = [acknowledged, { ...acknowledged, ...other }].map((notice) => ({ notice, repeat: false }))
    await tell(acknowledged, { digest: { of, more: 0 } })
    expect(vendor.received.map(({ acts }) => acts)).toEqual([undefined, undefined, undefined])
    expect(vendor.received[1]?.text).toMatch(/^#1025 林悦已认领/)
  })

  test('whoever pressed reads what became of it, as an alert where nothing did', () => {
    const press = read(`acknowledge:${'0'.repeat(16)}`)
    if (!('once' in press) || !('answer' in press)) return expect.unreachable()
    expect(JSON.parse(press.answer({ result: 'taken', name: '林悦' }, 'zh').body)).toEqual({
      method: 'answerCallbackQuery',
      callback_query_id: press.once,
      text: '林悦已认领',
      show_alert: false,
    })
    expect(JSON.parse(press.answer({ result: 'nobody' }, 'zh').body)).toMatchObject({ show_alert: true })
  })

  test('a press without the secret is refused, and of other buttons nothing is taken', () => {
    expect(read(`acknowledge:${'0'.repeat(16)}`, 'another secret')).toMatchObject({ status: 403 })
    for (const data of ['acknowledge', `other:${'0'.repeat(16)}`, 'x'.repeat(64)])
      expect(read(data)).toMatchObject({ status: 200, body: '' })
  })
})

describe('the vendor says', () => {
  eachRow('telegram', telegram.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })

  test('how long to wait, and that there is no such group or bot', async () => {
    vendor.fail({ kind: 'rate-limit' })
    expect(await send()).toMatchObject({ status: 'retry', afterMs: 14_000 })
    expect(await send(opened, { ...settings, chat: '@none' })).toMatchObject({
      status: 'failed',
      failure: { class: 'recipient-gone' },
    })
    expect(await send(opened, { ...settings, token: 'x' })).toMatchObject({ failure: { class: 'bad-credentials' } })
  })
})
