import { describe, expect, it } from 'vitest'
import type { EngineIo } from '../../shared/engine/io.ts'
import { takeReport } from '../../shared/engine/verdicts/take-report.ts'
import type { PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { rememberReport, sumUpHour } from '../../shared/store/history.ts'
import { someCheck } from '../checks/records.ts'
import { at, CountingTable, clicks, group, refusing, report, seen, vantage } from './kafka-samples.ts'

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
    const evaluation = { projects: {}, groups: {}, checks: [{ ...clicks, from: [vantage] }, ...webs] }
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
      await takeReport(report(at(minute), observations), at(minute), evaluation, io(at(minute)))
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

  it('an hour is summed up in one item, and its day in another, whatever it held', async () => {
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
    expect(checks.written()).toHaveLength(2)
  })
})
