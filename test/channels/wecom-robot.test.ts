import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { wecomRobot } from '../../shared/channels/wecom-robot/wecom-robot.ts'
import { acknowledged, at, chen, exhausted, messageOf, opened, resolved } from '../messages/notices.ts'
import { startWecomSimulator, type WecomSimulator } from '../simulators/wecom-robot.ts'
import { eachRow } from './each-row.ts'
import { answering, group, ioWith } from './io.ts'

const settings = { key: 'robot-key' }
let wecom: WecomSimulator
const io = () => ioWith({ FENGHUO_WECOM_URL: wecom.url })
const send = (notice = opened, changes = {}) => wecomRobot.send(messageOf(notice, changes), group, settings, io())

beforeEach(async () => {
  wecom = await startWecomSimulator({ keys: ['robot-key'], now: () => at('02:14') })
})
afterEach(() => wecom.close())

describe('what the group sees', () => {
  test('opened', async () => {
    expect(await send()).toEqual({ status: 'sent' })
    expect(wecom.received).toMatchObject([{ msgtype: 'markdown', mentions: ['LinYue'] }])
    expect(wecom.received[0]?.content).toBe(
      [
        '<font color="warning">严重 不可用 | 支付 / 收银台</font> #1024',
        '> 起于 02:13，已 1 分钟，3 处中 2 处失败',
        '> 腾讯云广州：<font color="warning">连接超时 5.0s</font>',
        '> 阿里云杭州：<font color="warning">HTTP 502，213ms</font>',
        '> AWS 新加坡：<font color="info">正常，182ms</font>',
        '> 目标：https://pay.example.com/healthz',
        '> 正在呼叫 <@LinYue>，02:19 前无人认领转 王磊',
        '[认领](https://oncall.example.com/a/xyz) | [详情](https://oncall.example.com/i/1024) | ' +
          '[手册](https://wiki.example.com/runbook/pay/web)',
      ].join('\n'),
    )
  })

  test('acknowledged', async () => {
    await send(acknowledged)
    expect(wecom.received[0]?.content).toBe(
      '#1024 林悦已认领（电话按 1，48 秒）\n> 支付 / 收银台\n[详情](https://oncall.example.com/i/1024)',
    )
  })

  test('resolved, without any mention', async () => {
    await send({ ...resolved, calling: opened.calling })
    expect(wecom.received[0]?.content).toBe(
      [
        '<font color="info">已恢复 | 支付 / 收银台</font> #1024',
        '> 02:13 – 02:25，共 12 分钟',
        '> 3 处全部正常：广州 141ms，杭州 156ms，新加坡 182ms',
        '> 认领：林悦 02:13（电话按 1，用时 48 秒）',
        '> 呼叫 1 次，短信 1 条',
        '[详情](https://oncall.example.com/i/1024)',
      ].join('\n'),
    )
    expect(wecom.received[0]?.mentions).toEqual([])
  })

  test('exhausted: a text to everybody, then the markdown', async () => {
    expect(await send(exhausted)).toEqual({ status: 'sent' })
    expect(wecom.received.map(({ msgtype, mentions }) => ({ msgtype, mentions }))).toEqual([
      { msgtype: 'text', mentions: ['@all'] },
      { msgtype: 'markdown', mentions: [] },
    ])
    expect(wecom.received[0]?.content).toMatch(
      /^无人认领 \| 严重 不可用 \| 支付 \/ 收银台 #1024\n起于 02:13，已 41 分钟。/,
    )
    expect(wecom.received[1]?.content).toContain('> 王磊 ×4：接通未按键（疑似语音信箱）')
  })

  test('somebody without a user id is named, not mentioned', async () => {
    await send({ ...opened, calling: [chen] })
    expect(wecom.received[0]?.content).toContain('> 正在呼叫 陈涛，')
  })

  test('text from outside makes no mention, tag or link', async () => {
    await send({ ...opened, title: '<@all> <font color="info">x</font> [a](https://evil.example)' })
    expect(wecom.received[0]?.mentions).toEqual(['LinYue'])
    expect(wecom.received[0]?.content).toContain('＜@all＞')
    expect(wecom.received[0]?.content).not.toContain('](https://evil.example)')
  })

  test('a message with everything at its longest stays within 2048 bytes', async () => {
    const sightings = Array.from({ length: 30 }, (_, i) => ({
      vantage: `aws/zone-${i}`,
      verdict: 'down' as const,
      fault: { code: 'connection-failed', args: { said: '很长'.repeat(90) } },
    }))
    expect(await send({ ...opened, sightings })).toEqual({ status: 'sent' })
    const content = wecom.received[0]?.content ?? ''
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2048)
    expect(content).toMatch(/…… 另有 \d+ 行/)
    expect(content).toContain('<@LinYue>')
    expect(content).toContain('[认领](')
  })
})

describe('the vendor has a bad day', () => {
  test.each([
    ['over the rate', { kind: 'rate-limit' }, { status: 'retry', afterMs: 60_000 }],
    ['busy', { kind: 'error', code: -1 }, { status: 'retry', afterMs: 2_000 }],
    ['a page of HTML', { kind: 'garbage', taken: true }, { status: 'unknown' }],
    ['a reset after it acted', { kind: 'reset', taken: true }, { status: 'unknown' }],
    ['HTTP 500', { kind: 'http', status: 500 }, { status: 'unknown' }],
    ['HTTP 503', { kind: 'http', status: 503 }, { status: 'retry', afterMs: 5_000 }],
    ['HTTP 404', { kind: 'http', status: 404 }, { status: 'failed' }],
  ] as const)('%s', async (_, failure, delivery) => {
    wecom.fail(failure)
    expect(await send()).toMatchObject(delivery)
    expect(wecom.requests).toHaveLength(1)
  })

  test('no answer within the time it has', async () => {
    wecom.fail({ kind: 'timeout', taken: true })
    const soon = ioWith({ FENGHUO_WECOM_URL: wecom.url }, { signal: AbortSignal.timeout(300) })
    expect(await wecomRobot.send(messageOf(opened), group, settings, soon)).toEqual({
      status: 'unknown',
      failure: { class: 'timeout', vendor: 'wecom-robot' },
    })
  })

  test('nobody listens: nothing was sent', async () => {
    await wecom.close()
    expect(await send()).toEqual({
      status: 'retry',
      afterMs: 5_000,
      failure: { class: 'unreachable', vendor: 'wecom-robot', code: 'ECONNREFUSED' },
    })
  })

  test('a key that no robot has', async () => {
    const delivery = await wecomRobot.send(messageOf(opened), group, { key: 'other' }, io())
    expect(delivery).toEqual({
      status: 'failed',
      failure: {
        class: 'no-such-sender',
        vendor: 'wecom-robot',
        code: '93000',
        said: expect.stringContaining('invalid webhook url'),
      },
    })
  })

  test('too long for the vendor after all: once more, shorter', async () => {
    wecom.fail({ kind: 'error', code: 40058, message: 'markdown.content exceed max length 512' })
    expect(await send()).toEqual({ status: 'sent' })
    expect(wecom.requests).toHaveLength(2)
    expect(Buffer.byteLength(wecom.received[0]?.content ?? '')).toBeLessThanOrEqual(512)
  })

  test('still too long: failed', async () => {
    const tooLong = { kind: 'error', code: 40058, message: 'markdown.content exceed max length 512' } as const
    wecom.fail(tooLong, tooLong)
    expect(await send()).toEqual({
      status: 'failed',
      failure: { class: 'too-long', vendor: 'wecom-robot', code: '40058', maxBytes: 512 },
    })
    expect(wecom.requests).toHaveLength(2)
  })

  test('exhausted: once everybody was told, lost details do not repeat it', async () => {
    const first = await wecomRobot.send(messageOf(exhausted), group, settings, failingSecond())
    expect(first).toEqual({ status: 'sent', receipt: 'text only: busy' })
  })

  test('exhausted: refused at first, nothing follows', async () => {
    wecom.fail({ kind: 'rate-limit' })
    expect(await send(exhausted)).toMatchObject({ status: 'retry' })
    expect(wecom.received).toEqual([])
  })
})

function failingSecond() {
  const answers = [
    { errcode: 0, errmsg: 'ok' },
    { errcode: -1, errmsg: 'system busy' },
  ]
  return ioWith({}, { fetch: async () => new Response(JSON.stringify(answers.shift())) })
}

// developer.work.weixin.qq.com, 全局错误码
test.each<[number | string, object, string]>([
  [0, { status: 'sent' }, 'accepted'],
  [-1, { status: 'retry' }, 'busy'],
  [45009, { status: 'retry' }, 'over 20 a minute: the next minute'],
  [93000, { status: 'failed' }, 'bad key'],
  [40058, { status: 'failed' }, 'a parameter other than the length'],
  [40008, { status: 'failed' }, 'bad message type'],
  [44004, { status: 'failed' }, 'empty content'],
  [12345, { status: 'failed' }, 'any other code is a refusal'],
  ['0', { status: 'unknown' }, 'a code is a number: this is none of its answers'],
])('errcode %s is %o: %s', async (errcode, delivery) => {
  const io = answering({ errcode, errmsg: 'as documented' })
  expect(await wecomRobot.send(messageOf(opened), group, settings, io)).toMatchObject(delivery)
})

test('the rate is counted by the key, which is not shown', () => {
  expect(wecomRobot.rateKey(settings)).toMatch(/^[0-9a-f]{16}$/)
  expect(wecomRobot.rateKey(settings)).not.toBe(wecomRobot.rateKey({ key: 'other' }))
})

test('the key is in no failure', async () => {
  await wecom.close()
  const closed = await send()
  const bad = await wecomRobot.send(messageOf(opened), group, settings, ioWith({ FENGHUO_WECOM_URL: 'not a url' }))
  expect(JSON.stringify([closed, bad])).not.toContain('robot-key')
})

describe('a code of the vendor’s table', () => {
  eachRow('wecom-robot', wecomRobot.errors, { fail: (...failures) => wecom.fail(...failures), send: () => send() })
})
