import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { errors } from '../../shared/channels/wecom-app/errors.ts'
import { wecomApp } from '../../shared/channels/wecom-app/wecom-app.ts'
import { at, messageOf, opened } from '../messages/notices.ts'
import { startWecomAppSimulator, type WecomAppOptions, type WecomAppSimulator } from '../simulators/wecom-app.ts'
import { group, ioWith, memory } from './io.ts'

const account = { corp: 'ww01', secret: 'demo-secret', agent: 1000002 }
const settings = { ...account, to: ['LinYue', 'WangLei'] }

let now: number
let vendor: WecomAppSimulator
let kept: ReturnType<typeof memory>
const io = () =>
  ioWith({ FENGHUO_WECOM_APP_URL: vendor.url }, { memory: kept, now: () => now, signal: AbortSignal.timeout(2_000) })
const send = (notice = opened, app: Parameters<typeof wecomApp.send>[2] = settings) =>
  wecomApp.send(messageOf(notice), group, app, io())
const tokenRequests = () => vendor.requests.filter(({ path }) => path === '/cgi-bin/gettoken').length

async function start(changes: Partial<WecomAppOptions> = {}) {
  const applications = [{ ...account, members: ['LinYue', 'WangLei'] }]
  vendor = await startWecomAppSimulator({ applications, now: () => now, ...changes })
}

beforeEach(async () => {
  now = at('02:14')
  kept = memory(() => now)
  await start()
})
afterEach(() => vendor.close())

describe('what people see', () => {
  test('opened: a text with links', async () => {
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received).toMatchObject([{ to: ['LinYue', 'WangLei'] }])
    expect(vendor.received[0]?.content).toBe(
      [
        '严重 不可用 | 支付 / 收银台 #1024',
        '起于 02:13，已 1 分钟，3 处中 2 处失败',
        '腾讯云广州：连接超时 5.0s',
        '阿里云杭州：HTTP 502，213ms',
        'AWS 新加坡：正常，182ms',
        '目标：https://pay.example.com/healthz',
        '正在呼叫 林悦，02:19 前无人认领转 王磊',
        '',
        '<a href="https://oncall.example.com/a/xyz">认领</a> | <a href="https://oncall.example.com/i/1024">详情</a> | ' +
          '<a href="https://wiki.example.com/runbook/pay/web">手册</a>',
        '',
        '烽火 2026-11-22 02:14 (UTC+8)',
      ].join('\n'),
    )
  })

  test('departments and tags, and everybody', async () => {
    await send(opened, { ...account, parties: ['2', '3'], tags: ['7'] })
    await send(opened, { ...account, to: '@all' })
    expect(vendor.received.map(({ to }) => to)).toEqual([['2', '3', '7'], ['@all']])
  })

  test('the longest message is cut, and is taken', async () => {
    const sightings = opened.sightings.map((sighting) => ({ ...sighting, detail: '长'.repeat(9_000) }))
    expect(await send({ ...opened, sightings })).toEqual({ status: 'sent' })
  })
})

describe('the access token', () => {
  test('is fetched once for many messages, and again when most of its life is over', async () => {
    await send()
    await send()
    expect(tokenRequests()).toBe(1)
    now += 0.85 * 7_200_000
    await send()
    expect(tokenRequests()).toBe(2)
    expect(vendor.received).toHaveLength(3)
  })

  test.each([40014, 42001, 41001])('that is over before its time (%i) is fetched again, once', async (code) => {
    await send()
    vendor.fail({ kind: 'error', code, after: 0 })
    expect(await send()).toEqual({ status: 'sent' })
    vendor.fail({ kind: 'error', code }, { kind: 'error', code, after: 1 })
    expect(await send()).toMatchObject({ status: 'failed', failure: { class: 'bad-credentials', code: String(code) } })
    expect(vendor.received).toHaveLength(2)
  })

  test('is new after the vendor has revoked it', async () => {
    await send()
    vendor.revokeTokens()
    expect(await send()).toEqual({ status: 'sent' })
  })

  test('whose answer is lost has sent nothing, so that it is asked again', async () => {
    vendor.fail({ kind: 'reset' })
    expect(await send()).toMatchObject({ status: 'retry', failure: { class: 'lost-answer' } })
  })

  test('is not got with a wrong secret or company', async () => {
    expect(await send(opened, { ...settings, secret: 'x' })).toMatchObject({
      status: 'failed',
      failure: { code: '40001' },
    })
    expect(await send(opened, { ...settings, corp: 'x' })).toMatchObject({
      status: 'failed',
      failure: { code: '40013' },
    })
  })
})

describe('the vendor says', () => {
  test('who was not reached, while the others were', async () => {
    expect(await send(opened, { ...settings, to: ['LinYue', 'Gone'] })).toEqual({
      status: 'sent',
      receipt: 'invaliduser: gone',
    })
    expect(await send(opened, { ...settings, to: ['Gone'] })).toMatchObject({
      status: 'failed',
      failure: { code: '81013' },
    })
  })

  test('no to the agent of another secret', async () => {
    expect(await send(opened, { ...settings, agent: 7 })).toMatchObject({ failure: { class: 'no-such-sender' } })
  })

  // What a relay says is in its own test.
  const ofVendor = Object.entries(errors.codes).filter(([code]) => !code.startsWith('relay-'))
  test.each(ofVendor)('%s, as the table has it', async (code, meaning) => {
    await send()
    // Of a token that is over even when it is new.
    vendor.fail({ kind: 'error', code: Number(code) }, { kind: 'error', code: Number(code), after: 1 })
    expect(await send()).toMatchObject({
      status: meaning.afterMs === undefined ? 'failed' : 'retry',
      failure: { class: meaning.class, code, vendor: 'wecom-app' },
      ...(meaning.afterMs !== undefined && { afterMs: meaning.afterMs }),
    })
  })

  test('nothing of its own: it may have been sent', async () => {
    await send()
    vendor.fail({ kind: 'garbage' })
    expect(await send()).toMatchObject({ status: 'unknown' })
  })
})

describe('doctor', () => {
  const find = async (app: typeof settings = settings) => {
    const diagnosis = await wecomApp.diagnose?.()
    const world = { ...io(), channelEnv: async () => ({}) }
    const of = { name: 'app', written: app, settings: async () => app }
    return diagnosis?.diagnose(of, world)[0]?.ask(new AbortController().signal)
  }

  test('tells a good application from a bad one without a message', async () => {
    expect(await find()).toMatchObject({ status: 'ok' })
    expect(await find({ ...settings, secret: 'x' })).toMatchObject({ status: 'fault' })
    expect(vendor.received).toEqual([])
  })

  test.each([
    ['application.disabled', { members: ['LinYue'], isClosed: true }],
    ['application.seen-by-nobody', { members: [] }],
  ])('says what keeps a good secret from reaching anybody: %s', async (code, changes) => {
    await vendor.close()
    await start({ applications: [{ ...account, ...changes }] })
    expect(await find()).toMatchObject({ status: 'fault', code })
  })

  test('shows the address that is not trusted, and what to do', async () => {
    await vendor.close()
    await start({ trusts: ['203.0.113.9'] })
    expect(await find()).toMatchObject({
      status: 'warning',
      detail: { en: expect.stringContaining('from ip: 127.0.0.1') },
      remedy: { en: expect.stringContaining('deploy the relay') },
    })
    expect(await send()).toMatchObject({ status: 'failed', failure: { class: 'our-address', code: '60020' } })
  })
})
