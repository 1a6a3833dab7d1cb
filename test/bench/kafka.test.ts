import { describe, expect, it } from 'vitest'
import { CountingTable } from '../../bench/counting-table.ts'
import { clickGroups, groupCheck } from '../../bench/kafka-groups.ts'
import { busy, idle, later } from '../../bench/kafka-minutes.ts'
import { type Report, report as reportContract } from '../../shared/contracts/report.ts'
import { kafkaLimits, kafkaSamples, type PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'

describe('a cluster of many groups', () => {
  const { topics, groups } = clickGroups(3, 60)

  it('has a topic for each', () => {
    expect(Object.keys(topics)).toEqual(['click-0000', 'click-0001', 'click-0002'])
    expect(Object.keys(groups)).toEqual(Object.keys(topics))
    expect(topics['click-0002']?.ends).toHaveLength(60)
  })

  it('has every partition held by one member, and something unread on it', () => {
    const { members = {}, commits = {} } = groups['click-0001'] ?? {}
    const held = Object.values(members).flatMap((assignment) => assignment['click-0001'] ?? [])
    expect(Object.keys(members)).toHaveLength(3)
    expect(held.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, partition) => partition))
    const offsets = Object.values(commits['click-0001'] ?? {})
    expect(offsets.every((offset, partition) => offset < (topics['click-0001']?.ends[partition] ?? 0))).toBe(true)
  })

  it('is asked for by a check without limits', () => {
    const { spec, target } = groupCheck(['127.0.0.1:9092'], 'click-*', ['a'])
    expect(target).toBe('bench/click-*')
    expect(spec).toMatchObject({ cluster: { brokers: ['127.0.0.1:9092'] }, group: 'click-*', topics: ['a'] })
    expect(kafkaLimits.parse((spec as { limits: unknown }).limits)).toEqual({ lag: [], allowed: [] })
  })
})

describe('a report some minutes later', () => {
  const partitions: PartitionOffsets[] = [
    [0, 90, 100, true],
    [1, null, 100, false],
    [2, 'error 3', null, false],
  ]
  const at = Date.UTC(2026, 10, 22)
  const groups = [{ group: 'g', at, topics: [{ topic: 't', partitions }] }]
  const report: Report = {
    v: 1,
    kind: 'report',
    vantage: 'aws/ap-southeast-1',
    runner: { function: 'probe', run: 'r', version: '1', startedAt: at, finishedAt: at + 5, coldStart: true },
    observations: [
      { check: 'a/b', project: 'a', at, outcome: 'up' },
      {
        check: 'a/k',
        project: 'a',
        at,
        outcome: 'up',
        samples: { kind: 'kafka', source: 'kafka', limits: { lag: [], allowed: [] }, found: true, groups },
      },
    ],
  }

  it('is a run of its own, with all its times moved on', () => {
    const next = later(report, 2, busy)
    expect(reportContract.parse(next)).toEqual(next)
    expect(next.runner).toMatchObject({ run: '2-r', startedAt: at + 120_000, finishedAt: at + 120_005 })
    expect(next.observations.map((one) => one.at)).toEqual([at + 120_000, at + 120_000])
    expect(kafkaSamples.parse(next.observations[1]?.samples).groups[0]?.at).toBe(at + 120_000)
  })

  it('goes on as it should, and leaves alone what is not known', () => {
    const partitionsAt = (minute: number, goOn: typeof busy) =>
      kafkaSamples.parse(later(report, minute, goOn).observations[1]?.samples).groups[0]?.topics[0]?.partitions
    expect(partitionsAt(1, busy)).toEqual([
      [0, 1090, 1099, true],
      [1, null, 1099, false],
      [2, 'error 3', null, false],
    ])
    expect(partitionsAt(2, busy)?.[0]).toEqual([0, 2090, 2100, true])
    expect(partitionsAt(7, idle)?.[0]).toEqual([0, 100, 100, true])
  })
})

describe('a counting table', () => {
  it('counts items as they are billed, and begins anew', async () => {
    const table = new CountingTable()
    await table.put([
      { pk: 'a', sk: '1', state: 'x' },
      { pk: 'a', sk: '2', state: 'x'.repeat(1500) },
    ])
    await table.putIfVersion({ pk: 'b', sk: '1', version: 1 }, 0)
    await table.get({ pk: 'a', sk: '1' })
    await table.getMany([
      { pk: 'a', sk: '1' },
      { pk: 'a', sk: '2' },
    ])
    expect(await table.query('a', '')).toHaveLength(2)
    expect(table.take()).toEqual({ reads: 4, writes: 3, writeUnits: 4 })
    expect(table.take()).toEqual({ reads: 0, writes: 0, writeUnits: 0 })
  })
})
