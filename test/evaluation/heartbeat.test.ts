import { describe, expect, it } from 'vitest'
import { heartbeat } from '../../shared/contracts/heartbeat.ts'
import { type HeartbeatRecord, heartbeatVerdict, reported } from '../../shared/evaluation/heartbeat.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const start = Date.UTC(2026, 10, 21, 2)
const spec = { periodMs: DAY, graceMs: 2 * HOUR }
const fresh: HeartbeatRecord = { watchedSince: start }

const message = (rest: object = {}) => heartbeat.parse({ v: 1, kind: 'heartbeat', check: 'data/nightly', ...rest })
const verdictAt = (record: HeartbeatRecord, atHours: number) => {
  const { verdict, fault, lateAt } = heartbeatVerdict(spec, record, start + atHours * HOUR)
  return [verdict, fault, (lateAt - start) / HOUR]
}

const jobSays = (said: string) => ({ code: 'job-says', args: { said } })
const late = (hours: number) => ({ code: 'report-late', args: { agoMs: hours * HOUR, periodMs: DAY } })

describe('a job that has never reported', () => {
  it.each([
    [0, 'unknown', { code: 'no-report-yet', args: {} }],
    [26, 'unknown', { code: 'no-report-yet', args: {} }],
    [26.01, 'down', { code: 'never-reported', args: { periodMs: DAY } }],
    [200, 'down', { code: 'never-reported', args: { periodMs: DAY } }],
  ])('is after %d hours %s', (hours, verdict, fault) => {
    expect(verdictAt(fresh, hours)).toEqual([verdict, fault, 26])
  })
})

describe('a job that reports', () => {
  it('is up until its period and grace are over, and up again with the next report', () => {
    const first = reported(fresh, message(), start + HOUR)
    expect(verdictAt(first, 1)).toEqual(['up', undefined, 27])
    expect(verdictAt(first, 27)).toEqual(['up', undefined, 27])
    expect(verdictAt(first, 27.5)).toEqual(['down', late(26.5), 27])
    const second = reported(first, message({ detail: '1,204 rows' }), start + 28 * HOUR)
    expect(verdictAt(second, 28)).toEqual(['up', jobSays('1,204 rows'), 54])
  })

  it('is down while it fails, in its own words', () => {
    const failed = reported(fresh, message({ status: 'fail', detail: 'disk full' }), start + HOUR)
    expect(verdictAt(failed, 2)).toEqual(['down', jobSays('disk full'), 27])
    const wordless = reported(failed, message({ status: 'fail' }), start + 2 * HOUR)
    expect(verdictAt(wordless, 3)).toEqual(['down', { code: 'job-failed', args: {} }, 28])
    expect(verdictAt(reported(wordless, message(), start + 3 * HOUR), 3)).toEqual(['up', undefined, 29])
  })

  it('is late after a failure, too', () => {
    const failed = reported(fresh, message({ status: 'fail', detail: 'disk full' }), start)
    expect(verdictAt(failed, 27)).toEqual(['down', late(27), 26])
  })
})

describe('a job that says when it begins', () => {
  const begin = (record: HeartbeatRecord, atHours: number, run?: string) =>
    reported(record, message({ status: 'start', ...(run && { run }) }), start + atHours * HOUR)
  const end = (record: HeartbeatRecord, atHours: number, rest: object = {}) =>
    reported(record, message(rest), start + atHours * HOUR)
  const notEnded = (hours: number) => ({ code: 'not-ended', args: { agoMs: hours * HOUR, graceMs: 2 * HOUR } })

  it('is down when it has not ended within its grace, and up again once it has', () => {
    const begun = begin(end(fresh, 1), 20)
    expect(verdictAt(begun, 22)).toEqual(['up', undefined, 22])
    expect(verdictAt(begun, 22.5)).toEqual(['down', notEnded(2.5), 22])
    expect(verdictAt(end(begun, 23), 23)).toEqual(['up', undefined, 49])
  })

  it('is watched run by run where it names them', () => {
    const both = begin(begin(end(fresh, 1), 10, 'a'), 11, 'b')
    expect(verdictAt(end(both, 11.5, { run: 'a' }), 12.5)).toEqual(['up', undefined, 13])
    expect(verdictAt(end(both, 11.5, { run: 'b' }), 12.5)).toEqual(['down', notEnded(2.5), 12])
  })

  it.each([
    ['at the same second', 0],
    ['before, and is overtaken', -1_000],
  ])('has ended, too, when another run ended %s', (_when, ms) => {
    const both = begin(begin(end(fresh, 1), 10, 'a'), 10, 'b')
    const one = end(both, 11, { run: 'b', at: start + 11 * HOUR })
    const all = end(one, 11, { run: 'a', at: start + 11 * HOUR + ms })
    expect(verdictAt(all, 13)).toEqual(['up', undefined, 37])
    expect(all.last).toBe(one.last)
  })

  it('has not begun when the word of it comes after its end, or twice', () => {
    const ended = end(fresh, 5)
    expect(begin(ended, 4)).toBe(ended)
    const begun = begin(ended, 6)
    expect(begin(begun, 6)).toBe(begun)
  })

  it('is not watched in more runs than twenty', () => {
    const many = Array.from({ length: 30 }, (_, index) => `run-${index}`)
    expect(many.reduce((record, run) => begin(record, 1, run), fresh).begun).toHaveLength(20)
  })
})

describe('the time of a report', () => {
  it.each([
    { clock: 'none', said: {} },
    { clock: 'one that is right', said: { at: start + HOUR } },
    { clock: 'one that is behind, or the time when the job began', said: { at: start } },
    { clock: 'one that is ahead, which must not put off being late', said: { at: start + 30 * DAY } },
  ])('is when the queue took it, by whatever clock its job has: $clock', ({ said }) => {
    expect(reported(fresh, message(said), start + HOUR).last?.at).toBe(start + HOUR)
  })

  const record = reported(fresh, message({ at: start }), start + HOUR)

  it.each([
    { because: 'it comes twice', at: start, takenAt: start + 2 * HOUR },
    { because: 'the queue took it before', at: start + 1, takenAt: start + HOUR - 60_000 },
    { because: 'the queue let it be overtaken', at: start - 1_000, takenAt: start + HOUR + 2_000 },
  ])('that is no newer changes nothing: $because', ({ at, takenAt }) => {
    expect(reported(record, message({ at, status: 'fail' }), takenAt)).toBe(record)
  })

  it('whose clock was set back is news all the same', () => {
    const report = message({ at: start - DAY, status: 'fail' })
    expect(reported(record, report, start + 2 * HOUR).last).toMatchObject({ at: start + 2 * HOUR, status: 'fail' })
  })
})

it.each([
  ['another version', { v: 2 }],
  ['no check', { check: '' }],
  ['a status that is none', { status: 'late' }],
  ['a time that is none', { at: -1 }],
])('the contract refuses %s', (_reason, wrong) => {
  expect(heartbeat.safeParse({ v: 1, kind: 'heartbeat', check: 'data/nightly', ...wrong }).success).toBe(false)
})

it('the contract passes over a key that a later release may know', () => {
  const report = { v: 1, kind: 'heartbeat', check: 'data/nightly' }
  expect(heartbeat.parse({ ...report, later: 'x' })).toEqual({ ...report, status: 'ok' })
})
