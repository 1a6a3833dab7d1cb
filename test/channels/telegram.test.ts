import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { telegram } from '../../shared/channels/telegram/telegram.ts'
import { at, messageOf, opened } from '../messages/notices.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { startTelegramSimulator, type TelegramMessage } from '../simulators/telegram.ts'
import { eachRow } from './each-row.ts'
import { group, ioWith } from './io.ts'

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
