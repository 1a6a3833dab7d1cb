import { describe, expect, it } from 'vitest'
import { evaluateSamples } from '../../../shared/engine/verdicts/evaluate-samples.ts'
import { says } from '../../facts.ts'
import { logNothing } from '../../store/log-nothing.ts'
import { at, CountingTable, config, group, orders, refusing, report, seen, vantage } from '../kafka-samples.ts'

describe('one group', () => {
  it('is judged over time: the observation gets the outcome of its window, and keeps the rest', async () => {
    const checks = new CountingTable()
    const verdicts: unknown[] = []
    for (let minute = 0; minute < 6; minute++) {
      const sample = group('order-consumer', at(minute) + 40, [[0, 50, 90 + minute, true]])
      const evaluated = await evaluateSamples(report(at(minute), [seen([sample])]), config, { checks, log: logNothing })
      verdicts.push(evaluated.observations.map(({ outcome }) => outcome).join())
      if (minute < 5) continue
      expect(evaluated.observations).toEqual([
        {
          check: 'pay/orders',
          project: 'pay',
          at: at(5),
          outcome: 'down',
          latencyMs: 12,
          fault: {
            code: 'group-status',
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

  it('whose samples nobody can read keeps what one run could say, and the log tells of the rest', async () => {
    const odd = { ...seen([group('g', at(0), [[0, 1, 5, true]])]), samples: { kind: 'kafka', groups: 'none' } }
    const log: unknown[] = []
    const io = { checks: refusing, log: (line: unknown) => log.push(line) }
    const one = report(at(0), [odd])
    const rest = one.observations.map(({ samples: _, ...said }) => said)
    expect((await evaluateSamples(one, config, io)).observations).toEqual(rest)
    expect(log).toMatchObject([{ level: 'warn', event: 'samples not read', check: orders.id }])
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
