import { describe, expect, it } from 'vitest'
import type { Place } from '../../shared/contracts/report.ts'
import { takeReport } from '../../shared/engine/verdicts/take-report.ts'
import { usualOnceAnHour } from '../../shared/store/history.ts'
import { readVantages } from '../../shared/store/vantages.ts'
import { someCheck } from '../checks/records.ts'
import { says } from '../facts.ts'
import { MINUTE, Probes } from './probes.ts'

const sg = 'aws/ap-southeast-1'
const [gz, bj, jp] = ['globalping/CN/Guangzhou/AS4134', 'globalping/CN/Beijing/AS4808', 'globalping/JP']
const letters = { u: 'up', d: 'down', '?': 'unknown' } as const

/** `gz:u bj:d`: what each node saw; a node that sees it down says why. */
function places(seen: string): Place[] {
  const names: Record<string, string> = { gz, bj, jp }
  return seen.split(' ').map((one) => {
    const [name = '', letter = ''] = one.split(':')
    const outcome = letters[letter as keyof typeof letters] ?? expect.fail(letter)
    const said = outcome === 'down' ? { fault: says(`timed out from ${name}`) } : {}
    return { vantage: names[name] ?? expect.fail(name), outcome, latencyMs: outcome === 'down' ? 5_000 : 120, ...said }
  })
}

class Nodes extends Probes {
  constructor() {
    super({ checks: [someCheck({ kind: 'vantage-points' })] })
  }

  /** A minute in which the nodes see this; `''`: the third party could not be asked. */
  async from(seen: string, times = 1): Promise<string[]> {
    const told: string[] = []
    for (let time = 0; time < times; time++) {
      this.now += MINUTE
      const failed = { check: 'pay/web', outcome: 'unknown' as const, fault: says('globalping: 429') }
      await this.reports(
        sg,
        seen === '' ? [failed] : [{ check: 'pay/web', outcome: 'up', latencyMs: 120, places: places(seen) }],
      )
      await this.look()
      told.push(...(await this.told()))
    }
    return told
  }

  get sightings() {
    return this.incident('pay', 'pay/web').sightings
  }
}

describe('each node is a vantage', () => {
  it('that confirms for itself, with its own words and times', async () => {
    const world = new Nodes()
    await world.from('gz:u bj:u jp:u', 5)
    expect(await world.from('gz:d bj:u jp:u', 5)).toEqual(['opened pay/web:partial'])
    expect(await world.from('gz:d bj:d jp:u')).toEqual([])
    expect(await world.from('gz:d bj:d jp:u')).toEqual(['opened pay/web'])
    expect(world.sightings).toEqual([
      { vantage: gz, verdict: 'down', fault: says('timed out from gz'), latencyMs: 5_000 },
      { vantage: bj, verdict: 'down', fault: says('timed out from bj'), latencyMs: 5_000 },
      { vantage: jp, verdict: 'up', latencyMs: 120 },
    ])
    expect(world.says('pay', 'pay/web')).toBe('pay/web is down, seen from 2 of 3')
    expect(await world.from('gz:d bj:u jp:u', 2)).toEqual(['resolved pay/web'])
  })

  it('though different nodes are down from run to run', async () => {
    const world = new Nodes()
    await world.from('gz:u bj:u jp:u', 5)
    for (let time = 0; time < 5; time++) {
      expect(await world.from('gz:d bj:u jp:u')).toEqual([])
      expect(await world.from('gz:u bj:d jp:u')).toEqual([])
      expect(await world.from('gz:u bj:u jp:d')).toEqual([])
    }
  })

  it('and the only one that is left needs twice the evidence', async () => {
    const world = new Nodes()
    await world.from('gz:u bj:u jp:u', 6)
    await world.from('gz:u bj:? jp:?', 3)
    expect(await world.from('gz:d bj:? jp:?', 3)).toEqual([])
    expect(await world.from('gz:d bj:? jp:?')).toEqual(['opened pay/web'])
    expect(world.says('pay', 'pay/web')).toBe('pay/web is down, seen from 1 of 3 (1 known)')
  })
})

describe('nodes that are no longer configured', () => {
  it('stop voting at once', async () => {
    const world = new Nodes()
    await world.from('gz:d bj:d jp:u', 5)
    expect(world.all).toEqual(['pay/web critical open'])

    expect(await world.from('bj:u jp:u', 3)).toEqual(['resolved pay/web'])
    expect(world.sightings).toMatchObject([
      { vantage: bj, verdict: 'up' },
      { vantage: jp, verdict: 'up' },
    ])
  })

  it('all of which saw an outage leave nobody who can say that it is over', async () => {
    const world = new Nodes()
    await world.from('gz:d bj:d jp:u', 5)
    expect(await world.from('jp:u', 5)).toEqual([])
    expect(await world.verdict('pay/web')).toBe('unknown')
    expect(world.says('pay', 'pay/web')).toContain('saw it down and never came back')
  })

  it('do not come back with a report that is late', async () => {
    const world = new Nodes()
    await world.from('gz:u bj:u jp:u', 3)
    const late = world.body(sg, [{ check: 'pay/web', outcome: 'up', places: places('gz:d bj:d jp:d') }])
    await world.from('jp:u')
    world.now += 1_000
    await world.evaluate(late)
    const [known] = await readVantages([sg], world.io())

    expect(known?.state).toMatchObject({ heardAt: world.now, places: { 'pay/web': [jp] } })
  })

  it('of a check that looks for itself from now on, too', async () => {
    const world = new Nodes()
    await world.from('gz:u bj:u jp:u', 5)
    world.config.checks = [someCheck()]
    await world.minutes(5, { [sg]: 'u' })
    expect(await world.verdict('pay/web')).toBe('up')

    expect(await world.minutes(2, { [sg]: 'd' })).toEqual(['opened pay/web'])
    expect(world.sightings.map(({ vantage }) => vantage)).toEqual([sg])
  })
})

describe('a third party that could not be asked', () => {
  it('makes nothing down, and after a while unknown', async () => {
    const world = new Nodes()
    await world.from('gz:u bj:u jp:u', 5)
    expect(await world.from('', 2)).toEqual([])
    expect(await world.verdict('pay/web')).toBe('up')
    expect(await world.from('', 4)).toEqual(['opened pay/web:no-data'])
    expect(world.incident('pay', 'pay/web:no-data').sightings).toEqual(
      [gz, bj, jp].map((vantage) => ({ vantage, verdict: 'unknown' })),
    )

    expect(await world.from('gz:u bj:u jp:u', 2)).toEqual(['resolved pay/web:no-data'])
  })

  it('resolves nothing', async () => {
    const world = new Nodes()
    await world.from('gz:d bj:d jp:d', 5)

    expect(await world.from('', 10)).not.toContain('resolved pay/web')
    expect(await world.from('gz:u bj:u jp:u', 2)).toContain('resolved pay/web')
  })
})

it('a node far slower than it usually is makes it degraded, in its own words', async () => {
  const world = new Nodes()
  world.config.checks = [someCheck({ kind: 'vantage-points', slower: 3 })]
  const usualAt = usualOnceAnHour()
  const report = async (latencyMs: number) => {
    world.now += MINUTE
    const node = (vantage: string, ms: number): Place => ({ vantage, outcome: 'up', latencyMs: ms })
    const seen = {
      check: 'pay/web',
      outcome: 'up' as const,
      places: [node(gz, latencyMs), node(bj, latencyMs), node(jp, 20)],
    }
    const body = world.body(sg, [seen])
    await takeReport({ ...body, v: 1, kind: 'report' }, world.now, world.config, world.io(), usualAt)
    await world.look()
  }
  for (let minute = 0; minute < 70; minute++) await report(100)
  await report(290)
  await report(290)
  expect(await world.verdict('pay/web')).toBe('up')
  await report(301)
  await report(320)

  expect(await world.told()).toEqual(['opened pay/web:degraded'])
  expect(world.incident('pay', 'pay/web:degraded').sightings).toEqual([
    {
      vantage: gz,
      verdict: 'degraded',
      fault: { code: 'slower-than-usual', args: { tookMs: 320, times: 3.2, usualMs: 100 } },
      latencyMs: 320,
    },
    {
      vantage: bj,
      verdict: 'degraded',
      fault: { code: 'slower-than-usual', args: { tookMs: 320, times: 3.2, usualMs: 100 } },
      latencyMs: 320,
    },
    { vantage: jp, verdict: 'up', latencyMs: 20 },
  ])
})

describe('a node that fails most of its checks', () => {
  const names = ['web', 'db', 'api']

  /** A minute in which the nodes see each check alike. */
  async function minutes(world: Probes, count: number, seen: string): Promise<string[]> {
    const told: string[] = []
    for (let minute = 0; minute < count; minute++) {
      world.now += MINUTE
      const checks = world.config.checks.map(({ id }) => ({
        check: id,
        outcome: 'up' as const,
        ...(seen === '' ? { outcome: 'unknown' as const } : { places: places(seen) }),
      }))
      await world.reports(sg, checks)
      await world.look()
      told.push(...(await world.told()))
    }
    return told
  }

  const nodes = (count = 3) =>
    new Probes({ checks: names.slice(0, count).map((name) => someCheck({ name, kind: 'vantage-points' })) })

  it('while the others see them up is one notice, not one of each check, and has no vote', async () => {
    const world = nodes()
    await minutes(world, 5, 'gz:u bj:u jp:u')
    expect(await minutes(world, 10, 'gz:d bj:u jp:u')).toEqual([`opened fenghuo/vantage-${gz}`])
    expect(world.says('fenghuo', `fenghuo/vantage-${gz}`)).toMatch(/^Guangzhou, China Telecom fails most/)
    expect(await minutes(world, 20, 'gz:d bj:u jp:u')).toEqual([])

    expect(await minutes(world, 2, 'gz:u bj:u jp:u')).toEqual([`resolved fenghuo/vantage-${gz}`])
  })

  it('and of which nothing is known any more is not said to be well', async () => {
    const world = nodes()
    await minutes(world, 5, 'gz:u bj:u jp:u')
    await minutes(world, 5, 'gz:d bj:u jp:u')
    expect(await minutes(world, 20, 'gz:? bj:u jp:u')).toEqual([])
    expect(await minutes(world, 3, 'gz:u bj:u jp:u')).toEqual([`resolved fenghuo/vantage-${gz}`])
  })

  it('and from which too few look any more to compare it is no longer told of', async () => {
    const world = nodes()
    await minutes(world, 5, 'gz:u bj:u jp:u')
    await minutes(world, 5, 'gz:d bj:u jp:u')
    world.config.checks = world.config.checks.slice(0, 2)

    const told = await minutes(world, 6, 'gz:d bj:u jp:u')
    expect(told).toContain(`resolved fenghuo/vantage-${gz}`)
    expect(world.all).toContain(`fenghuo/vantage-${gz} warning resolved`)
  })

  it('of two checks is a notice of each', async () => {
    const world = nodes(2)
    await minutes(world, 5, 'gz:u bj:u jp:u')
    expect(await minutes(world, 5, 'gz:d bj:u jp:u')).toEqual(['opened pay/web:partial', 'opened pay/db:partial'])
  })
})
