import { describe, expect, it } from 'vitest'
import { someCheck } from '../../checks/records.ts'
import { MINUTE, Probes } from '../probes.ts'

const check = (changes: object = {}, rest: object = {}) =>
  someCheck({
    name: 'nightly',
    kind: 'heartbeat',
    isPassive: true,
    from: [],
    spec: { periodMs: 60 * MINUTE, graceMs: 5 * MINUTE, ...changes },
    ...rest,
  })

/** A job that should report every hour, five minutes of grace. */
class Job extends Probes {
  constructor(rest: object = {}) {
    super({ checks: [check({}, rest)] })
  }

  /** A message of the job's, as the queue took it now. */
  async beats(message: object = {}, sentAt = this.now): Promise<string[]> {
    await this.evaluate({ v: 1, kind: 'heartbeat', check: 'pay/nightly', ...message }, sentAt)
    return this.told()
  }

  /** Watch looks every minute. */
  wait(minutes: number): Promise<string[]> {
    return this.minutes(minutes, {})
  }

  get summary() {
    return this.says('pay', 'pay/nightly')
  }
}

describe('a job', () => {
  it('that reports in time is up, and nobody is told anything', async () => {
    const job = new Job()
    await job.wait(1)
    expect(await job.verdict('pay/nightly')).toBe('unknown')
    for (let hour = 0; hour < 5; hour++) {
      expect(await job.beats()).toEqual([])
      expect(await job.verdict('pay/nightly')).toBe('up')
      expect(await job.wait(64)).toEqual([])
    }
    expect(job.all).toEqual([])
  })

  it('that fails is down with its next message, in its own words, until one that does not fail', async () => {
    const job = new Job()
    await job.beats()
    await job.wait(10)
    const log = 'writing\ndisk full'
    expect(await job.beats({ status: 'fail', detail: 'disk full', log })).toEqual(['opened pay/nightly'])
    expect(job.summary).toBe('pay/nightly: disk full')
    const expected = { severity: 'critical', title: '收银台', sightings: [], details: { log } }
    expect(job.incident('pay', 'pay/nightly')).toMatchObject(expected)
    await job.wait(10)
    expect(await job.beats()).toEqual(['resolved pay/nightly'])
  })

  it('that falls silent is late, found by watch alone within a minute, and told once', async () => {
    const job = new Job()
    await job.beats()
    expect(await job.wait(64)).toEqual([])
    expect(await job.wait(1)).toEqual(['opened pay/nightly'])
    expect(job.summary).toBe('pay/nightly: last report 1h 5m ago, expected every 1h')
    expect(await job.wait(120)).toEqual([])

    expect(await job.beats()).toEqual(['resolved pay/nightly'])
    expect(await job.wait(60)).toEqual([])
  })

  it('that has never reported is late, too', async () => {
    const job = new Job()
    expect(await job.wait(66)).toEqual([])
    expect(await job.wait(1)).toEqual(['opened pay/nightly'])
    expect(job.summary).toBe('pay/nightly: never reported, expected every 1h')
  })

  it('that is late and closed by hand is told again within half an hour', async () => {
    const job = new Job()
    await job.beats()
    await job.wait(66)
    await job.alert('resolve', { dedupKey: 'pay/nightly', at: job.now + 1 })
    expect(await job.told()).toEqual(['resolved pay/nightly'])

    expect(await job.wait(31)).toEqual(['opened pay/nightly'])
  })

  it('says how severe it is', async () => {
    const job = new Job({ severity: 'error' })
    await job.beats({ status: 'fail' })

    expect(job.all).toEqual(['pay/nightly error open'])
    expect(job.summary).toBe('pay/nightly: the job reports a failure')
  })
})

describe('a message', () => {
  it('that comes again changes nothing', async () => {
    const job = new Job()
    const sentAt = job.now
    await job.beats({ status: 'fail' })
    job.now += MINUTE
    await job.beats()
    job.checks.writes.length = 0

    expect(await job.beats({ status: 'fail' }, sentAt)).toEqual([])
    expect(job.checks.writes).toEqual([])
  })

  it('that was overtaken changes nothing', async () => {
    const job = new Job()
    const at = job.now
    job.now += MINUTE
    await job.beats({ at: at + 1_000 })

    expect(await job.beats({ at, status: 'fail' })).toEqual([])
    expect(await job.verdict('pay/nightly')).toBe('up')
  })

  it('from a clock that is ahead does not put off being late', async () => {
    const job = new Job()
    await job.beats({ at: job.now + 30 * 86_400_000 })

    expect(await job.wait(66)).toEqual(['opened pay/nightly'])
  })

  it('from a clock that is behind is as good as any', async () => {
    const job = new Job()
    await job.beats({ at: job.now - 60 * MINUTE })

    expect(await job.wait(6)).toEqual([])
  })

  it('with a word too many is heard', async () => {
    const job = new Job()
    await job.beats({ host: 'batch-1', detail: 'x'.repeat(600) })

    expect(await job.wait(6)).toEqual([])
  })

  it.each(['pay/unknown', 'pay/web'])('of %s, which is no heartbeat, is done with, and logged', async (name) => {
    const job = new Job()
    job.config.checks.push(someCheck({ name: 'web' }))
    await job.beats({ check: name })

    expect(job.checks.writes).toEqual([])
    expect(job.logged).toEqual([{ level: 'warn', event: 'heartbeat of no check', check: name }])
  })

  it.each([
    ['no check', { check: '' }],
    ['a status that is none', { status: 'late' }],
  ])('with %s is refused', async (_reason, wrong) => {
    await expect(new Job().beats(wrong)).rejects.toThrow('not-a-heartbeat')
  })

  it('whose alert cannot be delivered comes again, and then it is', async () => {
    const job = new Job()
    const sentAt = job.now
    const { putIfVersion } = job.incidents
    job.incidents.putIfVersion = () => Promise.reject(new Error('table throttled'))
    await expect(job.beats({ status: 'fail' })).rejects.toThrow('has to come again')
    job.incidents.putIfVersion = putIfVersion
    job.now += 20_000

    await job.beats({ status: 'fail' }, sentAt)
    await job.wait(1)
    expect(job.all).toEqual(['pay/nightly critical open'])
    expect(job.left).toEqual([])
  })
})

describe('a change of the configuration', () => {
  it('to a shorter period counts from the next look on', async () => {
    const job = new Job()
    await job.beats()
    await job.wait(20)
    job.config.checks = [check({ periodMs: 10 * MINUTE })]

    expect(await job.wait(2)).toEqual(['opened pay/nightly'])
    expect(job.summary).toContain('expected every 10m')
  })

  it('to a longer one, too', async () => {
    const job = new Job()
    await job.beats()
    expect(await job.wait(66)).toEqual(['opened pay/nightly'])
    job.config.checks = [check({ periodMs: 120 * MINUTE })]

    expect(await job.wait(2)).toEqual(['resolved pay/nightly'])
    expect(await job.checks.due(job.now, 10)).toEqual([])
    expect(await job.wait(58)).toEqual(['opened pay/nightly'])
  })
})

it('watch writes nothing about jobs that are well', async () => {
  const job = new Job()
  job.config.checks = Array.from({ length: 50 }, (_, index) => check({}, { id: `pay/job-${index}` }))
  await job.wait(2)
  job.checks.writes.length = 0
  await job.wait(10)

  expect(job.checks.writes).toEqual([])
})
