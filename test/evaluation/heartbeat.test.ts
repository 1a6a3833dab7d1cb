import { describe, expect, it } from 'vitest'
import { heartbeat } from '../../shared/contracts/heartbeat.ts'
import { type HeartbeatRecord, judgeHeartbeat, reported } from '../../shared/evaluation/heartbeat.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const start = Date.UTC(2026, 10, 21, 2)
const spec = { periodMs: DAY, graceMs: 2 * HOUR }
const fresh: HeartbeatRecord = { watchedSince: start }

const message = (rest: object = {}) => heartbeat.parse({ v: 1, kind: 'heartbeat', check: 'data/nightly', ...rest })
const judged = (record: HeartbeatRecord, atHours: number) => {
  const { verdict, detail, lateAt } = judgeHeartbeat(spec, record, start + atHours * HOUR)
  return [verdict, detail, (lateAt - start) / HOUR]
}

describe('a job that has never reported', () => {
  it.each([
    [0, 'unknown', 'no report yet'],
    [26, 'unknown', 'no report yet'],
    [26.01, 'down', 'never reported, expected every 1d'],
    [200, 'down', 'never reported, expected every 1d'],
  ])('is after %d hours %s', (hours, verdict, detail) => {
    expect(judged(fresh, hours)).toEqual([verdict, detail, 26])
  })
})

describe('a job that reports', () => {
  it('is up until its period and grace are over, and up again with the next report', () => {
    const first = reported(fresh, message(), start + HOUR)
    expect(judged(first, 1)).toEqual(['up', undefined, 27])
    expect(judged(first, 27)).toEqual(['up', undefined, 27])
    expect(judged(first, 27.5)).toEqual(['down', 'last report 1d 2h ago, expected every 1d', 27])
    const second = reported(first, message({ detail: '1,204 rows' }), start + 28 * HOUR)
    expect(judged(second, 28)).toEqual(['up', '1,204 rows', 54])
  })

  it('is down while it fails, in its own words', () => {
    const failed = reported(fresh, message({ status: 'fail', detail: 'disk full' }), start + HOUR)
    expect(judged(failed, 2)).toEqual(['down', 'disk full', 27])
    const wordless = reported(failed, message({ status: 'fail' }), start + 2 * HOUR)
    expect(judged(wordless, 3)).toEqual(['down', 'the job reports a failure', 28])
    expect(judged(reported(wordless, message(), start + 3 * HOUR), 3)).toEqual(['up', undefined, 29])
  })

  it('is late after a failure, too', () => {
    const failed = reported(fresh, message({ status: 'fail', detail: 'disk full' }), start)
    expect(judged(failed, 27)).toEqual(['down', 'last report 1d 3h ago, expected every 1d', 26])
  })
})

describe('the time of a report', () => {
  it('is its own, or when the queue took it', () => {
    expect(reported(fresh, message({ at: start }), start + HOUR).last?.at).toBe(start)
    expect(reported(fresh, message(), start + HOUR).last?.at).toBe(start + HOUR)
  })

  it('is never in the future: that would put off being late', () => {
    expect(reported(fresh, message({ at: start + 30 * DAY }), start + HOUR).last?.at).toBe(start + HOUR)
  })

  it('does not go back: an older report, and one that comes twice, change nothing', () => {
    const record = reported(fresh, message({ at: start + HOUR }), start + HOUR)
    expect(reported(record, message({ at: start, status: 'fail' }), start + 2 * HOUR)).toBe(record)
    expect(reported(record, message({ at: start + HOUR, status: 'fail' }), start + 2 * HOUR)).toBe(record)
  })
})

it.each([
  [10 * 60_000, 12 * 60_000, 'last report 12m ago, expected every 10m'],
  [90 * 60_000, 91 * 60_000 + 30_500, 'last report 1h 31m ago, expected every 1h 30m'],
  [60_000, 61_000, 'last report 1m 1s ago, expected every 1m'],
])('a period of %d ms, %d ms ago: %s', (periodMs, ago, detail) => {
  const record = reported(fresh, message(), start)
  expect(judgeHeartbeat({ periodMs, graceMs: 0 }, record, start + ago).detail).toBe(detail)
})

it.each([
  ['another version', { v: 2 }],
  ['no check', { check: '' }],
  ['a status that is none', { status: 'late' }],
  ['a key too many', { secret: 'x' }],
  ['a time that is none', { at: -1 }],
])('the contract refuses %s', (_reason, wrong) => {
  expect(heartbeat.safeParse({ v: 1, kind: 'heartbeat', check: 'data/nightly', ...wrong }).success).toBe(false)
})
