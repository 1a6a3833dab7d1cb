import { expect, it } from 'vitest'
import type { RunResult } from '../../../shared/checks/kind.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import { heldToLimits } from '../../../shared/checks/vantage-points/node-limits.ts'
import { combine, summarise } from '../../../shared/checks/vantage-points/summarise.ts'
import { observation as contract, type Place } from '../../../shared/contracts/report.ts'
import { someCheck, someIo } from '../records.ts'

/** Places a, b, c, …: `up 120` or `down: HTTP 502` each. */
const places = (...seen: string[]): Place[] =>
  seen.map((text, index) => {
    const [, outcome, latency, said] = /^(\w+)(?: (\d+))?(?:: (.*))?$/.exec(text) ?? []
    return {
      vantage: `speedtest/${'abcdefgh'[index]}/电信`,
      outcome: outcome as Place['outcome'],
      ...(latency === undefined ? {} : { latencyMs: Number(latency) }),
      ...(said === undefined ? {} : { fault: fact('node-says', { said }) }),
    }
  })

const summaries: [seen: string[], told: ReturnType<typeof summarise>, reason: string][] = [
  [['up 100', 'up 300', 'up 200'], { outcome: 'up', latencyMs: 200 }, 'the median'],
  [['up 100', 'up 300'], { outcome: 'up', latencyMs: 100 }, 'of two the faster'],
  [
    ['up 100', 'up 120', 'degraded 900: 900ms, limit 800ms'],
    {
      outcome: 'up',
      latencyMs: 120,
      fault: fact('nodes-affected', { count: 1, of: 3, outcome: 'degraded', nodes: ['c/电信'] }),
    },
    'one slow node is only told',
  ],
  [
    ['up 100', 'up 120', 'down: timed out 2.5s'],
    {
      outcome: 'up',
      latencyMs: 100,
      fault: fact('nodes-affected', { count: 1, of: 3, outcome: 'down', nodes: ['c/电信'] }),
    },
    'one dead node, too',
  ],
  [
    ['up 100', 'down: timed out 2.5s'],
    {
      outcome: 'degraded',
      latencyMs: 100,
      fault: fact('nodes-affected', { count: 1, of: 2, outcome: 'down', nodes: ['b/电信'] }),
    },
    'half of them is no majority, but not fine either',
  ],
  [
    ['up 100', 'degraded 900', 'down'],
    {
      outcome: 'degraded',
      latencyMs: 100,
      fault: fact('nodes-affected', { count: 1, of: 3, outcome: 'down', nodes: ['c/电信'] }),
    },
    'most see something wrong; the worst is told',
  ],
  [
    ['down: timed out 2.5s', 'up 100', 'down: HTTP 502'],
    {
      outcome: 'down',
      latencyMs: 100,
      fault: fact('nodes-affected', { count: 2, of: 3, outcome: 'down', nodes: ['a/电信', 'c/电信'] }),
    },
    'a majority is down',
  ],
  [
    ['unknown: Globalping: no_probes_found (HTTP 422)', 'up 100'],
    {
      outcome: 'up',
      latencyMs: 100,
      fault: fact('nodes-affected', { count: 1, of: 2, outcome: 'unknown', nodes: ['a/电信'] }),
    },
    'who knows nothing has no vote, and is told',
  ],
  [
    ['unknown', 'unknown', 'down'],
    { outcome: 'down', fault: fact('nodes-affected', { count: 1, of: 3, outcome: 'down', nodes: ['c/电信'] }) },
    'the only one that knows something',
  ],
  [
    ['unknown: a', 'unknown: Globalping: HTTP 500', 'unknown: Globalping: HTTP 500'],
    { outcome: 'unknown', fault: fact('node-says', { said: 'Globalping: HTTP 500' }) },
    'nobody knows: most of the reasons',
  ],
  [['unknown'], { outcome: 'unknown', fault: fact('no-node-knows') }, 'nobody knows, and why is not known'],
  [
    ['down 300', 'down 500', 'down'],
    {
      outcome: 'down',
      latencyMs: 300,
      fault: fact('nodes-affected', { count: 3, of: 3, outcome: 'down', nodes: ['a/电信', 'b/电信', 'c/电信'] }),
    },
    'all',
  ],
]
it.each(summaries)('%j: %j (%s)', (seen, told) => {
  expect(summarise(places(...seen))).toEqual(told)
})

it('several probes at a place are one: phases of the median, the reason of the worst', () => {
  const sights = [
    { outcome: 'up', latencyMs: 90, phases: { connect: 9 } },
    { outcome: 'up', latencyMs: 10, phases: { connect: 1 } },
    { outcome: 'down', latencyMs: 50, phases: { connect: 5 }, fault: fact('node-status', { status: 502 }) },
  ] as const
  expect(combine([...sights])).toEqual({
    outcome: 'up',
    latencyMs: 50,
    phases: { connect: 5 },
    fault: fact('node-status', { status: 502 }),
  })
})

const limits = { vantage: 'speedtest/a/b', degraded: { latency: 800, connect: 100 }, down: { latency: 3000 } }
const held: [seen: RunResult, change: Partial<RunResult>, reason: string][] = [
  [{ outcome: 'up', latencyMs: 800 }, {}, 'at the limit'],
  [
    { outcome: 'up', latencyMs: 801 },
    { outcome: 'degraded', fault: fact('over-limit', { of: 'latency', tookMs: 801, limitMs: 800 }) },
    'over it',
  ],
  [
    { outcome: 'up', latencyMs: 500, phases: { connect: 101 } },
    { outcome: 'degraded', fault: fact('over-limit', { of: 'connect', tookMs: 101, limitMs: 100 }) },
    'a phase over its own',
  ],
  [
    { outcome: 'up', latencyMs: 3001 },
    { outcome: 'down', fault: fact('over-limit', { of: 'latency', tookMs: 3001, limitMs: 3000 }) },
    'over both',
  ],
  [
    { outcome: 'degraded', latencyMs: 900, fault: fact('node-status', { status: 502 }) },
    {},
    'slow, and half of its probes see something worse: that is told',
  ],
  [
    { outcome: 'degraded', latencyMs: 3001, fault: fact('node-status', { status: 502 }) },
    { outcome: 'down', fault: fact('over-limit', { of: 'latency', tookMs: 3001, limitMs: 3000 }) },
    'worse',
  ],
  [{ outcome: 'down', latencyMs: 900, fault: fact('node-status', { status: 502 }) }, {}, 'down for another reason'],
  [
    {
      outcome: 'unknown',
      fault: fact('third-party', { who: 'speed-test', fault: fact('api-status', { status: 500 }) }),
    },
    {},
    'nothing to hold',
  ],
]
it.each(held)('%j becomes %j: %s', (seen, change) => {
  expect(heldToLimits(seen, limits)).toEqual({ ...seen, ...change })
})

it('without limits nothing is slow', () => {
  const seen = { outcome: 'up', latencyMs: 60_000 } as const
  expect(heldToLimits(seen, { vantage: 'speedtest/a/b' })).toEqual(seen)
})

it('places go through a run into the report', async () => {
  const seen = { outcome: 'up', latencyMs: 100, places: places('up 100', 'down: HTTP 502') } as const
  const kinds = { around: { kind: 'around', run: async () => seen } }
  const [observation] = await runChecks([someCheck({ kind: 'around' })], someIo(), { kinds })
  expect(contract.parse(observation)).toMatchObject(seen)
})
