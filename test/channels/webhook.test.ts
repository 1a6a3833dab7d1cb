import { Resolver } from 'node:dns/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { publicFetch } from '../../shared/channels/webhook/public-fetch.ts'
import { sign } from '../../shared/channels/webhook/signed-post.ts'
import { webhook } from '../../shared/channels/webhook/webhook.ts'
import { acknowledged, at, messageOf, opened, resolved } from '../messages/notices.ts'
import sample from '../samples/standard-webhooks.selfcomputed.json' with { type: 'json' }
import type { MessageVendor } from '../simulators/messages.ts'
import { startWebhookSimulator, type WebhookMessage } from '../simulators/webhook.ts'
import { eachRow } from './each-row.ts'
import { group, ioWith } from './io.ts'

const [secret = '', other = ''] = sample.request.secrets
let vendor: MessageVendor<WebhookMessage>
let now: number
const configured = () => ({ url: `${vendor.url}/hook`, secret, allowPrivate: true })
const send = (notice = opened, settings: Parameters<typeof webhook.send>[2] = configured()) =>
  webhook.send(messageOf(notice), group, settings, ioWith({}, { now: () => now }))

beforeEach(async () => {
  now = at('02:14')
  vendor = await startWebhookSimulator({ secret, now: () => now })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await vendor.close()
})

test('the signature is that of the libraries, and of a rotation both', () => {
  const { library, request } = sample
  expect(sign(library.id, library.timestamp, library.payload, library.secret)).toBe(library.signature)
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = request.headers
  expect([secret, other].map((key) => sign(id, Number(time), request.body, key)).join(' ')).toBe(signatures)
})

describe('what the program gets', () => {
  test('a state change, with names that stay', async () => {
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received).toMatchObject([
      {
        type: 'incident.opened',
        data: {
          incident: 'pay#1#pay/web',
          number: 1024,
          severity: 'critical',
          state: 'down',
          calling: ['lin'],
          openedAt: '2026-11-21T18:13:00.000Z',
          links: { acknowledge: 'https://oncall.example.com/a/xyz' },
        },
      },
    ])
    expect(vendor.received[0]?.data.text).toContain('严重 不可用 | 支付 / 收银台 #1024')
  })

  test('who has it, and that it is over', async () => {
    await send(acknowledged)
    await send(resolved)
    expect(vendor.received.map(({ type, data }) => [type, data.acknowledged])).toEqual([
      ['incident.acknowledged', expect.objectContaining({ by: 'lin', via: 'phone' })],
      ['incident.resolved', expect.objectContaining({ by: 'lin' })],
    ])
  })

  test('one event once, however often it is sent, each time signed for then', async () => {
    vendor.fail({ kind: 'reset', taken: true })
    expect(await send()).toMatchObject({ status: 'retry', failure: { class: 'lost-answer' } })
    now += 600_000
    expect(await send()).toEqual({ status: 'sent' })
    expect(vendor.received).toHaveLength(1)
  })

  test('each of a digest by itself', async () => {
    const of = [opened, { ...opened, incident: 'pay#1#pay/api' }].map((notice) => ({ notice, repeat: false }))
    await webhook.send(
      messageOf(opened, { digest: { of, more: 0 } }),
      group,
      configured(),
      ioWith({}, { now: () => now }),
    )
    expect(vendor.received.map(({ data }) => data.incident)).toEqual(['pay#1#pay/web', 'pay#1#pay/api'])
  })

  test('less than 20 kB, whatever others wrote', async () => {
    const sightings = Array.from({ length: 40 }, () => ({ ...opened.sightings[0], detail: '长'.repeat(900) }))
    expect(await send({ ...opened, sightings: sightings as typeof opened.sightings })).toEqual({ status: 'sent' })
  })
})

describe('the program says', () => {
  eachRow('webhook', webhook.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })

  test('no to another key, and yes while both sign', async () => {
    expect(await send(opened, { ...configured(), secret: other })).toMatchObject({
      status: 'failed',
      failure: { code: '401' },
    })
    expect(await send(opened, { ...configured(), secret: other, previousSecret: secret })).toEqual({ status: 'sent' })
  })

  test('nothing in time: it is sent again', async () => {
    vendor.fail({ kind: 'timeout' })
    const io = ioWith({}, { now: () => now, signal: AbortSignal.timeout(50) })
    expect(await webhook.send(messageOf(opened), group, configured(), io)).toMatchObject({ status: 'retry' })
  })
})

describe('a private address', () => {
  const refused = { status: 'failed', failure: { class: 'private-target', vendor: 'webhook' } }
  test.each([
    'http://hooks.example.com/x',
    'https://127.0.0.1:1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://10.1.2.3/x',
    'https://localhost/x',
    'https://intranet/x',
  ])('%s is refused', async (url) => {
    expect(await send(opened, { url, secret })).toEqual(refused)
  })

  test('behind a public name is refused, too: no connection is made', async () => {
    const request = { headers: {}, body: '', signal: AbortSignal.timeout(1_000) }
    vi.spyOn(Resolver.prototype, 'resolve4').mockResolvedValue(['203.0.113.9', '10.0.0.7'])
    vi.spyOn(Resolver.prototype, 'resolve6').mockRejectedValue(Object.assign(new Error('query'), { code: 'ENODATA' }))
    await expect(publicFetch(new URL('https://hooks.example.com/'), request)).rejects.toThrow('resolved')
  })

  test.each([
    'ENOTFOUND',
    'ESERVFAIL',
    'ETIMEOUT',
  ])('%s of its name: nothing was sent, and it is sent again', async (code) => {
    const failed = Object.assign(new Error(`query ${code}`), { code })
    vi.spyOn(Resolver.prototype, 'resolve4').mockRejectedValue(failed)
    vi.spyOn(Resolver.prototype, 'resolve6').mockRejectedValue(failed)
    expect(await send(opened, { url: 'https://hooks.example.com/x', secret })).toMatchObject({
      status: 'retry',
      failure: { class: 'unreachable' },
    })
  })
})
