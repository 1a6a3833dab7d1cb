import { expect, it, onTestFinished } from 'vitest'
import { relayWecom } from '../../../shared/engine/answers/relay-wecom.ts'
import { startFeishuAppSimulator } from '../../simulators/feishu-app.ts'
import { fetchFrom } from '../../simulators/fetch-from.ts'
import { startScfAddress } from '../../simulators/scf-address.ts'
import { startWecomAppSimulator, type WecomApplication, type WecomAppOptions } from '../../simulators/wecom-app.ts'
import { seenBy, someIo } from '../records.ts'

const now = Date.now
const wecom = { type: 'wecom-app', name: '值班应用', corp: 'ww01', agent: 1000002, secret: 'good' }
const feishu = { type: 'feishu-app', app: 'cli_1', secret: 'good' }
const down = (fault: object) => ({ outcome: 'down', fault })
const refused = (error: string) =>
  down({ code: 'account-key-refused', args: { action: '值班应用', error, said: expect.any(String) } })
const notInForce = (name: string, state: string) =>
  down({ code: 'account-not-approved', args: { what: 'application', name, state, said: '' } })

async function wecomWorld(changes: Partial<WecomApplication> = {}, more: Partial<WecomAppOptions> = {}) {
  const application = { corp: 'ww01', secret: 'good', agent: 1000002, members: ['LinYue'], ...changes }
  const vendor = await startWecomAppSimulator({ applications: [application], now, ...more })
  onTestFinished(() => vendor.close())
  const seen = (keys: object = {}) =>
    seenBy({ account: 'robots', robots: [{ ...wecom, ...keys }] }, someIo({ FENGHUO_WECOM_APP_URL: vendor.url }))
  return { vendor, seen }
}

it('an application of WeCom that is in use and seen by somebody is up, and nobody hears of the question', async () => {
  const { vendor, seen } = await wecomWorld()
  expect(await seen()).toEqual({ outcome: 'up' })
  expect(vendor.received).toEqual([])
})

it.each([
  ['another secret', { secret: 'withdrawn' }, '40001'],
  ['a company that is none', { corp: 'ww02' }, '40013'],
  ['another application', { agent: 1000003 }, '301002'],
])('of WeCom, %s is down', async (_, keys, error) => {
  const { seen } = await wecomWorld()
  expect(await seen(keys)).toEqual(refused(error))
})

it('an application of WeCom that is switched off, or that nobody sees, is down', async () => {
  expect(await (await wecomWorld({ isClosed: true })).seen()).toEqual(notInForce('值班应用', 'disabled'))
  expect(await (await wecomWorld({ members: [] })).seen()).toEqual(notInForce('值班应用', 'seen-by-nobody'))
  expect(await (await wecomWorld({ members: [], isSeenByAll: true })).seen()).toEqual({ outcome: 'up' })
})

it('an application that trusts one address alone is asked by the relay; a probe’s own address tells nothing of it', async () => {
  const egress = '127.0.0.21'
  const { vendor, seen } = await wecomWorld({}, { trusts: [egress] })
  const relay = await startScfAddress(async (event) => {
    const {
      httpMethod: method,
      headers,
      body,
    } = event as { httpMethod: string; headers: Record<string, string>; body: string }
    const io = {
      secret: 'a-secret-of-the-relay',
      env: { FENGHUO_WECOM_APP_URL: vendor.url },
      fetch: fetchFrom(egress),
      now,
      log() {},
    }
    const answer = await relayWecom({ method, headers, body: Buffer.from(body) }, io)
    return { statusCode: answer.status, headers: { 'content-type': 'application/json' }, body: answer.body }
  })
  onTestFinished(() => relay.close())
  expect(await seen()).toMatchObject({ outcome: 'unknown', fault: { args: { fault: { args: { error: '60020' } } } } })
  expect(await seen({ relay: { url: relay.url, secret: 'a-secret-of-the-relay' } })).toEqual({ outcome: 'up' })
  expect(await seen({ relay: { url: relay.url, secret: 'another-secret-of-it' } })).toEqual(refused('relay-unsigned'))
})

it('of an application whose vendor has trouble nothing is known', async () => {
  const { vendor, seen } = await wecomWorld()
  vendor.fail({ kind: 'rate-limit' })
  expect(await seen()).toMatchObject({ outcome: 'unknown', fault: { code: 'account-not-told' } })
  vendor.fail({ kind: 'garbage' })
  expect(await seen()).toMatchObject({ outcome: 'unknown' })
})

async function feishuWorld(status?: number) {
  const app = { app: 'cli_1', secret: 'good', chats: ['oc_1'], ...(status !== undefined && { status }) }
  const vendor = await startFeishuAppSimulator({ apps: [app], now })
  onTestFinished(() => vendor.close())
  const seen = (keys: object = {}) =>
    seenBy({ account: 'robots', robots: [{ ...feishu, ...keys }] }, someIo({ FENGHUO_FEISHU_APP_URL: vendor.url }))
  return { vendor, seen }
}

it('an application of Feishu is up while its tenant uses it, and down with another secret or switched off', async () => {
  const { vendor, seen } = await feishuWorld()
  expect(await seen()).toEqual({ outcome: 'up' })
  expect(await seen({ secret: 'withdrawn' })).toMatchObject(down({ args: { action: 'feishu-app', error: '10014' } }))
  expect(vendor.received).toEqual([])
  expect(await (await feishuWorld(1)).seen()).toEqual(notInForce('feishu-app', 'disabled'))
})

it('of an application of Feishu whose vendor has trouble nothing is known', async () => {
  const body = JSON.stringify({ code: 2200, msg: 'Internal Server Error' })
  const headers = { 'content-type': 'application/json' }
  const vendor = await startScfAddress(async () => ({ statusCode: 500, headers, body }))
  onTestFinished(() => vendor.close())
  const asked = seenBy({ account: 'robots', robots: [feishu] }, someIo({ FENGHUO_FEISHU_APP_URL: vendor.url }))
  expect(await asked).toMatchObject({ outcome: 'unknown', fault: { code: 'account-not-told' } })
})

it('of an application of Feishu that is asked too fast, or from an address that it does not list, nothing is known', async () => {
  const { vendor, seen } = await feishuWorld()
  for (const code of [99991400, 99991401]) {
    vendor.fail({ kind: 'error', code, message: 'no' })
    expect(await seen()).toMatchObject({
      outcome: 'unknown',
      fault: { args: { fault: { args: { error: String(code) } } } },
    })
  }
})
