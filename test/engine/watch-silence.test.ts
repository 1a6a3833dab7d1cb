import { describe, expect, it } from 'vitest'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { readVerdicts } from '../../shared/store/verdicts.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

const check = (id: string, from: string[]): CompiledCheck => ({
  id,
  project: 'pay',
  name: id,
  title: '收银台',
  kind: 'http',
  spec: {},
  intervalMs: 60_000,
  timeoutMs: 5_000,
  confirm: { m: 2, n: 3 },
  severity: 'critical',
  from,
})

/** A world whose probes report each minute what they are told to, and watch looks each minute. */
class Silence extends PathWorld {
  /** One vantage sees this of `pay/web`. */
  report(time: string, outcome: VerdictWord) {
    this.now = at(time)
    return this.heard('aws/sg', ['pay/web'], outcome)
  }

  /** A minute: the vantages report these checks as up, then watch looks. */
  async minute(time: string, reports: Record<string, string[]>): Promise<this> {
    this.now = at(time)
    for (const [vantage, checks] of Object.entries(reports)) await this.heard(vantage, checks, 'up')
    await watch({ config: this.config, backlog: this.backlog, deadLetters: [] }, this.io())
    return this
  }

  private heard(vantage: string, checks: string[], outcome: VerdictWord) {
    const { now } = this
    const run = { function: 'probe', run: `${now}`, version: '1', startedAt: now, finishedAt: now, coldStart: false }
    const observations = checks.map((id) => ({ check: id, project: 'pay', at: now, outcome }))
    return this.evaluate({ v: 1, kind: 'report', vantage, runner: run, observations })
  }

  async verdict(id: string) {
    return (await readVerdicts([id], this.io()))[0]?.verdict
  }

  /** Every incident there is: `fenghuo/probe-aws/sg error open`. */
  get all(): string[] {
    return [...this.incidents.rows.values()].flatMap(({ pk, sk, state }) => {
      if (!pk.startsWith('incident#') || sk !== 'state' || state === undefined) return []
      const { groupKey, severity, status } = JSON.parse(state) as Incident
      return [`${groupKey} ${severity} ${status}`]
    })
  }
}

describe('a probe that has fallen silent', () => {
  it('raises one alert of Fenghuo’s own for all its checks, and its checks are unknown', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg']), check('pay/db', ['aws/sg'])] })
    const both = { 'aws/sg': ['pay/web', 'pay/db'] }
    for (const time of ['02:10', '02:11']) await world.minute(time, both)
    for (const time of ['02:12', '02:13', '02:13:59']) await world.minute(time, {})
    expect(world.all).toEqual([])
    expect(await world.verdict('pay/web')).toBe('unknown')

    await world.minute('02:14', {})
    expect(world.all).toEqual(['fenghuo/probe-aws/sg critical open'])
    expect(world.incident('fenghuo', 'fenghuo/probe-aws/sg')).toMatchObject({
      fact: { code: 'probe-silent', args: { vantage: 'aws/sg', checks: 2, seenNowhere: 2 } },
    })
    for (const time of ['02:15', '02:20', '02:30']) await world.minute(time, {})
    expect(world.all).toEqual(['fenghuo/probe-aws/sg critical open'])

    await world.minute('02:31', both)
    expect(world.all).toEqual(['fenghuo/probe-aws/sg critical resolved'])
  })

  it('is one alert, and its end one end, though reads are older than what was just written', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg'])] })
    const { checks } = world
    let before = new Map(checks.rows)
    const consistently = checks.getMany.bind(checks)
    checks.getMany = async (keys, options) =>
      options?.consistent === false ? keys.flatMap(({ pk, sk }) => before.get(`${pk} ${sk}`) ?? []) : consistently(keys)
    const late = async (time: string, reports: Record<string, string[]>) => {
      const then = new Map(checks.rows)
      await world.minute(time, reports)
      before = then
    }
    await late('02:00', { 'aws/sg': ['pay/web'] })
    for (const time of ['02:01', '02:02', '02:03', '02:04', '02:05', '02:06']) await late(time, {})
    expect(world.all).toEqual(['fenghuo/probe-aws/sg critical open'])
    for (const time of ['02:07', '02:08', '02:09']) await late(time, { 'aws/sg': ['pay/web'] })
    expect(world.all).toEqual(['fenghuo/probe-aws/sg critical resolved'])
  })

  it('while others still see its checks wakes nobody', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg', 'aws/tokyo', 'aws/paris'])] })
    const web = ['pay/web']
    for (const time of ['02:10', '02:11'])
      await world.minute(time, { 'aws/sg': web, 'aws/tokyo': web, 'aws/paris': web })
    for (const time of ['02:12', '02:13', '02:14', '02:15'])
      await world.minute(time, { 'aws/tokyo': web, 'aws/paris': web })

    expect(world.all).toEqual(['fenghuo/probe-aws/sg error open'])
    expect(await world.verdict('pay/web')).toBe('up')
  })

  it('that has never reported has three minutes to begin', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg'])] })
    for (const time of ['02:10', '02:11', '02:12', '02:12:59']) await world.minute(time, {})
    expect(world.all).toEqual([])

    await world.minute('02:13', {})
    expect(world.all).toEqual(['fenghuo/probe-aws/sg critical open'])
    await world.minute('02:20', { 'aws/sg': ['pay/web'] })
    expect(world.all).toEqual(['fenghuo/probe-aws/sg critical resolved'])
  })

  it('that begins in time is no alert', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg'])] })
    await world.minute('02:10', {})
    for (const time of ['02:12', '02:13', '02:14', '02:15']) await world.minute(time, { 'aws/sg': ['pay/web'] })

    expect(world.all).toEqual([])
    expect(await world.verdict('pay/web')).toBe('up')
  })
})

it.each([
  10_000, 20_000, 60_000, 1_800_000,
])('a probe that falls silent is one alert, not one of each check, with intervals of %i ms', async (intervalMs) => {
  const world = new Silence({ checks: ['pay/web', 'pay/db'].map((id) => ({ ...check(id, ['aws/sg']), intervalMs })) })
  for (const time of ['02:10', '02:11']) await world.minute(time, { 'aws/sg': ['pay/web', 'pay/db'] })
  for (let minute = 12; minute < 30; minute++) await world.minute(`02:${minute}`, {})

  expect(world.all).toEqual(['fenghuo/probe-aws/sg critical open'])
})

it.each([
  { intervalMs: 60_000, afterMinutes: 6, reason: 'two runs and a half missed, and three minutes' },
  { intervalMs: 1_800_000, afterMinutes: 64, reason: 'two runs missed, and three minutes: not two runs more' },
])('a check that is run no more is told after $afterMinutes minutes: $reason', async ({ intervalMs, afterMinutes }) => {
  const checks = ['pay/web', 'pay/db'].map((id) => ({ ...check(id, ['aws/sg']), intervalMs }))
  const world = new Silence({ checks })
  for (const time of ['02:10', '02:11']) await world.minute(time, { 'aws/sg': ['pay/web', 'pay/db'] })
  let minutes = 0
  while (world.all.length === 0 && minutes < 200) {
    minutes++
    const [hour, minute] = [2 + Math.floor((11 + minutes) / 60), (11 + minutes) % 60]
    await world.minute(`0${hour}:${String(minute).padStart(2, '0')}`, { 'aws/sg': ['pay/db'] })
  }

  expect(world.all).toEqual(['pay/web:no-data warning open'])
  expect(minutes).toBe(afterMinutes)
})

describe('a check of which nothing is heard, from a probe that reports', () => {
  it('becomes unknown, then raises an alert of its own, resolved when it is seen again', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg']), check('pay/db', ['aws/sg'])] })
    const both = { 'aws/sg': ['pay/web', 'pay/db'] }
    const other = { 'aws/sg': ['pay/db'] }
    for (const time of ['02:10', '02:11']) await world.minute(time, both)
    for (const time of ['02:12', '02:13']) await world.minute(time, other)
    expect(await world.verdict('pay/web')).toBe('up')
    await world.minute('02:14', other)
    expect(await world.verdict('pay/web')).toBe('unknown')
    await world.minute('02:16', other)
    expect(world.all).toEqual([])

    await world.minute('02:17', other)
    expect(world.all).toEqual(['pay/web:no-data warning open'])
    expect(world.says('pay', 'pay/web:no-data')).toBe('pay/web: no data from AWS sg')
    for (const time of ['02:18', '02:19']) await world.minute(time, both)
    expect(world.all).toEqual(['pay/web:no-data warning resolved'])
    expect(await world.verdict('pay/web')).toBe('up')
  })

  it('and that was down stays told as down: silence is no recovery', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg'])] })
    await world.report('02:10', 'down')
    await world.report('02:11', 'down')
    for (const time of ['02:12', '02:13', '02:14', '02:15', '02:20']) await world.minute(time, { 'aws/sg': [] })

    expect(world.all).toEqual(['pay/web critical open', 'pay/web:no-data warning open'])
    await world.report('02:21', 'up')
    await world.report('02:22', 'up')
    expect(world.all).toEqual(['pay/web critical resolved', 'pay/web:no-data warning resolved'])
  })

  it('because its probe can’t look at it is as unknown as one that is missing', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg'])] })
    for (const time of ['02:10', '02:11', '02:12', '02:13']) {
      await world.report(time, 'unknown')
      await world.minute(time, {})
    }

    expect(world.all).toEqual(['pay/web:no-data warning open'])
  })

  it('twice yet is not missing: it has only not been confirmed', async () => {
    const slow = { ...check('pay/web', ['aws/sg']), confirm: { m: 3, n: 5 } }
    const world = new Silence({ checks: [slow] })
    for (const time of ['02:10', '02:12', '02:14']) {
      expect(await world.verdict('pay/web')).not.toBe('up')
      await world.report(time, 'up')
      await world.minute(time, {})
    }

    expect(world.all).toEqual([])
    expect(await world.verdict('pay/web')).toBe('up')
  })

  it('whose alert a crash kept back is told by the next look', async () => {
    const world = new Silence({ checks: [check('pay/web', ['aws/sg']), check('pay/db', ['aws/sg'])] })
    for (const time of ['02:10', '02:11']) await world.minute(time, { 'aws/sg': ['pay/web', 'pay/db'] })
    for (const time of ['02:12', '02:13', '02:14', '02:15']) await world.minute(time, { 'aws/sg': ['pay/db'] })
    const write = world.incidents.putIfVersion
    world.incidents.putIfVersion = () => new Promise(() => {})
    void world.minute('02:17', { 'aws/sg': ['pay/db'] })
    await new Promise((resolve) => setTimeout(resolve, 5))
    world.incidents.putIfVersion = write
    expect(world.left).toEqual(['verdict#pay/web'])

    await world.minute('02:18', { 'aws/sg': ['pay/db'] })
    expect(world.all).toEqual(['pay/web:no-data warning open'])
    expect(world.left).toEqual([])
  })
})
