import { describe, expect, it } from 'vitest'
import { groupCheck } from '../../shared/checks/registry.judge.ts'
import type { GroupOffsets, KafkaLimits, KafkaSamples, PartitionOffsets } from '../../shared/contracts/kafka-sample.ts'
import type { Observation, Report } from '../../shared/contracts/report.ts'
import { evaluateSamples } from '../../shared/engine/evaluate-samples.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { takeReport } from '../../shared/engine/take-report.ts'
import { rememberReport, sumUpHour } from '../../shared/store/history.ts'
import { someCheck } from '../checks/records.ts'
import { says } from '../facts.ts'
import { logNothing } from '../store/log-nothing.ts'
import { MemoryTable } from '../store/memory-table.ts'

const MINUTE = 60_000
const start = Date.UTC(2026, 10, 21, 3, 41)
const vantage = 'tencent/ap-guangzhou'

const orders = someCheck({ name: 'orders', kind: 'kafka-lag', target: 'ckafka-1/order-consumer' })
const clicks = someCheck({ name: 'clicks', kind: 'kafka-lag', target: 'msk/click-*', findsGroups: true })
const config = { checks: [orders, clicks, someCheck({ name: 'web' })] }

/** A table that counts what is written to it. */
class CountingTable extends MemoryTable {
  puts: string[][] = []

  override async put(rows: Parameters<MemoryTable['put']>[0]) {
    this.puts.push(rows.map(({ pk, sk }) => `${pk}/${sk}`))
    await super.put(rows)
  }

  override async putIfVersion(...[row, expected]: Parameters<MemoryTable['putIfVersion']>) {
    const isWritten = await super.putIfVersion(row, expected)
    if (isWritten) this.puts.push([`${row.pk}/${row.sk}`])
    return isWritten
  }

  /** The rows written since the last look. */
  written(): string[] {
    return this.puts.splice(0).flat()
  }
}

const group = (name: string, at: number, partitions: PartitionOffsets[]): GroupOffsets => ({
  group: name,
  at,
  state: 'Stable',
  members: 1,
  topics: [{ topic: 'paid', partitions }],
})

function report(at: number, observations: Omit<Observation, 'project' | 'at'>[]): Report {
  const runner = { function: 'probe', run: `r${at}`, version: '1', startedAt: at, finishedAt: at, coldStart: false }
  return {
    v: 1,
    kind: 'report',
    vantage,
    runner,
    observations: observations.map((one) => ({ project: 'pay', at, ...one })),
  }
}

const seen = (groups: GroupOffsets[], found = false, limits: KafkaLimits = { lag: [], allowed: [] }) => ({
  check: found ? clicks.id : orders.id,
  outcome: 'up' as const,
  fault: says('one look'),
  latencyMs: 12,
  samples: { kind: 'kafka', source: 'ckafka', limits, found, groups } satisfies KafkaSamples,
})

const at = (minute: number) => start + minute * MINUTE

describe('one group', () => {
  it('is judged over time: the observation gets the outcome of its window, and keeps the rest', async () => {
    const checks = new CountingTable()
    const verdicts: unknown[] = []
    for (let minute = 0; minute < 6; minute++) {
      const sample = group('order-consumer', at(minute) + 40, [[0, 50, 90 + minute, true]])
      const judged = await evaluateSamples(report(at(minute), [seen([sample])]), config, { checks, log: logNothing })
      verdicts.push(judged.observations.map(({ outcome }) => outcome).join())
      if (minute < 5) continue
      expect(judged.observations).toEqual([
        {
          check: 'pay/orders',
          project: 'pay',
          at: at(5),
          outcome: 'down',
          latencyMs: 12,
          fault: {
            code: 'group-judged',
            args: {
              source: 'ckafka',
              worst: 'STALL',
              lag: 45,
              unreadable: 0,
              errors: [],
              never: 0,
              state: 'Stable',
              members: 1,
              topics: [{ topic: 'paid', bad: 1, of: 1, partitions: [[0, 45]], isMore: false }],
              more: 0,
              ageMs: 5 * 60_000,
              completePercent: 60,
            },
          },
        },
      ])
    }
    expect(verdicts).toEqual(['up', 'up', 'up', 'up', 'down', 'down'])
  })

  it('that lags takes one slot of ten per sample', async () => {
    const checks = new CountingTable()
    for (let minute = 0; minute < 25; minute++) {
      await evaluateSamples(report(at(minute), [seen([group('g', at(minute), [[0, 1, 2, true]])])]), config, {
        checks,
        log: logNothing,
      })
      expect(checks.written()).toEqual([`kafka#${vantage}#pay/orders#g/slot#${minute % 10}`])
    }
    expect(checks.rows.size).toBe(10)
    for (const { expiresAt } of checks.rows.values()) expect(expiresAt).toBeGreaterThan(at(25) / 1000)
  })

  it('without lag in which nothing changes writes nothing', async () => {
    const checks = new CountingTable()
    const read = async (minute: number, offset: number) => {
      await evaluateSamples(report(at(minute), [seen([group('g', at(minute), [[0, offset, offset, true]])])]), config, {
        checks,
        log: logNothing,
      })
      return checks.written().length
    }
    expect([await read(0, 5), await read(1, 5), await read(2, 5), await read(3, 6), await read(4, 6)]).toEqual([
      1, 0, 0, 1, 0,
    ])
  })

  it('whose report comes again, or late, changes nothing', async () => {
    const checks = new CountingTable()
    const reports = Array.from({ length: 6 }, (_, minute) =>
      report(at(minute), [seen([group('g', at(minute), [[0, 1, 5 + minute, true]])])]),
    )
    for (const one of reports) await evaluateSamples(one, config, { checks, log: logNothing })
    checks.written()
    const again = await evaluateSamples(reports[5] ?? report(0, []), config, { checks, log: logNothing })
    expect(again.observations).toMatchObject([{ outcome: 'down' }])
    await evaluateSamples(reports[3] ?? report(0, []), config, { checks, log: logNothing })
    expect(checks.written()).toEqual([])
  })

  it('has a window of its own at each vantage', async () => {
    const checks = new CountingTable()
    const one = report(at(0), [seen([group('g', at(0), [[0, 1, 5, true]])])])
    await evaluateSamples(one, config, { checks, log: logNothing })
    await evaluateSamples({ ...one, vantage: 'aws/ap-southeast-1' }, config, { checks, log: logNothing })
    expect(checks.written()).toEqual([
      `kafka#${vantage}#pay/orders#g/slot#0`,
      'kafka#aws/ap-southeast-1#pay/orders#g/slot#0',
    ])
  })
})

describe('a report', () => {
  it('without samples reads and writes nothing', async () => {
    const one = report(at(0), [{ check: 'pay/web', outcome: 'up' }])
    expect(await evaluateSamples(one, config, { checks: refusing, log: logNothing })).toBe(one)
  })

  it('that could not read the cluster stays unknown', async () => {
    const one = report(at(0), [
      { check: orders.id, outcome: 'unknown', fault: says('CKafka InternalError: try again') },
    ])
    expect(await evaluateSamples(one, config, { checks: refusing, log: logNothing })).toBe(one)
  })

  it('of a check that is no longer there is left as it is', async () => {
    const stray = { ...seen([group('g', at(0), [[0, 1, 5, true]])]), check: 'pay/gone' }
    const one = report(at(0), [stray])
    expect((await evaluateSamples(one, config, { checks: refusing, log: logNothing })).observations).toEqual(
      one.observations,
    )
  })

  it('writes all its groups in one turn, after all have been read', async () => {
    const checks = new CountingTable()
    const groups = Array.from({ length: 60 }, (_, index) => group(`g${index}`, at(0), [[0, 1, 5, true]]))
    await evaluateSamples(report(at(0), [seen(groups, true)]), config, { checks, log: logNothing })
    expect(checks.puts).toHaveLength(1)
    expect(checks.puts[0]).toHaveLength(61)
  })
})

describe('groups found by a pattern', () => {
  const look = async (checks: CountingTable, minute: number, names: string[], limit = 10) => {
    const groups = names.map((name) => group(name, at(minute), [[0, 0, name === 'click-b' ? 50 : 5, true]]))
    const observation = seen(groups, true, { lag: [['*', limit]], allowed: [] })
    const { observations } = await evaluateSamples(report(at(minute), [observation]), config, {
      checks,
      log: logNothing,
    })
    return observations.map(({ check, outcome, fault }) => [check, outcome, fault?.code, fault?.args.lag] as const)
  }

  it('are each a check of their own: one that lags hides no other', async () => {
    expect(await look(new CountingTable(), 0, ['click-a', 'click-b'])).toEqual([
      ['pay/clicks', 'up', 'groups-found', undefined],
      ['pay/clicks/click-a', 'up', 'group-judged', 5],
      ['pay/clicks/click-b', 'down', 'group-judged', 50],
    ])
  })

  it('that come in several messages are not gone for each other', async () => {
    const checks = new CountingTable()
    const part = async (minute: number, own: string[], elsewhere: string[]) => {
      const observation = seen(
        own.map((name) => group(name, at(minute), [[0, 5, 5, true]])),
        true,
      )
      const samples = { ...observation.samples, elsewhere }
      const { observations } = await evaluateSamples(report(at(minute), [{ ...observation, samples }]), config, {
        checks,
        log: logNothing,
      })
      return observations.map(({ check, fault }) => `${check}: ${fault?.code} ${fault?.args.count ?? fault?.args.lag}`)
    }
    await part(0, ['click-a', 'click-b'], ['click-c'])
    await part(0, ['click-c'], ['click-a', 'click-b'])
    expect(await part(1, ['click-a', 'click-b'], ['click-c'])).toEqual([
      'pay/clicks: groups-found 3',
      'pay/clicks/click-a: group-judged 0',
      'pay/clicks/click-b: group-judged 0',
    ])
    expect(await part(1, ['click-c'], ['click-a', 'click-b'])).toEqual([
      'pay/clicks: groups-found 3',
      'pay/clicks/click-c: group-judged 0',
    ])
    // One list of names for all parts, and a first slot for each group.
    const written = checks.written()
    expect(written.filter((row) => row.endsWith('/groups'))).toHaveLength(1)
    expect(written).toHaveLength(4)
  })

  it('one of which could not be read is unknown, remembers nothing, and is not gone', async () => {
    const checks = new CountingTable()
    await look(checks, 0, ['click-a', 'click-b'])
    checks.written()
    const failed: GroupOffsets = { group: 'click-b', at: at(1), error: 'GROUP_AUTHORIZATION_FAILED', topics: [] }
    const groups = [group('click-a', at(1), [[0, 9, 9, true]]), failed]
    const { observations } = await evaluateSamples(report(at(1), [seen(groups, true)]), config, {
      checks,
      log: logNothing,
    })
    expect(observations).toMatchObject([
      { check: 'pay/clicks', outcome: 'up', fault: { code: 'groups-found', args: { count: 2, unreadable: 1 } } },
      {
        check: 'pay/clicks/click-b',
        outcome: 'unknown',
        fault: { code: 'group-unreadable', args: { source: 'ckafka', error: 'GROUP_AUTHORIZATION_FAILED' } },
      },
      { check: 'pay/clicks/click-a', outcome: 'up' },
    ])
    expect(checks.written()).toEqual([`kafka#${vantage}#pay/clicks#click-a/slot#1`])
  })

  it('that are gone are told so for twenty samples: their alerts end', async () => {
    const checks = new CountingTable()
    await look(checks, 0, ['click-a', 'click-b'])
    const told: number[] = []
    for (let minute = 1; minute <= 30; minute++) {
      const observations = await look(checks, minute, ['click-a'])
      if (observations.some(([check, outcome]) => check === 'pay/clicks/click-b' && outcome === 'up')) told.push(minute)
    }
    expect(told).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(await look(checks, 31, ['click-a', 'click-b'])).toHaveLength(3)
  })

  it('that come and go write the list of them, and no more', async () => {
    const checks = new CountingTable()
    const lists = async (minute: number, names: string[]) => {
      checks.written()
      await look(checks, minute, names)
      return checks.written().filter((row) => row.endsWith('/groups')).length
    }
    expect([
      await lists(0, ['click-a']),
      await lists(1, ['click-a']),
      await lists(2, ['click-a', 'click-c']),
      await lists(3, ['click-c']),
      await lists(4, ['click-c']),
    ]).toEqual([1, 0, 1, 1, 0])
  })

  it('keep within what a key can hold', async () => {
    const long = `click-${'烽'.repeat(290)}`
    const [, [check = ''] = []] = await look(new CountingTable(), 0, [long])
    expect(check.length).toBeLessThanOrEqual('pay/clicks/'.length + 150)
    const [, [other] = []] = await look(new CountingTable(), 0, [`${long}x`])
    expect(other).not.toBe(check)
  })
})

describe('what a report costs', () => {
  const lots = (minute: number, count: number, partitions: PartitionOffsets[]) =>
    Array.from({ length: count }, (_, index) => group(`click-${index}`, at(minute), partitions))

  /** The writes of a report in a third minute, with so many groups and plain checks. */
  async function writesOf(
    groupCount: number,
    checkCount: number,
    partitionsAt: (minute: number) => PartitionOffsets[],
  ) {
    const checks = new CountingTable()
    const webs = Array.from({ length: checkCount }, (_, index) => someCheck({ name: `web-${index}`, from: [vantage] }))
    const judging = { projects: {}, groups: {}, checks: [{ ...clicks, from: [vantage] }, ...webs] }
    const io = (now: number) => ({
      incidents: refusing,
      checks,
      now: () => now,
      token: () => 'token',
      leaseUntil: now + 15_000,
      escalate: async () => {},
      log: () => {},
    })
    for (let minute = 0; minute < 3; minute++) {
      checks.written()
      const observations = [
        seen(lots(minute, groupCount, partitionsAt(minute)), true),
        ...webs.map(({ id }) => ({ check: id, outcome: 'up' as const })),
      ]
      await takeReport(report(at(minute), observations), at(minute), judging, io(at(minute)))
    }
    return checks.written()
  }

  it.each([
    { groups: 1, checks: 0 },
    { groups: 40, checks: 0 },
    { groups: 40, checks: 200 },
  ])('nothing more for $groups idle groups and $checks checks', async ({ groups, checks }) => {
    const writes = await writesOf(groups, checks, () => [[0, 5, 5, true]])
    // What the vantage knows, that what it decided was carried out, and the minute's history.
    expect(writes.map((key) => key.split('#')[0]).sort()).toEqual(['history', 'vantage', 'vantage'])
  })

  it.each([
    { groups: 1, checks: 0 },
    { groups: 40, checks: 0 },
    { groups: 40, checks: 200 },
  ])('one slot more for each of $groups groups that lag, beside $checks checks', async ({ groups, checks }) => {
    const writes = await writesOf(groups, checks, () => [[0, 5, 8, true]])
    expect(writes.filter((key) => key.startsWith('kafka#'))).toHaveLength(groups)
    expect(writes).toHaveLength(groups + 3)
  })

  it('one slot for each group that has moved on, though nothing is unread', async () => {
    const writes = await writesOf(40, 0, (minute) => [[0, minute, minute, true]])
    expect(writes).toHaveLength(40 + 3)
  })

  it('an hour is summed up in one item, whatever it held', async () => {
    const checks = new CountingTable()
    const observations = Array.from({ length: 300 }, (_, index) => ({
      check: `pay/web-${index}`,
      outcome: 'up' as const,
    }))
    for (let minute = 0; minute < 3; minute++)
      await rememberReport(report(at(minute), observations), at(minute), { checks })
    expect(checks.written()).toHaveLength(3)
    const io = { checks, now: () => at(90) } as unknown as EngineIo
    await sumUpHour(vantage, 'probe', io)
    await sumUpHour(vantage, 'probe', io)
    expect(checks.written()).toHaveLength(1)
  })
})

describe('through the whole path', () => {
  it('each group that a pattern finds raises and ends an incident of its own', async () => {
    const incidents = new MemoryTable()
    const checks = new CountingTable()
    let now = start
    let tokens = 0
    const io = {
      incidents,
      checks,
      now: () => now,
      token: () => String(tokens++),
      get leaseUntil() {
        return now + 15_000
      },
      escalate: async () => {},
      log: () => {},
    }
    const judging = { ...config, projects: {}, groups: {}, checks: [{ ...clicks, from: [vantage] }] }
    const take = async (minute: number, lags: Record<string, number>) => {
      now = at(minute)
      const groups = Object.entries(lags).map(([name, lag]) => group(name, now, [[0, 0, lag, true]]))
      await takeReport(report(now, [seen(groups, true, { lag: [['*', 10]], allowed: [] })]), now, judging, io)
      return [...incidents.rows.values()]
        .filter(({ sk }) => sk === 'state')
        .map(({ pk, state }) => [pk, JSON.parse(state ?? '{}').status])
        .filter(([pk]) => pk.startsWith('incident#'))
    }
    for (let minute = 0; minute < 3; minute++) await take(minute, { 'click-a': 50, 'click-b': 5 })
    expect(await take(3, { 'click-a': 50, 'click-b': 50 })).toEqual([['incident#pay#pay/clicks/click-a', 'open']])
    expect(await take(4, { 'click-a': 50, 'click-b': 50 })).toEqual([
      ['incident#pay#pay/clicks/click-a', 'open'],
      ['incident#pay#pay/clicks/click-b', 'open'],
    ])
    // One is read up, the other is deleted.
    await take(5, { 'click-a': 0 })
    expect(await take(6, { 'click-a': 0 })).toEqual([
      ['incident#pay#pay/clicks/click-a', 'resolved'],
      ['incident#pay#pay/clicks/click-b', 'resolved'],
    ])
  })
})

describe("a found group's check", () => {
  const checks = new Map(config.checks.map((check) => [check.id, check]))

  it('is that which found it, with its own id and target', () => {
    expect(groupCheck('pay/clicks/click-a/b', checks)).toEqual({
      ...clicks,
      id: 'pay/clicks/click-a/b',
      target: 'msk/click-a/b',
    })
  })

  it.each(['pay/clicks', 'pay/web/x', 'pay/gone/x', 'pay'])('is none for %s', (id) => {
    expect(groupCheck(id, checks)).toBeUndefined()
  })
})

const refusing = new Proxy(new MemoryTable(), {
  get: (_table, name) => {
    throw new Error(`the table is used: ${String(name)}`)
  },
})
