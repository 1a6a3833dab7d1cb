import { afterAll, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import {
  type GlobalpingOptions,
  type GlobalpingProbe,
  type GlobalpingSimulator,
  startGlobalpingSimulator,
} from '../../simulators/globalping.ts'
import { httpResult, pingResult } from '../../simulators/globalping-results.ts'
import { closedTarget } from '../targets.ts'
import { lookAround } from './check.ts'

const probe = (country: string, city: string, asn: number, network: string): GlobalpingProbe => ({
  country,
  state: null,
  city,
  asn,
  network,
  tags: ['datacenter-network'],
})
const singapore = probe('SG', 'Singapore', 16509, 'Amazon.com')
const tokyo = probe('JP', 'Tokyo', 2516, 'KDDI')
const guangzhou = probe('CN', 'Guangzhou', 4134, 'China Telecom')

const opened: GlobalpingSimulator[] = []
afterAll(() => Promise.all(opened.map((globalping) => globalping.close())))

async function vendor(options: Partial<GlobalpingOptions> = {}) {
  const globalping = await startGlobalpingSimulator({
    probes: [singapore, tokyo, guangzhou],
    now: Date.now,
    see: () => httpResult(200, { total: 212, dns: 18, tcp: 40, tls: 60, firstByte: 80, download: 14 }),
    ...options,
  })
  opened.push(globalping)
  return { globalping, env: { FENGHUO_GLOBALPING_URL: globalping.url } }
}

const url = 'https://www.example.com/a?b=1'

it('fetches from a country, a city and a network, each a place of its own', async () => {
  const { globalping, env } = await vendor({
    see: ({ city }) => httpResult(200, { total: city === 'Guangzhou' ? 900 : 212, tcp: 40 }),
  })
  const seen = await lookAround(
    { 'vantage-points': url, nodes: ['SG', 'JP/Tokyo', 'CN/Guangzhou/AS4134'], degraded: '800ms' },
    { env },
  )
  expect(seen).toEqual({
    outcome: 'up',
    latencyMs: 212,
    fault: fact('nodes-affected', { count: 1, of: 3, outcome: 'degraded', nodes: ['CN/Guangzhou/AS4134'] }),
    places: [
      { vantage: 'globalping/SG', outcome: 'up', latencyMs: 212, phases: { connect: 40 } },
      { vantage: 'globalping/JP/Tokyo', outcome: 'up', latencyMs: 212, phases: { connect: 40 } },
      {
        vantage: 'globalping/CN/Guangzhou/AS4134',
        outcome: 'degraded',
        latencyMs: 900,
        phases: { connect: 40 },
        fault: fact('over-limit', { of: 'latency', tookMs: 900, limitMs: 800 }),
      },
    ],
  })
  expect(globalping.measurements.find(({ locations }) => locations?.[0]?.asn === 4134)).toEqual({
    type: 'http',
    target: 'www.example.com',
    locations: [{ country: 'CN', city: 'Guangzhou', asn: 4134, limit: 1 }],
    timeout: expect.toSatisfy((seconds) => seconds >= 6 && seconds <= 10),
    measurementOptions: { protocol: 'HTTPS', port: 443, request: { method: 'GET', path: '/a', query: 'b=1' } },
  })
  expect(globalping.requests).toHaveLength(6)
})

it.each([
  ['gw.example.com', 'gw.example.com', undefined],
  ['gw.example.com:8443', 'gw.example.com', { protocol: 'TCP', port: 8443 }],
  ['[2001:db8::1]:443', '2001:db8::1', { protocol: 'TCP', port: 443 }],
])('pings %s', async (written, target, measurementOptions) => {
  const { globalping, env } = await vendor({ see: () => pingResult(24.2, undefined, 25.8) })
  const seen = await lookAround({ 'vantage-points': written, nodes: [{ network: 'KDDI' }] }, { env })
  expect(seen).toEqual({
    outcome: 'up',
    latencyMs: 25,
    places: [{ vantage: 'globalping/KDDI', outcome: 'up', latencyMs: 25, fault: fact('packet-loss', { percent: 33 }) }],
  })
  const [measurement] = globalping.measurements
  expect(measurement).toMatchObject({ type: 'ping', target })
  expect(measurement?.measurementOptions).toEqual(measurementOptions)
})

// These wait for the pauses between reads, and do so side by side.
it.concurrent('reads on every half second until it is finished, and asks only for news', async () => {
  const { globalping, env } = await vendor({ readsInProgress: 2 })
  const startedAt = performance.now()
  const seen = await lookAround({ 'vantage-points': url, nodes: ['SG'] }, { env })
  expect(seen.outcome).toBe('up')
  // Each timer may fire a millisecond early.
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(998)
  expect(globalping.refused).toEqual([])
  const [, first, second, third] = globalping.requests
  expect([first?.headers['if-none-match'], typeof second?.headers['if-none-match']]).toEqual([undefined, 'string'])
  expect(third?.headers['if-none-match']).toBe(second?.headers['if-none-match'])
})

it.concurrent('waits as long as it is told to, and survives a bad read', async () => {
  const { globalping, env } = await vendor()
  globalping.fail({ kind: 'rate-limit', operation: 'read' }, { kind: 'reset', operation: 'read' })
  const startedAt = performance.now()
  const seen = await lookAround({ 'vantage-points': url, nodes: ['SG'] }, { env })
  expect(seen.outcome).toBe('up')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_497)
  expect(globalping.failuresLeft).toBe(0)
})

it.concurrent('what is not finished in time is unknown, and is not read any more', async () => {
  const { globalping, env } = await vendor({ readsInProgress: 1_000 })
  const seen = await lookAround({ 'vantage-points': url, nodes: ['SG'] }, { env, timeoutMs: 700 })
  expect(seen).toMatchObject({
    outcome: 'unknown',
    fault: fact('third-party', { who: 'globalping', fault: fact('api-not-finished', { limitMs: 700 }) }),
  })
  const { length } = globalping.requests
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(globalping.requests).toHaveLength(length)
})

it.concurrent('what could not be read says why', async () => {
  const { globalping, env } = await vendor()
  globalping.fail(...Array.from({ length: 9 }, () => ({ kind: 'http', status: 502, operation: 'read' }) as const))
  const seen = await lookAround({ 'vantage-points': url, nodes: ['SG'] }, { env, timeoutMs: 700 })
  expect(seen.fault).toEqual(fact('third-party', { who: 'globalping', fault: fact('api-status', { status: 502 }) }))
})

it('several probes of a place are one place', async () => {
  const times = [100, 300, 200]
  const { env } = await vendor({
    probes: [1, 2, 3].map((asn) => probe('SG', 'Singapore', asn, 'x')),
    see: ({ asn }) => httpResult(200, { total: times[asn - 1] ?? 0 }),
  })
  const seen = await lookAround({ 'vantage-points': url, nodes: [{ country: 'SG', probes: 3 }] }, { env })
  expect(seen.places).toEqual([{ vantage: 'globalping/SG', outcome: 'up', latencyMs: 200 }])
})

it('a place without probes takes no other with it', async () => {
  const { globalping, env } = await vendor()
  const seen = await lookAround({ 'vantage-points': url, nodes: ['SG', 'AQ'] }, { env })
  expect(seen).toMatchObject({
    outcome: 'up',
    fault: fact('nodes-affected', { count: 1, of: 2, outcome: 'unknown', nodes: ['AQ'] }),
  })
  expect(seen.places?.[1]).toEqual({
    vantage: 'globalping/AQ',
    outcome: 'unknown',
    fault: fact('third-party', {
      who: 'globalping',
      fault: fact('api-status', { status: 422, error: 'no_probes_found' }),
    }),
  })
  expect(globalping.refused).toEqual(['no_probes_found'])
})

it('beyond the free tests the check is unknown with the code, and no more nodes are asked for', async () => {
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1)
  const probes = numbers.map((asn) => probe('SG', 'Singapore', asn, 'x'))
  const { globalping, env } = await vendor({ freeTests: 0, probes })
  const seen = await lookAround({ 'vantage-points': url, nodes: numbers.map((asn) => `AS${asn}`) }, { env })
  const fault = fact('third-party', {
    who: 'globalping',
    fault: fact('api-status', { status: 429, error: 'rate_limit_exceeded', againS: 1800 }),
  })
  expect(seen).toMatchObject({ outcome: 'unknown', fault })
  expect(seen.places?.map((place) => place.fault)).toEqual(numbers.map(() => fault))
  expect(globalping.requests).toHaveLength(20)
})

it('a token comes from the environment', async () => {
  const { globalping, env } = await vendor({ freeTests: 0, tokens: ['secret-1'] })
  const check = { 'vantage-points': url, nodes: ['SG'], token: `\${GLOBALPING_TOKEN}` }
  const look = (token?: string) => lookAround(check, { env: { ...env, GLOBALPING_TOKEN: token } })
  expect((await look('secret-1')).outcome).toBe('up')
  expect(globalping.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer secret-1',
    'Bearer secret-1',
  ])
  expect(await look('secret-2')).toMatchObject({
    outcome: 'unknown',
    fault: fact('third-party', {
      who: 'globalping',
      fault: fact('api-status', { status: 401, error: 'unauthorized' }),
    }),
  })
  expect(await look()).toEqual({
    outcome: 'unknown',
    fault: fact('variables-not-set', { names: ['GLOBALPING_TOKEN'] }),
  })
})

it.each([
  [
    { kind: 'error', code: 'api_error' },
    'create',
    fact('third-party', { who: 'globalping', fault: fact('api-status', { status: 500, error: 'api_error' }) }),
  ],
  [
    { kind: 'http', status: 503 },
    'create',
    fact('third-party', { who: 'globalping', fault: fact('api-status', { status: 503 }) }),
  ],
  [
    { kind: 'garbage' },
    'create',
    fact('third-party', { who: 'globalping', fault: fact('api-status', { status: 200 }) }),
  ],
  [
    { kind: 'reset' },
    'create',
    fact('third-party', { who: 'globalping', fault: fact('api-no-answer', { error: 'ECONNRESET' }) }),
  ],
  [{ kind: 'garbage' }, 'read', fact('third-party', { who: 'globalping', fault: fact('api-answer-malformed') })],
  [
    { kind: 'garbage', body: '{"status":"finished","results":[]}' },
    'read',
    fact('third-party', { who: 'globalping', fault: fact('api-answer-malformed') }),
  ],
  [
    { kind: 'garbage', body: '{"status":"finished","results":[{}]}' },
    'read',
    fact('third-party', { who: 'globalping', fault: fact('api-result-malformed') }),
  ],
] as const)('%j to a %s: unknown, %s', async (failure, operation, fault) => {
  const { globalping, env } = await vendor()
  globalping.fail({ ...failure, operation })
  expect(await lookAround({ 'vantage-points': url, nodes: ['SG'] }, { env })).toMatchObject({
    outcome: 'unknown',
    fault,
  })
})

it('an address where nobody listens is no fault of the target', async () => {
  const env = { FENGHUO_GLOBALPING_URL: await closedTarget() }
  const seen = await lookAround({ 'vantage-points': url, nodes: ['SG', 'JP'] }, { env })
  expect(seen).toMatchObject({
    outcome: 'unknown',
    fault: fact('third-party', { who: 'globalping', fault: fact('api-not-reached', { error: 'ECONNREFUSED' }) }),
  })
})

it('an address that is none is not either', async () => {
  const seen = await lookAround(
    { 'vantage-points': url, nodes: ['SG'] },
    { env: { FENGHUO_GLOBALPING_URL: 'nowhere' } },
  )
  expect(seen.outcome).toBe('unknown')
})

it('ends with the run', async () => {
  const { globalping, env } = await vendor()
  globalping.fail({ kind: 'timeout' })
  const end = new AbortController()
  setTimeout(() => end.abort(), 100)
  const seen = await lookAround({ 'vantage-points': url, nodes: ['SG'] }, { env, signal: end.signal })
  expect(seen).toMatchObject({
    outcome: 'unknown',
    fault: fact('third-party', { who: 'globalping', fault: fact('cut-short') }),
  })
})
