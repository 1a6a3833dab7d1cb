import { describe, expect, it } from 'vitest'
import { groupCheck } from '../../shared/checks/evaluators.ts'
import { evaluateSamples } from '../../shared/engine/verdicts/evaluate-samples.ts'
import { takeReport } from '../../shared/engine/verdicts/take-report.ts'
import type { GroupOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { logNothing } from '../store/log-nothing.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { at, CountingTable, clicks, config, group, report, seen, start, vantage } from './kafka-samples.ts'

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
      ['pay/clicks/click-a', 'up', 'group-status', 5],
      ['pay/clicks/click-b', 'down', 'group-status', 50],
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
      'pay/clicks/click-a: group-status 0',
      'pay/clicks/click-b: group-status 0',
    ])
    expect(await part(1, ['click-c'], ['click-a', 'click-b'])).toEqual([
      'pay/clicks: groups-found 3',
      'pay/clicks/click-c: group-status 0',
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
    const evaluation = { ...config, projects: {}, groups: {}, checks: [{ ...clicks, from: [vantage] }] }
    const take = async (minute: number, lags: Record<string, number>) => {
      now = at(minute)
      const groups = Object.entries(lags).map(([name, lag]) => group(name, now, [[0, 0, lag, true]]))
      await takeReport(report(now, [seen(groups, true, { lag: [['*', 10]], allowed: [] })]), now, evaluation, io)
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
