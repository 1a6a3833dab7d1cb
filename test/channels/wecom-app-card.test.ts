import { afterEach, beforeEach, expect, test } from 'vitest'
import { wecomApp } from '../../shared/channels/wecom-app/wecom-app.ts'
import { acknowledged, at, messageOf, opened, resolved } from '../messages/notices.ts'
import { startWecomAppSimulator, type WecomAppSimulator } from '../simulators/wecom-app.ts'
import { group, ioWith, memory } from './io.ts'

const account = { corp: 'ww01', secret: 'demo-secret', agent: 1000002 }
const settings = { ...account, to: ['LinYue'], callback: { token: 'FhToken123', aesKey: 'a'.repeat(43) } }
const links = { acknowledge: 'https://oncall.example.com/ack?t=abc.def', token: 'abc.def' }

let now: number
let vendor: WecomAppSimulator
let kept: ReturnType<typeof memory>
const send = (notice = opened, app: Parameters<typeof wecomApp.send>[2] = settings, of = links) =>
  wecomApp.send(
    messageOf(notice, { links: of }),
    group,
    app,
    ioWith({ FENGHUO_WECOM_APP_URL: vendor.url }, { memory: kept, now: () => now }),
  )

beforeEach(async () => {
  now = at('02:14')
  kept = memory(() => now)
  vendor = await startWecomAppSimulator({ applications: [{ ...account, members: ['LinYue'] }], now: () => now })
})
afterEach(() => vendor.close())

test('what can be acknowledged is a card whose buttons take it, pass it on and silence it', async () => {
  expect(await send()).toEqual({ status: 'sent' })
  expect(vendor.received).toMatchObject([
    {
      card: { keys: ['acknowledge:abc.def', 'pass:abc.def', 'silence:abc.def'] },
      content: [
        '严重 不可用 | 支付 / 收银台 #1024',
        '起于 02:13，已 1 分钟，3 处中 2 处失败',
        '腾讯云广州：连接超时 5.0s',
        '阿里云杭州：HTTP 502，213ms',
        'AWS 新加坡：正常，182ms',
        '目标：https://pay.example.com/healthz',
        '正在呼叫 林悦，02:19 前无人认领转 王磊',
      ].join('\n'),
    },
  ])
})

test('when somebody has it, a text says so and every card of the incident does, too', async () => {
  await send()
  now += 60_000
  await send({ ...opened, kind: 'escalated', at: now })
  await send(acknowledged)
  expect(vendor.received.map(({ card }) => card?.replaced)).toEqual(['林悦已认领', '林悦已认领', undefined])
  expect(vendor.refused).toEqual([])
})

test('a code is used once: after a press brought another, the end is shown as well', async () => {
  await send()
  await send(acknowledged)
  await send(resolved)
  expect(vendor.received[0]?.card?.replaced).toBe('林悦已认领')
  expect(vendor.refused).toEqual([])
})

test('a card that the vendor refuses for its form is a text instead', async () => {
  await send()
  vendor.fail({ kind: 'error', code: 41048 })
  expect(await send()).toEqual({ status: 'sent' })
  expect(vendor.received[1]).toMatchObject({ to: ['LinYue'], content: expect.stringContaining('烽火 2026-11-22') })
  expect(vendor.received[1]?.card).toBeUndefined()
})

test('a card that can not be changed any more costs nothing', async () => {
  await send()
  vendor.fail({ kind: 'error', code: 42014, after: 1 })
  expect(await send(acknowledged)).toEqual({ status: 'sent' })
  expect(vendor.failuresLeft).toBe(0)
})

test.each([
  ['without a callback nobody would hear of the button', { ...account, to: ['LinYue'] }, links],
  ['a token that is longer than a button carries', settings, { ...links, token: 'x'.repeat(1013) }],
])('%s: a text', async (_, app, of) => {
  expect(await send(opened, app, of)).toEqual({ status: 'sent' })
  expect(vendor.received[0]?.card).toBeUndefined()
})
