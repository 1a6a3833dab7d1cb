import { describe, expect, it } from 'vitest'
import { checksFrom, MINUTE, Probes } from './probes.ts'

const names = ['web', 'db', 'api', 'pay']
const gz = 'tencent/ap-guangzhou'
const hz = 'aliyun/cn-hangzhou'
const sg = 'aws/ap-southeast-1'
const fra = 'aws/eu-central-1'
const use = 'aws/us-east-1'
const fine = { [gz]: 'u', [hz]: 'u', [sg]: 'u', [fra]: 'u', [use]: 'u' }
const notice = `fenghuo/vantage-${gz}`

async function five(checks = names, groups: Record<string, string[]> = { cn: [gz, hz] }): Promise<Probes> {
  const world = new Probes({ checks: checksFrom(checks, [gz, hz, sg, fra, use]), groups })
  expect(await world.minutes(5, fine)).toEqual([])
  return world
}

describe('a vantage that fails everything', () => {
  it('is one notice of Fenghuo’s own, and no storm; and one more when it is well again', async () => {
    const world = await five()
    expect(await world.minutes(2, { ...fine, [gz]: 'd' })).toEqual([])
    expect(await world.minute({ ...fine, [gz]: 'd' })).toEqual([`opened ${notice}`])
    expect(world.incident('fenghuo', notice)).toMatchObject({
      severity: 'warning',
      fact: { code: 'vantage-faulty', args: { vantage: gz } },
    })
    expect(await world.minutes(40, { ...fine, [gz]: 'd' })).toEqual([])

    expect(await world.minute(fine)).toEqual([])
    expect(await world.minute(fine)).toEqual([`resolved ${notice}`])
    expect(world.all).toEqual([`${notice} warning resolved`])
  })

  it('has no vote: of four others, two are half and three are most', async () => {
    const world = await five()
    await world.minutes(3, { ...fine, [gz]: 'd' })
    expect(await world.minutes(5, { ...fine, [gz]: 'd', [sg]: 'duuu', [fra]: 'duuu' })).toEqual([
      'opened pay/web:partial',
    ])
    expect(await world.verdict('pay/web')).toBe('up')

    const most = { ...fine, [gz]: 'd', [sg]: 'duuu', [fra]: 'duuu', [use]: 'duuu' }
    expect(await world.minutes(2, most)).toEqual(['opened pay/web'])
  })

  it('of two checks cannot be told from bad checks, and is a notice of each', async () => {
    const world = await five(['web', 'db'])

    expect(await world.minutes(5, { ...fine, [gz]: 'd' })).toEqual(['opened pay/web:partial', 'opened pay/db:partial'])
    expect(world.all).toEqual(['pay/web:partial warning open', 'pay/db:partial warning open'])
  })

  it('and then falls silent is not said to be well again', async () => {
    const world = await five()
    await world.minutes(3, { ...fine, [gz]: 'd' })
    const { [gz]: _, ...others } = fine
    expect(await world.minutes(10, others)).toEqual([`opened fenghuo/probe-${gz}`])
    expect(world.all).toEqual([`${notice} warning open`, `fenghuo/probe-${gz} error open`])

    expect((await world.minutes(3, fine)).sort()).toEqual([`resolved fenghuo/probe-${gz}`, `resolved ${notice}`])
  })

  it('is told of on the minute even if an hour cannot be summed up', async () => {
    const world = await five()
    const { query } = world.checks
    world.checks.query = (pk, prefix) =>
      pk.startsWith('history#') ? Promise.reject(new Error('throttled')) : query.call(world.checks, pk, prefix)
    // 03:01: the hour is over, and is not summed up yet.
    expect(await world.minutes(56, fine)).toEqual([])
    for (let minute = 0; minute < 3; minute++)
      await expect(world.minute({ ...fine, [gz]: 'd' })).rejects.toThrow('throttled')

    expect(world.all).toEqual([`${notice} warning open`])
  })
})

describe('an outage', () => {
  it('that watch looks at while only one has told of it is not faulty, nor is its end', async () => {
    const world = new Probes({ checks: checksFrom(names, [gz, sg, fra]) })
    /** The probes report twenty seconds apart, and watch looks after the first. */
    const minute = async (letter: string) => {
      world.now += 20_000
      await world.sees(gz, letter)
      world.now += 5_000
      await world.look()
      for (const vantage of [sg, fra]) {
        world.now += 15_000
        await world.sees(vantage, letter)
      }
      world.now += 5_000
      return world.told()
    }
    const told: string[] = []
    for (const letter of 'uuuuuddddduuuuu') told.push(...(await minute(letter)))

    expect(told.filter((one) => one.startsWith('opened')).sort()).toEqual(
      names.map((name) => `opened pay/${name}`).sort(),
    )
    expect(told).toHaveLength(8)
  })
})

describe('a country that fails everything', () => {
  const bad = { ...fine, [gz]: 'd', [hz]: 'd' }

  it('is an outage of each check, though three of five are fine, and no vantage is faulty', async () => {
    const world = await five()
    expect(await world.minute(bad)).toEqual([])
    expect((await world.minute(bad)).sort()).toEqual(names.map((name) => `opened pay/${name}`).sort())
    expect(world.incident('pay', 'pay/web').sightings.map(({ verdict }) => verdict)).toEqual([
      'down',
      'down',
      'up',
      'up',
      'up',
    ])
    expect(await world.minutes(10, bad)).toEqual([])
    expect((await world.minutes(2, fine)).sort()).toEqual(names.map((name) => `resolved pay/${name}`).sort())
    expect(world.all.filter((one) => one.startsWith('fenghuo'))).toEqual([])
  })

  it('is two faulty vantages when nobody has said that they are one', async () => {
    const world = await five(names, {})

    expect((await world.minutes(5, bad)).sort()).toEqual([`opened fenghuo/vantage-${hz}`, `opened ${notice}`])
  })

  it('of one check is an outage, too, until most of it sees it up again', async () => {
    const world = await five()
    expect(await world.minutes(2, { ...fine, [gz]: 'duuu', [hz]: 'duuu' })).toEqual(['opened pay/web'])
    expect(await world.minutes(5, { ...fine, [gz]: 'duuu' })).toEqual([])
    expect(await world.minutes(2, fine)).toEqual(['resolved pay/web'])
    expect(await world.minutes(5, { ...fine, [gz]: 'duuu' })).toEqual(['opened pay/web:partial'])
  })

  it('and then falls silent, all of it, has not recovered, and is not told again of what nobody sees', async () => {
    const world = await five(['web'])
    const { [gz]: _, [hz]: __, ...others } = fine
    expect(await world.minutes(2, bad)).toEqual(['opened pay/web'])
    expect((await world.minutes(60, others)).sort()).toEqual(
      ['fewer pay/web', ...[gz, hz].map((one) => `opened fenghuo/probe-${one}`)].sort(),
    )
    expect(await world.verdict('pay/web')).toBe('down')
    expect(world.incident('pay', 'pay/web').lastAlertAt).toBeLessThan(world.now - 50 * MINUTE)

    expect(await world.minutes(2, fine)).toContain('resolved pay/web')
  })

  it('whose other half is silent is one vantage, which is not enough', async () => {
    const world = await five(['web'])
    const { [hz]: _, ...others } = { ...fine, [gz]: 'd' }
    const told = await world.minutes(10, others)

    expect(told.sort()).toEqual([`opened fenghuo/probe-${hz}`, 'opened pay/web:partial'])
    expect(await world.verdict('pay/web')).toBe('up')
  })
})

describe('one that is left of three', () => {
  const from = [gz, hz, sg]

  it('needs twice the evidence, and the alert says how many are known', async () => {
    const world = new Probes({ checks: checksFrom(['web'], from) })
    await world.minutes(6, { [gz]: 'u', [hz]: 'u', [sg]: 'u' })
    await world.minutes(5, { [gz]: 'u' })
    expect(await world.minutes(3, { [gz]: 'd' })).toEqual([])
    expect(await world.verdict('pay/web')).toBe('up')

    expect(await world.minute({ [gz]: 'd' })).toEqual(['opened pay/web'])
    expect(world.incident('pay', 'pay/web')).toMatchObject({
      fact: { code: 'check-seen', args: { verdict: 'down', count: 1, all: 3, known: 1 } },
      sightings: [
        { vantage: gz, verdict: 'down' },
        { vantage: hz, verdict: 'unknown' },
        { vantage: sg, verdict: 'unknown' },
      ],
    })
  })

  it('and then falls silent, too, leaves nothing known: nothing is resolved', async () => {
    const world = new Probes({ checks: checksFrom(['web'], from) })
    await world.minutes(6, { [gz]: 'd', [hz]: 'd', [sg]: 'd' })
    await world.minutes(20, {})

    expect(await world.verdict('pay/web')).toBe('unknown')
    expect(world.all[0]).toBe('pay/web critical open')
    expect(await world.minutes(2, { [gz]: 'u', [hz]: 'u', [sg]: 'u' })).toContain('resolved pay/web')
  })
})

describe('an even split', () => {
  it('leaves a check what it was: up, with a notice, and down', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [gz, hz]) })
    await world.minutes(5, { [gz]: 'u', [hz]: 'u' })
    expect(await world.minutes(5, { [gz]: 'd', [hz]: 'u' })).toEqual(['opened pay/web:partial'])
    expect(await world.minutes(2, { [gz]: 'd', [hz]: 'd' })).toEqual(['opened pay/web'])
    expect(await world.minutes(5, { [gz]: 'u', [hz]: 'd' })).toEqual([])
    expect(await world.minutes(4, { [gz]: 'u', [hz]: 'u' })).toEqual(['resolved pay/web', 'resolved pay/web:partial'])
  })
})

describe('slow from one of two', () => {
  it('is a notice, not a verdict', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [gz, hz]) })
    await world.minutes(5, { [gz]: 'u', [hz]: 'u' })
    expect(await world.minutes(10, { [gz]: 'g', [hz]: 'u' })).toEqual(['opened pay/web:partial'])
    expect(await world.verdict('pay/web')).toBe('up')
  })

  it('is better than down, and not yet well', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [gz, hz]) })
    await world.minutes(5, { [gz]: 'd', [hz]: 'd' })
    expect(await world.minutes(2, { [gz]: 'g', [hz]: 'u' })).toEqual(['resolved pay/web', 'opened pay/web:degraded'])
    expect(await world.minutes(4, { [gz]: 'u', [hz]: 'u' })).toEqual(['resolved pay/web:degraded'])
  })
})

describe('a quorum', () => {
  it('of one pages for one, and ends with it', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [gz, hz, sg], { quorum: 1 }) })
    await world.minutes(5, { [gz]: 'u', [hz]: 'u', [sg]: 'u' })
    expect(await world.minutes(2, { [gz]: 'd', [hz]: 'u', [sg]: 'u' })).toEqual(['opened pay/web'])
    expect(await world.minutes(2, { [gz]: 'u', [hz]: 'u', [sg]: 'u' })).toEqual(['resolved pay/web'])
  })

  it('of all waits for all', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [gz, hz, sg], { quorum: 3 }) })
    await world.minutes(5, { [gz]: 'u', [hz]: 'u', [sg]: 'u' })
    expect(await world.minutes(5, { [gz]: 'd', [hz]: 'd', [sg]: 'u' })).toEqual(['opened pay/web:partial'])
    expect(await world.minutes(2, { [gz]: 'd', [hz]: 'd', [sg]: 'd' })).toEqual(['opened pay/web'])
  })
})

describe('two probes that report at once', () => {
  it('of one country: whoever comes second judges neither by what was before', async () => {
    const world = new Probes({
      checks: checksFrom(names, [gz, hz, sg, fra], { confirm: { m: 1, n: 1 } }),
      groups: { cn: [gz, hz] },
    })
    const { [use]: _, ...all } = fine
    await world.minutes(3, all)
    world.checks.rows.delete('verdict#pay/web\nstate')
    const put = world.checks.putIfVersion.bind(world.checks)
    let isFirst = true
    world.checks.putIfVersion = async (row, expected) => {
      if (row.pk === 'verdict#pay/web' && isFirst) {
        isFirst = false
        world.now += 1_000
        await world.sees(hz, 'd')
      }
      return put(row, expected)
    }
    world.now += 30_000
    await world.sees(gz, 'd')

    expect(await world.verdict('pay/web')).toBe('down')
    expect((await world.told()).sort()).toEqual(names.map((name) => `opened pay/${name}`).sort())
  })

  it('do not judge by who was faulty before', async () => {
    const world = new Probes({ checks: checksFrom(names, [gz, hz, sg]) })
    await world.minutes(5, { [gz]: 'u', [hz]: 'u', [sg]: 'u' })
    await world.minute({ [gz]: 'd', [hz]: 'd', [sg]: 'u' })
    world.now += 30_000
    await Promise.all([world.sees(gz, 'd'), world.sees(hz, 'd')])

    expect((await world.told()).sort()).toEqual(names.map((name) => `opened pay/${name}`).sort())
  })
})
