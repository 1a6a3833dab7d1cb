import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Settings } from '../../shared/channels/wecom-app/settings.ts'
import { wecomApp } from '../../shared/channels/wecom-app/wecom-app.ts'
import { relayRequest } from '../../shared/clouds/tencent/wecom-relay.ts'
import { type RelayIo, relayWecom } from '../../shared/engine/answers/relay-wecom.ts'
import { acknowledged, at, messageOf, opened } from '../messages/notices.ts'
import { fetchFrom } from '../simulators/fetch-from.ts'
import { startScfAddress } from '../simulators/scf-address.ts'
import type { VendorServer } from '../simulators/server.ts'
import { startWecomAppSimulator, type WecomAppSimulator } from '../simulators/wecom-app.ts'
import { errorWith, group, ioWith, memory } from './io.ts'

// The relay's requests come from here, and all others from 127.0.0.1.
const EGRESS = '127.0.0.20'
const SECRET = 'a-secret-of-the-relay'
const app = { corp: 'ww01', secret: 'demo-secret', agent: 1000002, to: ['LinYue'] }

let now: number
let vendor: WecomAppSimulator
let relay: VendorServer
let relayFetch: typeof fetch
let logged: Record<string, unknown>[]

beforeEach(async () => {
  now = at('02:14')
  logged = []
  relayFetch = fetchFrom(EGRESS)
  vendor = await startWecomAppSimulator({
    applications: [{ ...app, members: app.to }],
    now: () => now,
    trusts: [EGRESS],
  })
  relay = await startScfAddress(async (event) => {
    const {
      httpMethod: method,
      headers,
      body,
    } = event as { httpMethod: string; headers: Record<string, string>; body: string }
    const io: RelayIo = {
      secret: SECRET,
      env: { FENGHUO_WECOM_APP_URL: vendor.url },
      fetch: (...of) => relayFetch(...of),
      now: () => now,
      log: (entry) => logged.push(entry),
    }
    const answer = await relayWecom({ method, headers, body: Buffer.from(body) }, io)
    return { statusCode: answer.status, headers: { 'content-type': 'application/json' }, body: answer.body }
  })
})
afterEach(() => Promise.all([vendor.close(), relay.close()]))

const relayed = (changes: Partial<NonNullable<Settings['relay']>> = {}): Settings => ({
  ...app,
  relay: { url: relay.url, secret: SECRET, ...changes },
})
const io = () =>
  ioWith(
    { FENGHUO_WECOM_APP_URL: vendor.url },
    { memory: memory(() => now), now: () => now, signal: AbortSignal.timeout(2_000) },
  )
const send = (settings: Settings) => wecomApp.send(messageOf(opened), group, settings, io())

describe('an application that takes requests from trusted addresses alone', () => {
  test('refuses a function, which has none, and takes what the relay passes on', async () => {
    expect(await send(app)).toMatchObject({
      status: 'failed',
      failure: { class: 'our-address', code: '60020', said: expect.stringContaining('from ip: 127.0.0.1') },
    })
    expect(await send(relayed())).toEqual({ status: 'sent' })
    expect(vendor.received).toHaveLength(1)
  })

  test('has its cards changed by the relay, too', async () => {
    const carded = { ...relayed(), callback: { token: 'FhToken123', aesKey: 'a'.repeat(43) } }
    const links = { acknowledge: 'https://oncall.example.com/ack?t=abc.def', token: 'abc.def' }
    const world = io()
    await wecomApp.send(messageOf(opened, { links }), group, carded, world)
    await wecomApp.send(messageOf(acknowledged, { links }), group, carded, world)
    expect(vendor.received[0]?.card?.replaced).toContain('已认领')
  })

  test('gets the secret of the application from us, never from the relay', async () => {
    await send(relayed())
    const [token] = vendor.requests
    expect(token).toMatchObject({ path: '/cgi-bin/gettoken', from: '127.0.0.1' })
    expect(
      JSON.stringify([...relay.requests.map(({ query, body }) => [query, body.toString()]), logged]),
    ).not.toContain(app.secret)
  })

  test('says no by the relay in its own words: a token that is over is fetched again', async () => {
    vendor.fail({ kind: 'error', code: 42001, after: 1 })
    expect(await send(relayed())).toEqual({ status: 'sent' })
    vendor.fail({ kind: 'error', code: 45009, after: 1 })
    expect(await send(relayed())).toMatchObject({ status: 'retry', failure: { code: '45009' } })
  })
})

describe('what the relay says for itself', () => {
  test('relay-unsigned: another secret, or a clock that is off', async () => {
    const refused = {
      status: 'failed',
      failure: { class: 'bad-credentials', code: 'relay-unsigned', vendor: 'wecom-app' },
    }
    expect(await send(relayed({ secret: 'another-secret-of-it' }))).toMatchObject(refused)
    const late = { ...io(), now: () => now - 301_000 }
    expect(await wecomApp.send(messageOf(opened), group, relayed(), late)).toMatchObject(refused)
    expect(vendor.received).toEqual([])
  })

  test('relay-unreachable: nothing was sent, so that it is tried again', async () => {
    relayFetch = () => Promise.reject(new TypeError('fetch failed', { cause: errorWith('ECONNREFUSED') }))
    expect(await send(relayed())).toMatchObject({
      status: 'retry',
      afterMs: 2_000,
      failure: { class: 'unreachable', code: 'relay-unreachable' },
    })
  })

  test.each([
    ['a line that breaks', () => Promise.reject(new TypeError('fetch failed', { cause: errorWith('ECONNRESET') }))],
    ['time that is up', () => Promise.reject(new DOMException('timed out', 'TimeoutError'))],
    ['a page of somebody else', async () => new Response('<html>', { status: 502 })],
  ])('relay-no-answer: after %s it may have been sent', async (_, fails) => {
    relayFetch = fails
    expect(await send(relayed())).toMatchObject({
      status: 'unknown',
      failure: { class: 'lost-answer', code: 'relay-no-answer' },
    })
  })

  test('nothing, when its function is at its limit or fails: that is read by the status', async () => {
    relay.fail({ kind: 'http', status: 429 })
    expect(await send(relayed())).toMatchObject({ status: 'retry' })
    relay.fail({ kind: 'http', status: 500 })
    expect(await send(relayed())).toMatchObject({ status: 'unknown' })
    relay.fail({ kind: 'reset' })
    expect(await send(relayed())).toMatchObject({ status: 'unknown' })
  })
})

describe('the relay is no open proxy', () => {
  const sign = (request: unknown, secret = SECRET) => relayRequest(request as never, { url: relay.url, secret }, now)
  const post = async (request: { url: string; body: string; headers: Record<string, string> }, method = 'POST') => {
    const response = await fetch(request.url, { ...request, method })
    return [response.status, ((await response.json()) as { relay?: string }).relay]
  }
  const good = { path: '/cgi-bin/message/send', token: 'a-token', body: { touser: '@all' } }

  test.each([
    ['another path of the vendor', { ...good, path: '/cgi-bin/user/list' }],
    ['a path that leaves its folder', { ...good, path: '/cgi-bin/message/send/../../gettoken' }],
    ['another host', { ...good, path: 'https://example.com/cgi-bin/message/send' }],
    ['no token', { ...good, token: '' }],
    ['what is no object', { ...good, body: 'text' }],
    ['nothing', null],
  ])('it passes on no %s, be it signed', async (_, request) => {
    expect(await post(sign(request))).toEqual([403, 'relay-refused'])
    expect(vendor.requests).toEqual([])
  })

  test('what a release to come adds to a signed request is passed over, and goes to nobody', async () => {
    expect((await post(sign({ ...good, url: 'https://example.com' })))[0]).toBe(200)
    expect(vendor.requests.map(({ path, body }) => [path.split('?')[0], JSON.parse(body.toString())])).toEqual([
      [good.path, good.body],
    ])
  })

  test.each([
    ['no signature', (signed: ReturnType<typeof sign>) => ({ ...signed, headers: {} })],
    ['another body', (signed) => ({ ...signed, body: signed.body.replace('@all', 'LinYue') })],
    [
      'another time',
      (signed) => ({ ...signed, headers: { ...signed.headers, 'x-fenghuo-time': String(now / 1000 + 1) } }),
    ],
    ['a body that is too long', () => sign({ ...good, body: { touser: 'x'.repeat(70_000) } })],
  ] satisfies [
    string,
    (signed: ReturnType<typeof sign>) => ReturnType<typeof sign>,
  ][])('it takes nothing with %s', async (_, change) => {
    expect(await post(change(sign(good)) as ReturnType<typeof sign>)).toEqual([401, 'relay-unsigned'])
    expect(vendor.requests).toEqual([])
  })

  test('a request that somebody saw is of no use five minutes later', async () => {
    const seen = sign(good)
    now += 301_000
    expect(await post(seen)).toEqual([401, 'relay-unsigned'])
  })

  test('a token of a query is escaped: it adds nothing to the address', async () => {
    await post(sign({ ...good, token: 'x&debug=1' }))
    expect(vendor.requests.at(-1)?.params.get('debug')).toBeNull()
  })
})

test('doctor asks by the relay, and says what is wrong with it', async () => {
  const find = async (settings: Settings) => {
    const diagnosis = await wecomApp.diagnose?.()
    const of = { name: 'app', written: settings, settings: async () => settings }
    return diagnosis?.diagnose(of, { ...io(), channelEnv: async () => ({}) })[0]?.ask(new AbortController().signal)
  }
  expect(await find(relayed())).toMatchObject({ status: 'ok' })
  expect(await find(relayed({ secret: 'another-secret-of-it' }))).toMatchObject({
    status: 'fault',
    remedy: { en: expect.stringContaining('WECOM_RELAY_SECRET') },
  })
  expect(await find(app)).toMatchObject({ remedy: { en: expect.stringContaining('deploy the relay') } })
  expect(vendor.received).toEqual([])
})
