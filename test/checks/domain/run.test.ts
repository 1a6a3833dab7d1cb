import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { domainConfig } from '../../../shared/checks/domain/config.ts'
import type { RunResult } from '../../../shared/checks/kind.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/contracts/milliseconds.ts'
import { type RdapOptions, startRdap } from '../../simulators/rdap.ts'
import { someCheck, someIo } from '../records.ts'
import { httpTarget } from '../targets.ts'

const start = Date.parse('2026-11-28T00:00:00Z')

/** What a process has heard is for all its checks: each test begins as a new one. */
beforeEach(() => void vi.resetModules())

/** A registry, and a probe that looks at domains there while hours go by. */
async function world(options: Partial<RdapOptions> = {}) {
  let now = start
  const domains = {
    'shop.example': { expires: '2027-01-27T00:00:00Z' },
    'soon.example': { expires: '2026-12-18T00:00:00Z' },
    'gone.example': { expires: '2026-11-25T00:00:00Z' },
    'held.example': { expires: '2027-01-27T00:00:00Z', status: ['client transfer prohibited', 'client hold'] },
    'late.example': { expires: '2026-11-01T00:00:00Z', status: ['redemption period', 'pending delete'] },
    'quiet.example': {},
    'xn--fiq228c.example': { expires: '2027-01-27T00:00:00Z' },
    'shop.moved': { expires: '2027-01-27T00:00:00Z' },
    'shop.long.moved': { expires: '2027-01-27T00:00:00Z' },
  }
  const rdap = await startRdap({ now: () => now, domains, ...options })
  onTestFinished(() => rdap.close())
  const { domain } = await import('../../../shared/checks/domain/run.ts')
  const io = { ...someIo({ FENGHUO_RDAP_URL: rdap.url }), now: () => now }
  async function look(keys: object, timeoutMs = 2_000): Promise<RunResult> {
    const check = { ...someCheck({ kind: 'domain' }), spec: domainConfig.schema.parse(keys) }
    return domain.run(check, io, now + timeoutMs)
  }
  return { rdap, look, pass: (ms: number) => (now += ms) }
}

const expires = (days: number, limit?: number): Fact =>
  fact('domain-expires', { inMs: days * DAY_MS, ...(limit === undefined ? {} : { limitMs: limit * DAY_MS }) })

const cases: [keys: object, outcome: string, fault: Fact][] = [
  [{ domain: 'shop.example' }, 'up', expires(60)],
  [{ domain: 'Shop.Example.' }, 'up', expires(60)],
  [{ domain: '中文.example' }, 'up', expires(60)],
  [{ domain: 'shop.moved' }, 'up', expires(60)],
  [{ domain: 'shop.long.moved' }, 'up', expires(60)],
  [{ domain: 'soon.example', degraded: '30d', down: '7d' }, 'degraded', expires(20, 30)],
  [{ domain: 'soon.example', degraded: '40d', down: '21d' }, 'down', expires(20, 21)],
  [{ domain: 'gone.example' }, 'down', fact('domain-expired', { agoMs: 3 * DAY_MS })],
  [{ domain: 'held.example' }, 'down', fact('domain-on-hold', { status: 'client hold' })],
  [{ domain: 'late.example' }, 'down', fact('domain-to-be-deleted', { status: 'redemption period' })],
  [{ domain: 'free.example' }, 'down', fact('domain-not-registered')],
  [{ domain: 'quiet.example' }, 'unknown', fact('domain-without-expiry')],
  [{ domain: 'shop.nowhere' }, 'unknown', fact('domain-without-registry', { name: 'shop.nowhere' })],
]
it.each(cases)('%j is %s', async (keys, outcome, fault) => {
  const { look } = await world()
  expect(await look(keys)).toEqual({ outcome, fault })
})

it('asks once for what is well, and each time for what is not', async () => {
  const { rdap, look, pass } = await world()
  for (let hour = 0; hour < 6; hour++) {
    await look({ domain: 'shop.example', degraded: '30d' })
    await look({ domain: 'soon.example', degraded: '30d' })
    pass(HOUR_MS)
  }
  expect(rdap.asked.filter((name) => name === 'shop.example')).toHaveLength(1)
  expect(rdap.asked.filter((name) => name === 'soon.example')).toHaveLength(6)
  expect(rdap.requests.filter(({ path }) => path === '/rdap/dns.json')).toHaveLength(1)
  rdap.domains['soon.example'] = { expires: '2027-12-18T00:00:00Z' }
  expect(await look({ domain: 'soon.example', degraded: '30d' })).toMatchObject({ outcome: 'up' })
})

it('asks for the list once for all that begin together', async () => {
  const { rdap, look } = await world()
  const seen = await Promise.all(['shop', 'soon', 'held'].map((name) => look({ domain: `${name}.example` })))
  expect(seen.map(({ outcome }) => outcome)).toEqual(['up', 'up', 'down'])
  expect(rdap.requests.filter(({ path }) => path === '/rdap/dns.json')).toHaveLength(1)
})

it('leaves a registry alone that asks for patience, and knows nothing new meanwhile', async () => {
  const { rdap, look, pass } = await world({ perMinute: 1 })
  expect(await look({ domain: 'soon.example', degraded: '30d' })).toMatchObject({ outcome: 'degraded' })
  const host = new URL(rdap.url).host
  const busy = (againS: number) => fact('registry-failed', { host, fault: fact('api-status', { status: 429, againS }) })
  expect(await look({ domain: 'shop.example' })).toEqual({ outcome: 'unknown', fault: busy(120) })
  pass(60_000)
  expect(await look({ domain: 'shop.example' })).toEqual({ outcome: 'unknown', fault: busy(60) })
  // What was heard before still holds, and its days go by.
  expect(await look({ domain: 'soon.example', degraded: '30d' })).toMatchObject({ outcome: 'degraded' })
  expect(rdap.requests.filter(({ path }) => path.startsWith('/registry'))).toHaveLength(2)
  pass(60_000)
  expect(await look({ domain: 'shop.example' })).toMatchObject({ outcome: 'up' })
})

it('believes what it heard for three days without its registry', async () => {
  const { rdap, look, pass } = await world()
  await look({ domain: 'soon.example', degraded: '30d' })
  await rdap.close()
  pass(2 * DAY_MS)
  const fault = expires(18, 30)
  expect(await look({ domain: 'soon.example', degraded: '30d' })).toEqual({ outcome: 'degraded', fault })
  pass(2 * DAY_MS)
  expect(await look({ domain: 'soon.example', degraded: '30d' })).toMatchObject({ outcome: 'unknown' })
})

it('does not believe in a domain again whose registry knew it no more, and then failed', async () => {
  const { rdap, look, pass } = await world()
  expect(await look({ domain: 'shop.example' })).toMatchObject({ outcome: 'up' })
  delete rdap.domains['shop.example']
  pass(6 * HOUR_MS)
  const fault = fact('domain-not-registered')
  expect(await look({ domain: 'shop.example' })).toEqual({ outcome: 'down', fault })
  await rdap.close()
  pass(HOUR_MS)
  expect(await look({ domain: 'shop.example' })).toEqual({ outcome: 'down', fault })
})

it('says nothing of a domain when its registry is slow', async () => {
  const { look } = await world({ latencyMs: 400 })
  const fault = fact('api-not-finished', { limitMs: 200 })
  expect(await look({ domain: 'shop.example' }, 200)).toEqual({ outcome: 'unknown', fault })
})

const odd: [reason: string, status: number, type: string, body: string, location: string | undefined, code: string][] =
  [
    [
      'another domain',
      200,
      'rdap+json',
      '{"objectClassName":"domain","ldhName":"a.example"}',
      undefined,
      'api-answer-malformed',
    ],
    ['no JSON', 200, 'rdap+json', '<html>', undefined, 'api-answer-malformed'],
    ['no object', 200, 'rdap+json', 'null', undefined, 'api-answer-malformed'],
    ['404 of a server without RDAP', 404, 'xhtml', '<html>', undefined, 'api-status'],
    ['500', 500, 'rdap+json', '{}', undefined, 'api-status'],
    ['a date that is none', 200, 'rdap+json', registered('soon'), undefined, 'api-answer-malformed'],
    ['a redirect into our network', 302, 'json', '', 'http://169.254.169.254/latest', 'api-status'],
    ['a redirect to what is private', 302, 'json', '', 'https://[fd00:ec2::254]/', 'api-status'],
    ['redirects without end', 302, 'json', '', '/domain/shop.example', 'api-status'],
  ]
it.each(odd)('%s is no word about the domain', async (_reason, status, type, body, location, code) => {
  const url = await httpTarget((_request, response) => {
    response.writeHead(status, { 'content-type': `application/${type}`, ...(location && { location }) }).end(body)
  })
  const { domain } = await import('../../../shared/checks/domain/run.ts')
  const io = { ...someIo(), now: () => start }
  const check = { ...someCheck({ kind: 'domain' }), spec: { name: 'shop.example', rdap: url } }
  const { outcome, fault } = await domain.run(check, io, start + 2_000)
  expect([outcome, fault?.code, Object(fault?.args).fault?.code]).toEqual(['unknown', 'registry-failed', code])
})

function registered(eventDate: string): string {
  const events = [{ eventAction: 'expiration', eventDate }]
  return JSON.stringify({ objectClassName: 'domain', ldhName: 'shop.example', events })
}
