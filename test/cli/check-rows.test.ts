import { describe, expect, it } from 'vitest'
import { newEvaluators, resultOf } from '../../cli/check/result.ts'
import { resultTable } from '../../cli/check/rows.ts'
import { width, wrap } from '../../cli/table.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import type { KafkaSamples } from '../../shared/evaluation/kafka-sample.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { someCheck } from '../checks/records.ts'
import { says } from '../facts.ts'

const at = Date.parse('2026-11-22T02:13:00+08:00')
const observed = (rest: Partial<Observation>): Observation => ({
  check: 'pay/web',
  project: 'pay',
  at,
  outcome: 'up',
  ...rest,
})

const result = (rest: Partial<Observation>, evaluators = newEvaluators()) =>
  resultOf(observed(rest), someCheck({ id: 'pay/web', kind: 'kafka-lag', intervalMs: 60_000 }), evaluators)

const slow = result({
  outcome: 'degraded',
  latencyMs: 1234,
  phases: { dns: 3, connect: 12.4, firstByte: 1200, download: 2 },
  fault: says('1234ms, limit 800ms'),
})
const regions = result({
  check: 'pay/regions',
  outcome: 'down',
  latencyMs: 212,
  fault: says('2 of 3 nodes down'),
  places: [
    { vantage: 'speedtest/广州/电信', outcome: 'up', latencyMs: 212 },
    { vantage: 'globalping/CN/Beijing/AS4837', outcome: 'unknown', fault: says('no probes') },
    { vantage: 'speedtest/成都/移动', outcome: 'down', fault: says('timed out 2.5s') },
  ],
})

describe('a table of runs', () => {
  it('has a column for each phase that there was, and a line for each place, worst first', () => {
    expect(resultTable([slow, regions], [], { language: 'zh' }).split('\n')).toEqual([
      '状态    检查         耗时   DNS  连接  首字节  下载  详情',
      '变慢    pay/web      1.2s   3ms  12ms  1.2s    2ms   1234ms, limit 800ms',
      '不可用  pay/regions  212ms                           2 of 3 nodes down',
      '不可用  · 成都移动                                   timed out 2.5s',
      '未知    · 北京联通                                   no probes',
      '正常    · 广州电信   212ms',
    ])
  })

  it('gives details a line of their own on a terminal that is too narrow', () => {
    expect(resultTable([slow], [], { language: 'en' }, 70).split('\n')).toEqual([
      'STATE     CHECK    LATENCY  DNS  CONNECT  FIRST BYTE  DOWNLOAD',
      'DEGRADED  pay/web  1.2s     3ms  12ms     1.2s        2ms',
      '    1234ms, limit 800ms',
    ])
  })

  it('and phases, too, on one that is narrower still', () => {
    const lines = resultTable([slow], [], { language: 'en' }, 40).split('\n')
    expect(lines).toEqual([
      'STATE     CHECK    LATENCY',
      'DEGRADED  pay/web  1.2s',
      '    dns 3ms, connect 12ms, first byte',
      '    1.2s, download 2ms; 1234ms, limit',
      '    800ms',
    ])
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(40)
  })

  it.each([
    ['短语没有空格也要折行', 8, ['短语没有', '空格也要', '折行']],
    ['a-word-that-is-too-long here', 10, ['a-word-tha', 't-is-too-l', 'ong here']],
    ['two words', 80, ['two words']],
    ['', 80, []],
  ])('%j in %d columns', (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines)
  })
})

describe('consumer groups', () => {
  const samples = (found: boolean, offset: number, minute = 0): KafkaSamples => {
    const groups: KafkaSamples['groups'] = [
      {
        group: 'orders-fine',
        at: at + minute * 60_000,
        topics: [{ topic: 'refund', partitions: [[0, 5, 5, true]] }],
      },
      {
        group: 'orders',
        at: at + minute * 60_000,
        state: 'Stable',
        members: 2,
        topics: [
          { topic: 'audit', partitions: [[0, null, 3, true]] },
          {
            topic: 'paid',
            partitions: [
              [0, 10, 10, true],
              [1, offset, 5000, true],
              [2, 'LEADER_NOT_AVAILABLE', null, false],
            ],
          },
        ],
      },
    ]
    const limits: KafkaSamples['limits'] = { lag: [['*', 2000]], allowed: [] }
    return { kind: 'kafka', source: 'kafka', limits, found, groups: found ? groups : groups.slice(1) }
  }

  it('found by a pattern have a line each, and so have their topics and partitions', () => {
    const { outcome, fault, parts } = result({ samples: samples(true, 1000), fault: says('lag 4000') })
    expect([outcome, fault && factIn('en', fault)]).toEqual(['down', '1 of 2 groups: orders'])
    expect(parts.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['orders', 'down'],
      ['orders-fine', 'up'],
    ])
    expect(parts[0]?.parts.map(({ name, fault }) => [name, fault && factIn('en', fault)])).toEqual([
      ['paid', 'lag 4,000 in 3 partitions: p1 4,000, p0 0, p2 LEADER_NOT_AVAILABLE'],
      ['audit', 'lag 0 in 1 partition: p0 never committed'],
    ])
  })

  it('that could not be read say why, and not that they have never committed', () => {
    const read = samples(true, 5000)
    const groups = [
      ...read.groups.slice(0, 1),
      { group: 'secret', at, error: 'GROUP_AUTHORIZATION_FAILED', topics: [] },
    ]
    const { outcome, fault, parts } = result({ samples: { ...read, groups } })

    expect([outcome, fault && factIn('en', fault)]).toEqual(['unknown', '1 of 2 groups: secret'])
    expect(parts[0]).toEqual({
      name: 'secret',
      outcome: 'unknown',
      fault: { code: 'group-unreadable', args: { source: 'kafka', error: 'GROUP_AUTHORIZATION_FAILED' } },
      parts: [],
    })
  })

  it('are judged by what earlier runs saw', () => {
    const evaluators = newEvaluators()
    const words = Array.from({ length: 10 }, (_, minute) =>
      result({ samples: samples(false, 4000, minute) }, evaluators),
    )
    expect(words[0]).toMatchObject({ name: 'pay/web', outcome: 'unknown' })
    expect(words.at(-1)).toMatchObject({ name: 'pay/web', outcome: 'down' })
    expect(words.at(-1)?.fault?.args).toMatchObject({ worst: 'STALL', lag: 1_000, ageMs: 9 * 60_000 })
  })
})
