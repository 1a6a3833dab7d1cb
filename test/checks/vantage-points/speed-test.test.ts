import { afterAll, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { type SpeedTestMachine, type SpeedTestSimulator, startSpeedTestSimulator } from '../../simulators/speed-test.ts'
import { closedTarget, httpTarget, rawTarget } from '../targets.ts'
import { lookAround } from './check.ts'

const fine = { alltime: '212', conntime: '116', downtime: '78', dnstime: '18' }
const form = { guid: '{id}', host: '{host}', ishost: '1', encode: `\${ENCODE}`, checktype: '1' }
const env = { ENCODE: 'secret' }

const opened: SpeedTestSimulator[] = []
afterAll(() => Promise.all(opened.map((simulator) => simulator.close())))

/** Machines `m-0`, `m-1`, … in cities a, b, … of 电信. */
async function service(...machines: SpeedTestMachine[]) {
  const entries = machines.map((machine, index) => [`m-${index}`, machine])
  const simulator = await startSpeedTestSimulator({ machines: Object.fromEntries(entries), encode: env.ENCODE })
  opened.push(simulator)
  return { simulator, speedTests: { pages: entry(`${simulator.url}/ajaxseo.aspx`, machines.length) } }
}

function entry(url: string, nodes = 1): Record<string, unknown> {
  const cities = Array.from({ length: nodes }, (_, index) => String.fromCharCode(97 + index))
  return { url, form, nodes: cities.map((city, index) => ({ id: `m-${index}`, city, isp: '电信' })) }
}

const check = { 'vantage-points': 'https://www.example.com:8443/x', via: 'pages' }

it('asks every node by its form, and each is a place of its own', async () => {
  const { simulator, speedTests } = await service(
    { times: fine },
    { times: { ...fine, alltime: '3190', conntime: '3115', dnstime: '-' } },
    { times: { ...fine, httpstate: 502 } },
  )
  const seen = await lookAround({ ...check, degraded: '1s' }, { env, speedTests })
  const phases = { dns: 18, connect: 116, download: 78 }
  expect(seen).toEqual({
    outcome: 'degraded',
    latencyMs: 212,
    fault: fact('nodes-affected', { count: 1, of: 3, outcome: 'down', nodes: ['c/电信'] }),
    places: [
      { vantage: 'speedtest/a/电信', outcome: 'up', latencyMs: 212, phases },
      {
        vantage: 'speedtest/b/电信',
        outcome: 'degraded',
        latencyMs: 3190,
        phases: { connect: 3115, download: 78 },
        fault: fact('over-limit', { of: 'latency', tookMs: 3190, limitMs: 1000 }),
      },
      {
        vantage: 'speedtest/c/电信',
        outcome: 'down',
        latencyMs: 212,
        phases,
        fault: fact('node-status', { status: 502 }),
      },
    ],
  })
  expect(simulator.asked.toSorted((a, b) => a.guid.localeCompare(b.guid))).toEqual(
    ['m-0', 'm-1', 'm-2'].map((guid) => ({ guid, host: 'www.example.com:8443' })),
  )
})

const failures: [machine: SpeedTestMachine, fault: Fact, reason: string][] = [
  [
    { times: { alltime: '212', downtime: '78' } },
    fact('answer-lacks-time', { field: 'conntime' }),
    'a field is missing',
  ],
  [
    { times: { conntime: '1', downtime: '78' } },
    fact('answer-lacks-time', { field: 'alltime' }),
    'the time itself is missing',
  ],
  [
    { times: { ...fine, alltime: '-' } },
    fact('answer-no-time', { field: 'alltime', value: '-' }),
    'the time is not known',
  ],
  [{}, fact('answer-abnormal', { state: '0' }), 'the probe failed'],
]
it.each(failures)('a node that answers %j is down: %s', async (machine, fault) => {
  const { speedTests } = await service(machine)
  expect((await lookAround(check, { env, speedTests })).places).toEqual([
    { vantage: 'speedtest/a/电信', outcome: 'down', fault },
  ])
})

// Three that wait, side by side.
it.concurrent('a slow node has timed out after 2.5 s, and keeps nobody', async () => {
  const { simulator, speedTests } = await service(
    { times: fine, afterMs: 20_000 },
    { times: fine, afterMs: 500 },
    { times: fine, afterMs: 500 },
  )
  const startedAt = Date.now()
  const seen = await lookAround(check, { env, speedTests })
  expect(Date.now() - startedAt).toBeLessThan(10_000)
  expect(seen).toMatchObject({
    outcome: 'up',
    fault: fact('nodes-affected', { count: 1, of: 3, outcome: 'down', nodes: ['a/电信'] }),
  })
  expect(seen.places?.[0]).toEqual({
    vantage: 'speedtest/a/电信',
    outcome: 'down',
    fault: fact('node-timed-out', { limitMs: 2500 }),
  })
  expect(simulator.busiest()).toBe(3)
})

it.concurrent('looks from twenty at a time', async () => {
  const { simulator, speedTests } = await service(...Array.from({ length: 25 }, () => ({ times: fine, afterMs: 400 })))
  expect((await lookAround(check, { env, speedTests })).places).toHaveLength(25)
  expect(simulator.busiest()).toBe(20)
})

it.concurrent('whom the run has no time for is not asked', async () => {
  const { simulator, speedTests } = await service(
    ...Array.from({ length: 22 }, () => ({ times: fine, afterMs: 5_000 })),
  )
  const seen = await lookAround(check, { env, speedTests, timeoutMs: 800 })
  const notAsked = ['unknown', fact('node-not-asked')]
  // A busy machine may begin with some of them late.
  const timedOut = { code: 'node-timed-out', args: { limitMs: expect.any(Number) } }
  expect(seen.places?.map(({ outcome, fault }) => [outcome, fault])).toEqual([
    ...Array.from({ length: 20 }, () => ['down', timedOut]),
    notAsked,
    notAsked,
  ])
  expect(simulator.asked).toHaveLength(20)
})

it('ids of one city and ISP are one place', async () => {
  const { simulator, speedTests } = await service(
    { times: { ...fine, alltime: '900' } },
    {},
    { times: { ...fine, alltime: '300' } },
  )
  const nodes = ['m-0', 'm-1', 'm-2'].map((id) => ({ id, city: '河南新乡', isp: '多线' }))
  const seen = await lookAround(check, { env, speedTests: { pages: { ...speedTests.pages, nodes } } })
  expect(seen.places).toMatchObject([
    {
      vantage: 'speedtest/河南新乡/多线',
      outcome: 'up',
      latencyMs: 300,
      fault: fact('answer-abnormal', { state: '0' }),
    },
  ])
  expect(simulator.asked).toHaveLength(3)
})

it('only the nodes of the check', async () => {
  const { simulator, speedTests } = await service({ times: fine }, { times: fine })
  await lookAround({ ...check, nodes: ['b/电信'] }, { env, speedTests })
  expect(simulator.asked.map(({ guid }) => guid)).toEqual(['m-1'])
})

it.each([
  [{ kind: 'rate-limit' }, fact('third-party', { who: 'speed-test', fault: fact('api-status', { status: 429 }) })],
  [
    { kind: 'http', status: 500 },
    fact('third-party', { who: 'speed-test', fault: fact('api-status', { status: 500 }) }),
  ],
  [{ kind: 'garbage' }, fact('third-party', { who: 'speed-test', fault: fact('api-answer-malformed') })],
  [
    { kind: 'garbage', body: '{"error":"busy"}' },
    fact('third-party', { who: 'speed-test', fault: fact('api-answer-malformed') }),
  ],
  [{ kind: 'garbage', body: '404' }, fact('third-party', { who: 'speed-test', fault: fact('api-answer-malformed') })],
  [
    { kind: 'reset' },
    fact('third-party', { who: 'speed-test', fault: fact('api-no-answer', { error: 'ECONNRESET' }) }),
  ],
] as const)('a service that fails with %j makes the check unknown: %s', async (failure, fault) => {
  const { simulator, speedTests } = await service({ times: fine }, { times: fine })
  simulator.fail(failure, failure)
  expect(await lookAround(check, { env, speedTests })).toMatchObject({ outcome: 'unknown', fault })
})

it('a form that the service does not take makes it unknown', async () => {
  const { speedTests } = await service({ times: fine })
  const seen = await lookAround(check, { env: { ENCODE: 'old' }, speedTests })
  expect(seen).toMatchObject({
    outcome: 'unknown',
    fault: fact('third-party', { who: 'speed-test', fault: fact('api-status', { status: 403 }) }),
  })
})

it('a service that is not there, or does not even listen, says nothing about the target', async () => {
  const gone = { pages: entry(await closedTarget()) }
  expect((await lookAround(check, { env, speedTests: gone })).fault).toEqual(
    fact('third-party', { who: 'speed-test', fault: fact('api-not-reached', { error: 'ECONNREFUSED' }) }),
  )
  const silent = (await rawTarget(() => {})).replace('http:', 'https:')
  const speedTests = { pages: { ...entry(silent), timeout: '200ms' } }
  expect(await lookAround(check, { env, speedTests })).toMatchObject({
    outcome: 'unknown',
    fault: fact('third-party', { who: 'speed-test', fault: fact('api-not-reached') }),
  })
})

it('a redirect is not followed', async () => {
  const url = await httpTarget((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end())
  expect((await lookAround(check, { env, speedTests: { pages: entry(url) } })).fault).toEqual(
    fact('third-party', { who: 'speed-test', fault: fact('api-status', { status: 302 }) }),
  )
})

it('another service names its own fields, and headers of its page are sent', async () => {
  const url = await httpTarget((request, response) => {
    const isRight = request.headers['user-agent'] === 'Mozilla/5.0' && request.headers.referer === 'https://x.example/'
    response.end(isRight ? '{"sum": 120, "tcp": 40, "body": 9, "code": "200"}' : '{"state":0}')
  })
  const other = {
    ...entry(url),
    headers: { 'User-Agent': 'Mozilla/5.0', Referer: 'https://x.example/' },
    fields: { total: 'sum', connect: 'tcp', download: 'body', status: 'code' },
  }
  expect((await lookAround(check, { env, speedTests: { pages: other } })).places).toEqual([
    { vantage: 'speedtest/a/电信', outcome: 'up', latencyMs: 120, phases: { connect: 40, download: 9 } },
  ])
})

it('an unset variable is named', async () => {
  const { speedTests } = await service({ times: fine })
  expect(await lookAround(check, { env: {}, speedTests })).toEqual({
    outcome: 'unknown',
    fault: fact('variables-not-set', { names: ['ENCODE'] }),
  })
})
