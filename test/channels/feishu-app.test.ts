import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { errors, TOKEN_OVER } from '../../shared/channels/feishu-app/errors.ts'
import { feishuAppCallback } from '../../shared/channels/feishu-app/feishu-app.callback.ts'
import { feishuApp } from '../../shared/channels/feishu-app/feishu-app.ts'
import { acknowledged, at, messageOf, opened, resolved } from '../messages/notices.ts'
import vector from '../samples/feishu-sign-and-callback.selfcomputed.json' with { type: 'json' }
import {
  type FeishuAppSimulator,
  pressInFeishu,
  startFeishuAppSimulator,
  testInFeishu,
} from '../simulators/feishu-app.ts'
import { group, ioWith, memory } from './io.ts'

const app = { app: 'cli_a0', secret: 'app-secret', chat: 'oc_1' }
const callback = { token: 'verification-token-demo', encryptKey: 'feishu-encrypt-key-demo' }
const carded = { ...app, callback }
const people = { ...group.people, lin: { name: '林悦', feishu: 'ou_lin' } }
const links = { acknowledge: 'https://oncall.example.com/ack?t=abc.def', token: 'abc.def' }

let now: number
let vendor: FeishuAppSimulator
let kept: ReturnType<typeof memory>
const io = () => ioWith({ FENGHUO_FEISHU_APP_URL: vendor.url }, { memory: kept, now: () => now })
const send = (notice = opened, config: Parameters<typeof feishuApp.send>[2] = app) =>
  feishuApp.send(messageOf(notice, { links }), { people }, config, io())
const tokensAsked = () => vendor.requests.filter(({ path }) => path.includes('tenant_access_token')).length

beforeEach(async () => {
  now = at('02:14')
  kept = memory(() => now)
  vendor = await startFeishuAppSimulator({ apps: [{ ...app, chats: [app.chat] }], now: () => now })
})
afterEach(() => vendor.close())

describe('what the group sees', () => {
  test('a card that mentions who is being called, with its link as a button', async () => {
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received).toMatchObject([
      {
        chat: 'oc_1',
        title: '严重 不可用 | 支付 / 收银台 #1024',
        text: expect.stringContaining('<at id=ou_lin></at>'),
        values: [],
      },
    ])
  })

  test('with a callback three buttons, which go when somebody has it', async () => {
    await send(opened, carded)
    expect(vendor.received[0]?.values.map(({ act }) => act)).toEqual(['acknowledge', 'pass', 'silence'])
    await send(acknowledged, carded)
    expect(vendor.received[0]).toMatchObject({ values: [], title: expect.stringContaining('已认领') })
    await send(resolved, carded)
    expect(vendor.refused).toEqual([])
  })

  test('what a digest tells of several changes the card of each', async () => {
    const other = { incident: 'pay#1#other', number: 1025 }
    await send(opened, carded)
    await send({ ...opened, ...other }, carded)
    const of = [acknowledged, { ...acknowledged, ...other }].map((notice) => ({ notice, repeat: false }))
    await feishuApp.send(messageOf(acknowledged, { digest: { of, more: 0 } }), { people }, carded, io())
    expect(vendor.received.map(({ values, title }) => [values, /#\d+/.exec(title)?.[0]])).toEqual([
      [[], '#1024'],
      [[], '#1025'],
      [[], undefined],
    ])
  })

  test('a message whose answer was lost is shown once, though it is sent again', async () => {
    await send()
    now += 60_000
    vendor.fail({ kind: 'reset', taken: true })
    const later = { ...opened, at: now }
    expect(await send(later)).toMatchObject({ status: 'unknown' })
    expect(await send(later)).toEqual({ status: 'sent' })
    expect(vendor.received).toHaveLength(2)
  })
})

describe('the access token', () => {
  test('is fetched once for many messages, and again when most of its life is over', async () => {
    await send()
    now += 1_000
    await send(resolved)
    expect(tokensAsked()).toBe(1)
    now += 0.85 * 7_200_000
    await send({ ...opened, at: now })
    expect(tokensAsked()).toBe(2)
  })

  test.each(TOKEN_OVER)('that is over before its time (%i) is fetched again, once', async (code) => {
    await send()
    vendor.fail({ kind: 'error', code })
    expect(await send(resolved)).toEqual({ status: 'sent' })
  })

  test('is not got with a wrong secret, and asked again when its answer is lost', async () => {
    expect(await send(opened, { ...app, secret: 'x' })).toMatchObject({
      status: 'failed',
      failure: { class: 'bad-credentials', code: '10014' },
    })
    vendor.fail({ kind: 'reset' })
    expect(await send()).toMatchObject({ status: 'retry' })
  })
})

describe('the vendor says', () => {
  test.each(Object.entries(errors.codes))('%s, as the table has it', async (code, { class: kind, afterMs }) => {
    await send()
    vendor.fail({ kind: 'error', code: Number(code) }, { kind: 'error', code: Number(code), after: 1 })
    expect(await send(resolved)).toMatchObject({
      status: afterMs === undefined ? 'failed' : 'retry',
      failure: { class: kind, code, vendor: 'feishu-app' },
    })
  })

  test('when to come again, by a header', async () => {
    await send()
    vendor.fail({ kind: 'rate-limit' })
    expect(await send(resolved)).toMatchObject({ status: 'retry', afterMs: 52_000 })
  })

  test('no to a group that its robot is not in, with a code that the table lacks', async () => {
    expect(await send(opened, { ...app, chat: 'oc_2' })).toMatchObject({
      status: 'failed',
      failure: { class: 'refused', code: '230002', said: expect.stringContaining('out of the chat') },
    })
  })
})

test('doctor tells a good application from a bad one without a message', async () => {
  const find = async (of: typeof app) => {
    const diagnosis = await feishuApp.diagnose?.()
    const world = { ...io(), channelEnv: async () => ({}) }
    return diagnosis
      ?.diagnose({ name: 'app', written: of, settings: async () => of }, world)[0]
      ?.ask(AbortSignal.timeout(2_000))
  }
  expect(await find(app)).toMatchObject({ status: 'ok' })
  expect(await find({ ...app, secret: 'x' })).toMatchObject({ status: 'fault' })
  expect(vendor.received).toEqual([])
  await vendor.close()
  vendor = await startFeishuAppSimulator({ apps: [{ ...app, chats: [app.chat], status: 1 }], now: () => now })
  expect(await find(app)).toMatchObject({ status: 'fault', code: 'application.disabled' })
})

describe('a press', () => {
  const settings = { app: app.app, callback }
  const of = { ...callback, app: app.app }
  const read = (
    { headers = {}, body }: { headers?: Record<string, string>; body: string },
    given = settings,
    time = now,
  ) => feishuAppCallback.read({ method: 'POST', query: new URLSearchParams(), headers, body }, given, time, 'random')
  const value = { act: 'pass', token: 'abc.def' }

  test('says which link and what to do, by whom, whichever of their ids we know', () => {
    const press = read(pressInFeishu({ open_id: 'ou_lin', user_id: 'linyue' }, value, of, now))
    expect(press).toMatchObject({ token: 'abc.def', act: 'pass', id: 'ou_lin', otherId: 'linyue' })
    const answer = 'answer' in press ? press.answer({ result: 'passed', name: '林悦' }, 'zh') : undefined
    expect(JSON.parse(answer?.body ?? '')).toEqual({ toast: { type: 'success', content: '林悦已转交' } })
  })

  test('the vector: encrypted and signed as the vendor’s SDK does', () => {
    const { headers, body, plain } = vector.callback
    const lower = Object.fromEntries(Object.entries(headers).map(([name, one]) => [name.toLowerCase(), one]))
    const time = Number(headers['X-Lark-Request-Timestamp']) * 1000
    const own = { app: JSON.parse(plain).header.app_id, callback }
    // Its button is none of ours: it is verified, and nothing more.
    expect(read({ headers: lower, body }, own, time)).toMatchObject({ status: 200, body: '' })
    expect(read({ headers: { ...lower, 'x-lark-signature': 'x' }, body }, own, time)).toMatchObject({ status: 403 })
  })

  test('the test of the address is answered', () => {
    expect(read(testInFeishu('abc', of))).toMatchObject({ status: 200, body: '{"challenge":"abc"}' })
    expect(read(testInFeishu('abc', { ...of, token: 'other' }))).toMatchObject({ status: 403 })
  })

  test.each([
    [
      'encrypted with another key',
      () => pressInFeishu({ open_id: 'ou_lin' }, value, { ...of, encryptKey: 'other' }, now),
    ],
    [
      'with another verification token',
      () => pressInFeishu({ open_id: 'ou_lin' }, value, { ...of, token: 'other' }, now),
    ],
    ['of another application', () => pressInFeishu({ open_id: 'ou_lin' }, value, { ...of, app: 'cli_b' }, now)],
    ['of six minutes ago', () => pressInFeishu({ open_id: 'ou_lin' }, value, of, now - 360_000)],
    ['without a signature', () => ({ body: pressInFeishu({ open_id: 'ou_lin' }, value, of, now).body })],
    ['in the clear', () => ({ body: JSON.stringify({ header: { token: callback.token, app_id: app.app } }) })],
    ['that is none', () => ({ body: 'text' })],
  ])('%s is refused', (_, made) => {
    expect(read(made())).toMatchObject({ status: 403 })
  })
})

describe('a letter to one person', () => {
  const text = 'Sign in <at user_id="all"></at>\nhttps://oncall.example.com/sign-in/link/open?link=a_b-c'
  const write = (feishu: string | undefined) =>
    feishuApp.write?.({ subject: 'Your link', text }, { people: { lin: { feishu } } }, app, io())
  beforeEach(async () => {
    await vendor.close()
    const members = [{ open_id: 'ou_lin', user_id: 'g7c1' }]
    vendor = await startFeishuAppSimulator({ apps: [{ ...app, chats: [app.chat], members }], now: () => now })
  })

  test.each(['ou_lin', 'g7c1'])('comes to %s alone, calls nobody, and once if it is sent twice', async (id) => {
    expect(await write(id)).toEqual({ status: 'sent' })
    expect(await write(id)).toEqual({ status: 'sent' })
    expect(vendor.received).toMatchObject([{ chat: id, text: expect.stringContaining('open?link=a_b-c') }])
    expect(vendor.received[0]?.text).not.toContain('<at')
  })

  test.each([undefined, 'ou_other'])('to %s is refused, and another channel takes over', async (id) => {
    expect(await write(id)).toMatchObject({ status: 'failed' })
    expect(vendor.received).toEqual([])
  })
})
