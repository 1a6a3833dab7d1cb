import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { feishu, sign } from '../../shared/channels/feishu/feishu.ts'
import { at, exhausted, messageOf, opened, resolved } from '../messages/notices.ts'
import { type FeishuSimulator, startFeishuSimulator } from '../simulators/feishu.ts'
import { eachRow } from './each-row.ts'
import { answering, group, ioWith } from './io.ts'

const settings = { token: 'bot-token', secret: 'demo-secret' }
const people = { ...group.people, lin: { name: '林悦', feishu: 'ou_0001' } }
let vendor: FeishuSimulator
const io = () => ioWith({ FENGHUO_FEISHU_URL: vendor.url })
const send = (notice = opened, robot: typeof settings = settings) =>
  feishu.send(messageOf(notice), { people }, robot, io())

beforeEach(async () => {
  vendor = await startFeishuSimulator({ robots: [{ ...settings, keyword: '烽火' }], now: () => at('02:14') })
})
afterEach(() => vendor.close())

describe('what the group sees', () => {
  test('opened: a red card that mentions who is being called', async () => {
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received).toMatchObject([
      { title: '严重 不可用 | 支付 / 收银台 #1024', template: 'red', mentions: ['ou_0001'] },
    ])
    expect(vendor.received[0]?.buttons).toEqual([['认领', 'https://oncall.example.com/a/xyz']])
    expect(vendor.received[0]?.text).toBe(
      [
        '**严重 不可用 | 支付 / 收银台** #1024',
        '起于 02:13，已 1 分钟，3 处中 2 处失败',
        '腾讯云广州：**连接超时 5.0s**',
        '阿里云杭州：**HTTP 502，213ms**',
        'AWS 新加坡：正常，182ms',
        '目标：https://pay.example.com/healthz',
        '正在呼叫 <at id=ou_0001></at>，02:19 前无人认领转 王磊',
        '',
        '[详情](https://oncall.example.com/i/1024) | ' + '[手册](https://wiki.example.com/runbook/pay/web)',
        '',
        '烽火 2026-11-22 02:14 (UTC+8)',
      ].join('\n'),
    )
  })

  test('resolved: a green one, without any mention', async () => {
    await send(resolved)
    expect(vendor.received).toMatchObject([{ template: 'green', mentions: [] }])
  })

  test('exhausted tells everybody', async () => {
    await send(exhausted)
    expect(vendor.received[0]?.mentions).toContain('all')
  })

  test('what others wrote mentions nobody', async () => {
    await send({ ...opened, title: '<at id=all></at>' })
    expect(vendor.received[0]?.mentions).toEqual(['ou_0001'])
  })

  test('the longest message is cut, and is taken', async () => {
    const detail = '长'.repeat(9_000)
    const sightings = opened.sightings.map((sighting) => ({ ...sighting, detail }))
    expect(await send({ ...opened, sightings })).toEqual({ status: 'sent' })
  })
})

test('the signature is keyed with the time and the secret, over nothing', () => {
  expect(sign(1795832785, 'demo-secret')).toBe('TsBasKYhCcsFHt0VGcwITutoq0K5pr2T/rGOSF9WY7I=')
})

describe('the vendor says', () => {
  const said: Record<string, object> = {
    ok: { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' },
    sign: { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' },
    keyword: { code: 19024, msg: 'Key Words Not Found' },
    badRequest: { code: 9499, msg: 'Bad Request', data: {} },
    limited: { code: 11232, msg: 'frequency limited' },
  }

  test.each([
    ['ok', { status: 'sent' }],
    ['sign', { status: 'failed', failure: { class: 'security-setting', code: '19021' } }],
    ['keyword', { status: 'failed', failure: { class: 'no-keyword', code: '19024' } }],
    ['badRequest', { status: 'failed', failure: { class: 'bad-request', code: '9499' } }],
    ['limited', { status: 'retry', afterMs: 2_000, failure: { class: 'rate-limited', vendor: 'feishu' } }],
  ])('%s, in a 200 or a 400', async (name, delivery) => {
    expect(await feishu.send(messageOf(opened), group, settings, answering(said[name]))).toMatchObject(delivery)
    if (name === 'ok') return
    expect(await feishu.send(messageOf(opened), group, settings, answering(said[name], 400))).toMatchObject(delivery)
  })

  test('no to a wrong secret and an unknown token', async () => {
    expect(await send(opened, { ...settings, secret: 'other' })).toMatchObject({ failure: { code: '19021' } })
    expect(await send(opened, { ...settings, token: 'other' })).toMatchObject({ failure: { class: 'no-such-sender' } })
    expect(vendor.received).toEqual([])
  })

  test('nothing of its own: it may have been posted', async () => {
    vendor.fail({ kind: 'garbage' })
    expect(await send()).toMatchObject({ status: 'unknown' })
  })

  test('not so fast, after five in a second', async () => {
    for (let post = 1; post <= 5; post++) expect(await send()).toEqual({ status: 'sent' })
    expect(await send()).toMatchObject({ status: 'retry', failure: { code: '11232' } })
  })
})

test('doctor tells a good token from a bad one without a post', async () => {
  const diagnosis = await feishu.diagnose?.()
  const find = async (robot: typeof settings) => {
    const of = { name: 'feishu', written: robot, settings: async () => robot }
    const world = { ...io(), channelEnv: async () => ({}) }
    return diagnosis?.diagnose(of, world)[0]?.ask(new AbortController().signal)
  }
  expect(await find(settings)).toMatchObject({ status: 'ok' })
  expect(await find({ ...settings, token: 'other' })).toMatchObject({ status: 'fault' })
  expect(await find({ ...settings, secret: 'other' })).toMatchObject({ status: 'fault' })
  expect(vendor.received).toEqual([])
})

describe('a code of the vendor’s table', () => {
  eachRow('feishu', feishu.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })
})
