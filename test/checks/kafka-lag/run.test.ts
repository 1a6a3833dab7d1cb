import { afterEach, describe, expect, it } from 'vitest'
import type { ClusterSettings, KafkaLagSpec } from '../../../shared/checks/kafka-lag/spec.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { buildReports } from '../../../shared/checks/run/report.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import { report as reportContract } from '../../../shared/contracts/report.ts'
import { kafkaSamples } from '../../../shared/evaluation/kafka-sample.ts'
import { type FakeKafka, type KafkaOptions, startFakeKafka } from '../../simulators/kafka/cluster.ts'
import { someCheck, someIo } from '../records.ts'

let kafka: FakeKafka
afterEach(async () => {
  await kafka.close()
  expect(kafka.violations).toEqual([])
})

async function start(options: Partial<KafkaOptions> = {}) {
  kafka = await startFakeKafka({
    topics: { paid: { ends: [1000, 2000] }, refund: { ends: [10] } },
    groups: { orders: { state: 'Empty', commits: { paid: { 0: 900, 1: 1000 }, refund: { 0: 10 } } } },
    ...options,
  })
}

function check(changes: Partial<KafkaLagSpec> = {}, cluster: Partial<ClusterSettings> = {}) {
  const settings = { type: 'kafka', brokers: kafka.addresses, tls: false, ...cluster } as ClusterSettings
  const spec: KafkaLagSpec = {
    cluster: settings,
    group: 'orders',
    topics: [],
    limits: { lag: [], allowed: [] },
    ...changes,
  }
  return someCheck({ name: 'orders', kind: 'kafka-lag', target: 'msk/orders', spec })
}

const run = async (
  spec: Partial<KafkaLagSpec> = {},
  cluster: Partial<ClusterSettings> = {},
  env = {},
  timeoutMs = 2_000,
) => {
  const [observation] = await runChecks([{ ...check(spec, cluster), timeoutMs }], someIo(env))
  return observation
}

it('brings the offsets and what they are to be judged by', async () => {
  await start()
  const limits = { lag: [['*', 5000] as [string, number]], allowed: [], ageMs: 300_000 }
  const observation = await run({ limits })
  expect(observation).toEqual({
    check: 'pay/orders',
    project: 'pay',
    at: expect.any(Number),
    outcome: 'up',
    fault: fact('total-lag', { lag: 1100, partitions: 3, unreadable: 0, errors: [] }),
    latencyMs: expect.any(Number),
    samples: {
      kind: 'kafka',
      source: 'kafka',
      limits,
      found: false,
      groups: [
        {
          group: 'orders',
          at: expect.any(Number),
          state: 'Empty',
          members: 0,
          topics: [
            {
              topic: 'paid',
              partitions: [
                [0, 900, 1000, false],
                [1, 1000, 2000, false],
              ],
            },
            { topic: 'refund', partitions: [[0, 10, 10, false]] },
          ],
        },
      ],
    },
  })
})

it('fits the contract of a report, and says when groups were found by a pattern', async () => {
  await start()
  const observation = await run({ group: 'ord*' })
  expect(observation?.samples).toMatchObject({ found: true, groups: [{ group: 'orders' }] })
  const runner = { function: 'probe', run: 'r1', version: '1', startedAt: 1, finishedAt: 2, coldStart: false }
  const [report] = await buildReports('aws/ap-southeast-1', runner, observation ? [observation] : [], [check()])
  expect(reportContract.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
})

it('can say at one look that a lag is over its limit, by topic', async () => {
  await start()
  const limits = { lag: [['refund', 0] as [string, number], ['pa*', 1099] as [string, number]], allowed: [] }
  expect(await run({ limits })).toMatchObject({
    outcome: 'down',
    fault: fact('topic-over-limit', { topic: 'paid', lag: 1100, limit: 1099 }),
  })
})

it('does not count what was never committed as unread', async () => {
  await start()
  kafka.groups.orders = { commits: { refund: { 0: 8 } } }
  expect(await run({ topics: ['paid', 'refund'] })).toMatchObject({
    outcome: 'up',
    fault: fact('total-lag', { lag: 2, partitions: 3, unreadable: 0, errors: [] }),
  })
})

describe('what keeps it from reading is unknown, never up or down', () => {
  it('the time is over, and nothing stays open', async () => {
    await start()
    kafka.fail({ api: 'OffsetFetch', kind: 'silence' })
    expect(await run({}, {}, {}, 150)).toMatchObject({ outcome: 'unknown', fault: { code: 'timeout' } })
    await expect.poll(() => kafka.connections()).toBe(0)
  })

  it('a broker that is not there', async () => {
    await start()
    const observation = await run({}, { type: 'kafka', brokers: ['127.0.0.1:1'] })
    expect(observation).toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-unreached', { source: 'kafka', fault: fact('connection-refused') }),
    })
    expect(observation).not.toHaveProperty('samples')
  })

  it("a variable that is missing in the probe's environment", async () => {
    await start()
    expect(await run({}, { type: 'kafka', brokers: ['${BROKER}'] })).toMatchObject({
      outcome: 'unknown',
      fault: fact('variables-not-set', { names: ['BROKER'] }),
    })
    const env = { BROKER: kafka.addresses[0] }
    expect(await run({}, { type: 'kafka', brokers: ['${BROKER}'] }, env)).toMatchObject({ outcome: 'up' })
  })

  it('a group of more partitions than a report holds', async () => {
    await start()
    wide('wide', 20_500)
    expect(await run({ group: 'wide' }, {}, {}, 20_000)).toMatchObject({
      outcome: 'unknown',
      fault: fact('group-too-large', { group: 'wide', partitions: 20500 }),
    })
  })
})

/** A group with something unread on so many partitions, of offsets so long that few fill a report. */
function wide(name: string, partitions: number) {
  const all = Array.from({ length: partitions }, (_, partition) => partition)
  kafka.topics[name] = { ends: all.map(() => 9_007_199_254_740_001) }
  kafka.groups[name] = { commits: { [name]: Object.fromEntries(all.map((one) => [one, 9_007_199_254_740_000])) } }
}

describe('many groups', () => {
  it('go into as many reports as they need, each of which knows the names of all', async () => {
    await start()
    for (const name of ['wide-a', 'wide-b', 'wide-c']) wide(name, 12_000)
    const observation = await run({ group: 'wide-*' }, {}, {}, 20_000)
    expect(observation).toMatchObject({
      outcome: 'up',
      fault: fact('total-lag', { lag: 36000, partitions: 36000, unreadable: 0, errors: [] }),
    })
    const runner = { function: 'probe', run: 'r1', version: '1', startedAt: 1, finishedAt: 2, coldStart: false }
    const reports = await buildReports('aws/ap-southeast-1', runner, observation ? [observation] : [], [check()])
    const parts = reports.flatMap(({ observations }) => observations.map(({ samples }) => kafkaSamples.parse(samples)))
    expect(parts.map(({ groups, elsewhere }) => [groups.map(({ group }) => group), elsewhere])).toEqual([
      [['wide-a'], ['wide-b', 'wide-c']],
      [['wide-b'], ['wide-a', 'wide-c']],
      [['wide-c'], ['wide-a', 'wide-b']],
    ])
    expect(parts.flatMap(({ groups }) => groups)).toEqual(kafkaSamples.parse(observation?.samples).groups)
    for (const report of reports) {
      expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThanOrEqual(900_000)
      expect(reportContract.parse(report)).toEqual(report)
    }
  })

  it('one of which is not readable say so', async () => {
    await start()
    kafka.groups['orders-late'] = { commits: {}, error: 30 }
    expect(await run({ group: 'orders*' })).toMatchObject({
      outcome: 'up',
      fault: fact('total-lag', { lag: 1100, partitions: 3, unreadable: 1, errors: ['GROUP_AUTHORIZATION_FAILED'] }),
    })
  })
})

it('many checks of one cluster in one run share its connections', async () => {
  await start({ brokers: 2 })
  const checks = Array.from({ length: 100 }, (_, index) => ({
    ...check(),
    id: `pay/orders-${index}`,
    timeoutMs: 20_000,
  }))
  const observations = await runChecks(checks, someIo())
  expect(observations.every(({ outcome }) => outcome === 'up')).toBe(true)
  const connections = kafka.requests.filter((request) => request.startsWith('ApiVersions')).length
  expect(connections).toBeLessThanOrEqual(4)
  await expect.poll(() => kafka.connections()).toBe(0)
})
