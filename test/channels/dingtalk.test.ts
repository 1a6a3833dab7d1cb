import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dingtalk, sign } from '../../shared/channels/dingtalk/dingtalk.ts'
import { at, exhausted, lin, messageOf, opened, resolved, wang } from '../messages/notices.ts'
import { type DingtalkSimulator, startDingtalkSimulator } from '../simulators/dingtalk.ts'
import { eachRow } from './each-row.ts'
import { answering, group, ioWith } from './io.ts'

const settings = { token: 'robot-token', secret: 'SEC0123456789abcdef' }
let vendor: DingtalkSimulator
const send = (notice = opened, changes = {}) =>
  dingtalk.send(messageOf(notice, changes), group, settings, ioWith({ FENGHUO_DINGTALK_URL: vendor.url }))

beforeEach(async () => {
  vendor = await startDingtalkSimulator({
    robots: [{ ...settings, keyword: '烽火' }],
    now: () => at('02:14'),
  })
})
afterEach(() => vendor.close())

const wrapped = (url: string) => `dingtalk://dingtalkclient/page/link?pc_slide=false&url=${encodeURIComponent(url)}`

describe('what the group sees', () => {
  test('opened', async () => {
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received).toHaveLength(1)
    expect(vendor.received[0]).toMatchObject({
      title: '严重 不可用 | 支付 / 收银台 #1024',
      atMobiles: ['13800000001'],
      atUserIds: [],
      isAtAll: false,
    })
    expect(vendor.received[0]?.text).toBe(
      [
        '#### **严重 不可用 | 支付 / 收银台** #1024',
        '',
        '- 起于 02:13，已 1 分钟，3 处中 2 处失败',
        '- 腾讯云广州：**连接超时 5.0s**',
        '- 阿里云杭州：**HTTP 502，213ms**',
        '- AWS 新加坡：正常，182ms',
        '- 目标：https://pay.example.com/healthz',
        '- 正在呼叫 @13800000001，02:19 前无人认领转 王磊',
        '',
        `[认领](${wrapped('https://oncall.example.com/a/xyz')}) | ` +
          `[详情](${wrapped('https://oncall.example.com/i/1024')}) | ` +
          `[手册](${wrapped('https://wiki.example.com/runbook/pay/web')})`,
        '',
        '烽火 2026-11-22 02:14 (UTC+8)',
      ].join('\n'),
    )
  })

  test('resolved, without any mention', async () => {
    await send({ ...resolved, calling: [lin] })
    expect(vendor.received[0]).toMatchObject({ atMobiles: [], atUserIds: [], isAtAll: false })
    expect(vendor.received[0]?.text).toContain('#### 已恢复 | 支付 / 收银台 #1024')
    expect(vendor.received[0]?.text).not.toContain('@')
  })

  test.each([
    ['zh', '@所有人'],
    ['en', '@All'],
  ] as const)('exhausted tells everybody, in %s', async (language, everybody) => {
    await send(exhausted, { language })
    expect(vendor.received[0]).toMatchObject({ isAtAll: true })
    expect(vendor.received[0]?.text).toMatch(new RegExp(`^#### .*${everybody}\n`))
  })

  test('by user id where one is given; a foreign number is not guessed', async () => {
    await send({ ...opened, calling: [wang, { contact: 'tan', name: 'Tan Wei' }] })
    expect(vendor.received[0]).toMatchObject({ atMobiles: [], atUserIds: ['wang_lei'] })
    expect(vendor.received[0]?.text).toContain('正在呼叫 @wang_lei、Tan Wei，')
  })

  test('a robot without a secret is not signed', async () => {
    const open = await startDingtalkSimulator({ robots: [{ token: 't', keyword: '烽火' }], now: () => at('02:14') })
    const io = ioWith({ FENGHUO_DINGTALK_URL: open.url })
    expect(await dingtalk.send(messageOf(opened, { language: 'en' }), group, { token: 't' }, io)).toEqual({
      status: 'sent',
    })
    expect(open.requests[0]?.query).toBe('access_token=t')
    await open.close()
  })
})

describe('the vendor has a bad day', () => {
  test.each([
    ['over the rate', { kind: 'rate-limit' }, { status: 'retry', afterMs: 600_000 }],
    ['busy', { kind: 'error', code: -1 }, { status: 'retry', afterMs: 2_000 }],
    ['a page of HTML', { kind: 'garbage' }, { status: 'unknown' }],
    ['a reset after it acted', { kind: 'reset', taken: true }, { status: 'unknown' }],
    ['HTTP 502', { kind: 'http', status: 502 }, { status: 'unknown' }],
  ] as const)('%s', async (_, failure, delivery) => {
    vendor.fail(failure)
    expect(await send()).toMatchObject(delivery)
    expect(vendor.requests).toHaveLength(1)
  })

  test('a wrong secret is refused, and neither secret nor token is told', async () => {
    const io = ioWith({ FENGHUO_DINGTALK_URL: vendor.url })
    const delivery = await dingtalk.send(messageOf(opened), group, { ...settings, secret: 'SECwrong' }, io)
    expect(delivery).toEqual({
      status: 'failed',
      failure: { class: 'security-setting', vendor: 'dingtalk', code: '310000', said: 'sign not match' },
    })
  })
})

test.each([
  ['keywords not in content', 'no-keyword'],
  ['ip 203.0.113.9 not in whitelist', 'our-address'],
  ['sign not match', 'security-setting'],
  ['invalid timestamp', 'security-setting'],
])('its security says by words alone what it misses: %s', async (errmsg, kind) => {
  const delivery = await dingtalk.send(messageOf(opened), group, settings, answering({ errcode: 310000, errmsg }))
  expect(delivery).toMatchObject({ status: 'failed', failure: { class: kind, said: errmsg } })
})

// open.dingtalk.com, 自定义机器人接入 and 全局错误码
test.each([
  [0, 'sent', 'accepted'],
  [-1, 'retry', 'busy'],
  [130101, 'retry', 'over 20 a minute: after ten minutes'],
  [410100, 'retry', 'rate limited'],
  [310000, 'failed', 'keyword, signature or address'],
  [300001, 'failed', 'no such token'],
  [400101, 'failed', 'no such token'],
  [400102, 'failed', 'disabled'],
  [400013, 'failed', 'group gone'],
  [400105, 'failed', 'message type'],
  [400106, 'failed', 'robot missing'],
  [430101, 'failed', 'content refused'],
  [430102, 'failed', 'content refused'],
  [430103, 'failed', 'content refused'],
  [430104, 'failed', 'link refused'],
  [40035, 'failed', 'empty or invalid JSON'],
  [43004, 'failed', 'wrong content type'],
  [99999, 'failed', 'any other code is a refusal'],
])('errcode %i is %s: %s', async (errcode, status) => {
  const io = answering({ errcode, errmsg: 'as documented' })
  expect((await dingtalk.send(messageOf(opened), group, settings, io)).status).toBe(status)
})

test('the signature of a known moment', () => {
  const vectors = new URL('../samples/robot-sign-vectors.selfcomputed.json', import.meta.url)
  const { secret, timestampMs, signBase64 } = JSON.parse(readFileSync(vectors, 'utf8')).dingtalk
  expect(sign(Number(timestampMs), secret)).toBe(signBase64)
})

test('with buttons, what can be acknowledged is an ActionCard whose links open in the browser; the rest mentions as before', async () => {
  const robot = { ...settings, buttons: true }
  expect(await dingtalk.send(messageOf(opened), group, robot, ioWith({ FENGHUO_DINGTALK_URL: vendor.url }))).toEqual({
    status: 'sent',
  })
  await dingtalk.send(messageOf(exhausted), group, robot, ioWith({ FENGHUO_DINGTALK_URL: vendor.url }))
  expect(vendor.received.map(({ msgtype, isAtAll }) => [msgtype, isAtAll])).toEqual([
    ['actionCard', false],
    ['markdown', true],
  ])
  expect(vendor.received[0]?.text).toContain('烽火')
  const [{ body } = { body: Buffer.from('{}') }] = vendor.requests
  const { btns } = JSON.parse(body.toString()).actionCard
  expect(btns[0]).toEqual({
    title: '认领',
    actionURL: 'dingtalk://dingtalkclient/page/link?pc_slide=false&url=https%3A%2F%2Foncall.example.com%2Fa%2Fxyz',
  })
})

describe('a code of the vendor’s table', () => {
  eachRow('dingtalk', dingtalk.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })
})
