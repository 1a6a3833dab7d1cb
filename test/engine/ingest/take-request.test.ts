import { beforeEach, describe, expect, it } from 'vitest'
import { sendUntil } from '../../../shared/engine/ingest/take-request.ts'
import { KEY, request, sample, WayIn } from '../../ingest/requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const event = sample('pagerduty-trigger')

it.each([
  ['at once', 1_000, 0, 700],
  ['a little later', 1_000, 250, 700],
  ['once a certificate has come', 1_000, 1_400, 1_850],
  ['of a large body', 1_000_001, 300, 5_000],
])('the queue that is asked %s is tried until %4$d ms after the request came', (_, bytes, laterMs, untilMs) => {
  expect(sendUntil(50, bytes, 50 + laterMs)).toBe(50 + untilMs)
})

describe('a request', () => {
  it.each([
    ['to no path of ours', request('/v3/enqueue', event), 404],
    ['to a path that climbs', request('/v2/../v2/enqueue/../x', event), 404],
    ['by the wrong method', request('/v2/enqueue', event, { method: 'GET' }), 405],
    ['by a method that nobody knows', request('/v2/enqueue', event, { method: 'BREW' }), 405],
    ['with a picture', request('/v2/enqueue', '\u0089PNG', { headers: { 'content-type': 'image/png' } }), 415],
    ['with XML', request('/v2/enqueue', '<a/>', { headers: { 'content-type': 'application/xml' } }), 415],
    ['without a body', request('/v2/enqueue', ''), 400],
  ])('%s gets %3$d in JSON', async (_, one, status) => {
    const reply = await way.take(one)
    expect(reply.status).toBe(status)
    expect(reply.body).toMatchObject({ errors: [expect.any(String)] })
    expect(way.alerts).toEqual([])
  })

  it('that says what its body is wrongly is read all the same', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await way.take(request('/v2/enqueue', event, { headers }))).status).toBe(202)
    expect((await way.take(request('/v2/enqueue/', event, { headers: { 'content-type': 'x/y' } }))).status).toBe(202)
  })

  it('is written to the log without its key', async () => {
    await way.take(request('/v2/enqueue', event))
    expect(JSON.stringify(way.logged)).not.toContain(KEY)
    expect(way.logged).toEqual([
      { level: 'info', event: 'request taken', format: 'pagerduty', project: 'pay', alerts: 1 },
    ])
  })

  it('with a key that nobody has is told of, without that key', async () => {
    const routing_key = 'f'.repeat(32)
    const headers = { 'user-agent': 'pdjs/2.2.4 (linux)\u0007' }
    await way.take(request('/v2/enqueue', { ...(event as object), routing_key }, { headers }))
    expect(way.logged).toEqual([
      { level: 'warn', event: 'key unknown', format: 'pagerduty', from: 'pdjs/2.2.4 (linux)' },
    ])
  })

  it('belongs to the project of its key', async () => {
    const routing_key = 'fedcba9876543210fedcba9876543210'
    await way.take(request('/v2/enqueue', { ...(event as object), routing_key, payload: { summary: 'x' } }))
    expect(way.alerts).toMatchObject([{ project: 'shop', severity: 'error' }])
  })

  it('with names that would change what all objects are changes nothing', async () => {
    const text = JSON.stringify(event).replace('"value":97', '"__proto__":{"polluted":1},"constructor":{"prototype":1}')
    expect((await way.take(request('/v2/enqueue', text))).status).toBe(202)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('nested without end is taken with as much as can be shown', async () => {
    const text = JSON.stringify(event).replace('"value":97', `"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    expect((await way.take(request('/v2/enqueue', text))).status).toBe(202)
  })
})
