import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { manualClock } from './clock.ts'
import { type GlobalpingOptions, startGlobalpingSimulator } from './globalping.ts'
import { httpResult } from './globalping-results.ts'

const probe = { country: 'SG', state: null, city: 'Singapore', asn: 16509, network: 'Amazon.com', tags: [] }
const sample = (name: string) => readFileSync(new URL(`../samples/globalping-${name}.json`, import.meta.url), 'utf8')

async function vendor(options: Partial<GlobalpingOptions> = {}) {
  const clock = manualClock(Date.UTC(2026, 10, 21, 3, 4, 5))
  const see = () => httpResult(200, { total: 212 })
  const simulator = await startGlobalpingSimulator({ probes: [probe, probe], now: clock.now, see, ...options })
  onTestFinished(() => simulator.close())
  const create = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${simulator.url}/v1/measurements`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'test', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const read = async (created: Response, etag?: string) => {
    const { id } = (await created.clone().json()) as { id: string }
    return fetch(`${simulator.url}/v1/measurements/${id}`, etag ? { headers: { 'if-none-match': etag } } : {})
  }
  return { clock, simulator, create, read }
}

it.each(['create-http-request', 'create-ping-request'])('takes %s of the vendor', async (name) => {
  const { create } = await vendor()
  // Probes are in Singapore alone: what is asked for elsewhere has none.
  const response = await create(sample(name))
  expect(response.status).toBe(name === 'create-http-request' ? 202 : 422)
})

it('answers a creation and its reads as the vendor does', async () => {
  const { clock, create, read } = await vendor({ readsInProgress: 1 })
  const created = await create(sample('create-http-request'))
  expect(created.headers.get('location')).toMatch(/^https:\/\/api\.globalping\.io\/v1\/measurements\/.{16}$/)
  expect(created.headers.get('x-ratelimit-remaining')).toBe('248')
  expect(await created.clone().json()).toMatchObject({ probesCount: 2 })
  const first = await read(created)
  expect(await first.json()).toMatchObject({ status: 'in-progress' })
  clock.advance(499)
  const hasty = await read(created)
  expect([hasty.status, hasty.headers.get('retry-after')]).toEqual([429, '1'])
  clock.advance(500)
  const second = await read(created, first.headers.get('etag') ?? '')
  const answer = (await second.json()) as Record<string, unknown>
  expect(Object.keys(answer).toSorted()).toEqual(Object.keys(JSON.parse(sample('get-http-response'))).toSorted())
  clock.advance(500)
  expect((await read(created, second.headers.get('etag') ?? '')).status).toBe(304)
})

const http = { type: 'http', target: 'example.com' }
const invalid: [body: unknown, reason: string][] = [
  ['{', 'not JSON'],
  [{ type: 'http' }, 'no target'],
  [{ ...http, type: 'smtp' }, 'a type that is none'],
  [{ ...http, retries: 1 }, 'a property that is none'],
  [{ ...http, timeout: 4 }, 'a timeout out of range'],
  [{ ...http, locations: [{ country: 'Singapore' }] }, 'a country that is no code'],
  [{ ...http, locations: [{ zip: 1 }] }, 'a location that is none'],
  [{ ...http, limit: 2, locations: [{ country: 'SG', limit: 1 }] }, 'limits in both places'],
  [{ ...http, measurementOptions: { packets: 3 } }, "another type's options"],
  [{ ...http, measurementOptions: { request: { method: 'POST' } } }, 'a method that is not allowed'],
]
it.each(invalid)('%j is a validation error: %s', async (body) => {
  const { create, simulator } = await vendor()
  const response = await create(body)
  expect([response.status, await response.json()]).toMatchObject([400, { error: { type: 'validation_error' } }])
  expect(simulator.measurements).toEqual([])
})

it('counts tests by the hour and by token', async () => {
  const { clock, create } = await vendor({ freeTests: 1, tokens: ['known'] })
  expect((await create(http)).status).toBe(202)
  const refused = await create(http)
  expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, '0'])
  expect((await create(http, { authorization: 'Bearer known' })).status).toBe(202)
  expect((await create(http, { authorization: 'Bearer other' })).status).toBe(401)
  clock.advance(3_600_000)
  expect((await create(http)).status).toBe(202)
})
