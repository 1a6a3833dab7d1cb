import { describe, expect, it } from 'vitest'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { detailLines } from '../../shared/messages/lines.ts'
import { someCheck } from '../checks/records.ts'
import { says } from '../facts.ts'
import { at } from '../messages/notices.ts'
import { checksFrom, MINUTE, Probes } from './probes.ts'

const gz = 'tencent/ap-guangzhou'
const hz = 'aliyun/cn-hangzhou'
const sg = 'aws/ap-southeast-1'
const fine = { [gz]: 'u', [hz]: 'u', [sg]: 'u' }

async function three(names = ['web', 'db']): Promise<Probes> {
  const world = new Probes({ checks: checksFrom(names, [gz, hz, sg]) })
  expect(await world.minutes(5, fine)).toEqual([])
  return world
}

describe('a vantage that cannot look at one check', () => {
  const unobserving = { ...fine, [gz]: '?u' }

  it('is a notice that names it and says why, after three looks and five minutes; and one more when it can', async () => {
    const world = await three()
    expect(await world.minutes(7, unobserving)).toEqual([])
    expect(await world.minute(unobserving, says('TOKEN is not set'))).toEqual(['opened pay/web:unobserving'])
    expect(await world.verdict('pay/web')).toBe('up')
    expect(world.incident('pay', 'pay/web:unobserving')).toMatchObject({
      severity: 'warning',
      state: 'unknown',
      fact: { code: 'not-observed', args: { check: 'pay/web', from: { vantages: [gz], more: 0 } } },
      sightings: [
        { vantage: gz, verdict: 'unknown', fault: says('TOKEN is not set') },
        { vantage: hz, verdict: 'up' },
        { vantage: sg, verdict: 'up' },
      ],
    })
    const { message } = world.messages.at(-1) ?? expect.fail('nothing was told')
    const lines = detailLines(message).map(({ spans }) => spans.map(({ text }) => text).join(''))
    expect(lines.slice(0, 2)).toEqual([
      '起于 02:08，已 5 分钟，3 处中 1 处无数据',
      '腾讯云广州：TOKEN is not set，20ms',
    ])
    expect(await world.minutes(60, unobserving)).toEqual([])

    expect(await world.minute(fine)).toEqual([])
    expect(await world.minute(fine)).toEqual(['resolved pay/web:unobserving'])
    expect(world.all).toEqual(['pay/web:unobserving warning resolved'])
  })

  it('now and then is no news', async () => {
    const world = await three()
    for (let time = 0; time < 10; time++) {
      expect(await world.minutes(5, unobserving)).toEqual([])
      expect(await world.minutes(2, fine)).toEqual([])
    }
  })

  it('does not hide that another one sees it down', async () => {
    const world = await three()
    expect(await world.minutes(8, unobserving)).toEqual(['opened pay/web:unobserving'])
    expect(await world.minutes(4, { ...unobserving, [hz]: 'du' })).toEqual(['opened pay/web:partial'])
  })

  it('while the others see it down is no news until that is over', async () => {
    const world = await three()
    const down = { [gz]: '?u', [hz]: 'du', [sg]: 'du' }
    expect(await world.minutes(20, down)).toEqual(['opened pay/web'])
    expect(await world.minutes(2, unobserving)).toEqual(['resolved pay/web', 'opened pay/web:unobserving'])
  })

  it('and then falls silent, or the check goes down, can still not look', async () => {
    const world = await three()
    expect(await world.minutes(8, unobserving)).toEqual(['opened pay/web:unobserving'])
    const { [gz]: _, ...others } = fine
    expect(await world.minutes(20, others)).toEqual([`opened fenghuo/probe-${gz}`])
    expect(await world.minutes(5, { ...unobserving, [hz]: 'du', [sg]: 'du' })).toEqual([
      `resolved fenghuo/probe-${gz}`,
      'opened pay/web',
    ])
    expect((await world.minutes(2, fine)).sort()).toEqual(['resolved pay/web', 'resolved pay/web:unobserving'])
  })

  it('and then is no vantage of the check any more is over', async () => {
    const world = await three(['web'])
    expect(await world.minutes(8, { ...fine, [gz]: '?' })).toEqual(['opened pay/web:unobserving'])
    world.config.checks = checksFrom(['web'], [hz, sg])

    expect(await world.minute({ [hz]: 'u', [sg]: 'u' })).toEqual(['resolved pay/web:unobserving'])
  })

  it('by turns is told so once, and let go when it is calm', async () => {
    const world = await three()
    const told: string[] = []
    for (let time = 0; time < 6; time++)
      told.push(...(await world.minutes(8, unobserving)), ...(await world.minutes(2, fine)))
    const once = ['opened pay/web:unobserving', 'resolved pay/web:unobserving']
    expect(told).toEqual([...once, ...once, 'opened pay/web:unobserving', 'flapping pay/web:unobserving'])

    expect(world.says('pay', 'pay/web:unobserving')).toBe(
      `pay/web can and cannot be looked at by turns from Tencent Guangzhou`,
    )
    expect(await world.minutes(28, fine)).toEqual([])
    expect(await world.minutes(2, fine)).toEqual(['resolved pay/web:unobserving'])
    expect(await world.minutes(60, fine)).toEqual([])
  })

  it('is not told beside what nobody can look at', async () => {
    const world = await three()
    expect(await world.minutes(20, { [gz]: '?u', [hz]: '?u', [sg]: '?u' })).toEqual(['opened pay/web:no-data'])
  })

  it('writes when that begins, when it is told and when it ends, and not with each report', async () => {
    const world = await three()
    const written = async (count: number, seen: Record<string, string>) => {
      world.checks.writes.length = 0
      await world.minutes(count, seen)
      return new Set(world.checks.writes.filter((one) => one.startsWith('verdict#pay/web '))).size
    }
    expect(await written(2, unobserving)).toBe(0)
    expect(await written(5, unobserving)).toBe(1)
    await world.minutes(1, unobserving)
    expect(await written(30, unobserving)).toBe(0)
  })
})

describe('a vantage that leaves one check out of its reports', () => {
  const without = { ...fine, [gz]: '-u' }

  it('is the same notice, after the deadline and five minutes', async () => {
    const world = await three()
    expect(await world.minutes(7, without)).toEqual([])
    expect(await world.minute(without)).toEqual(['opened pay/web:unobserving'])
    expect(world.says('pay', 'pay/web:unobserving')).toBe(
      `pay/web cannot be looked at from Tencent Guangzhou: it reports nothing of it`,
    )
    expect(await world.minutes(30, without)).toEqual([])
    expect(await world.minute(fine)).toEqual(['resolved pay/web:unobserving'])
  })

  it('or leaves it out of a few is no news', async () => {
    const world = await three()
    for (let time = 0; time < 6; time++) {
      expect(await world.minutes(6, without)).toEqual([])
      expect(await world.minute(fine)).toEqual([])
    }
  })

  it('since it does not know it yet has five minutes to learn of it', async () => {
    const world = await three(['web'])
    world.config.checks = checksFrom(['web', 'new'], [gz, hz, sg])
    expect(await world.minutes(4, { [gz]: 'u-', [hz]: 'uu', [sg]: 'uu' })).toEqual([])
    expect(await world.minutes(10, fine)).toEqual([])
    world.config.checks = checksFrom(['web', 'new', 'newer'], [gz, hz, sg])
    expect(await world.minutes(8, { [gz]: 'uu-', [hz]: 'uuu', [sg]: 'uuu' })).toEqual(['opened pay/newer:unobserving'])
  })

  it('and then falls silent before that is told is one alert of its probe', async () => {
    const world = await three()
    expect(await world.minutes(5, without)).toEqual([])
    const { [gz]: _, ...others } = fine
    expect(await world.minutes(30, others)).toEqual([`opened fenghuo/probe-${gz}`])
  })

  it('since all of it has just fallen silent has left out nothing: not even a write', async () => {
    const world = new Probes({ checks: checksFrom(['web', 'db'], [gz, hz, sg], { intervalMs: 10_000 }) })
    await world.minutes(25, fine)
    world.checks.writes.length = 0
    const { [gz]: _, ...others } = fine
    expect(await world.minutes(10, others)).toEqual([`opened fenghuo/probe-${gz}`])

    expect(world.checks.writes.filter((one) => one.startsWith('verdict#pay/'))).toEqual([])
  })

  it('since all of it is silent is one alert of its probe, also when it comes back with rarer checks to come', async () => {
    const rare = someCheck({ name: 'rare', from: [gz, hz, sg], intervalMs: 5 * MINUTE })
    const world = new Probes({ checks: [...checksFrom(['web'], [gz, hz, sg]), rare] })
    const { [gz]: _, ...others } = fine
    expect(await world.minutes(20, fine)).toEqual([])
    expect(await world.minutes(60, others)).toEqual([`opened fenghuo/probe-${gz}`])
    expect(await world.minutes(4, { ...fine, [gz]: 'u-' })).toEqual([`resolved fenghuo/probe-${gz}`])
    expect(await world.minutes(30, fine)).toEqual([])
  })
})

describe('a vantage that cannot look at most of its checks', () => {
  const names = ['web', 'db', 'api', 'job']

  it.each([
    { letters: '???u', reason: 'its looks see nothing' },
    { letters: '---u', reason: 'they are not in its reports' },
  ])('is one notice of its own, not one of each: $reason', async ({ letters }) => {
    const world = await three(names)
    expect(await world.minutes(7, { ...fine, [gz]: letters })).toEqual([])
    expect(await world.minutes(30, { ...fine, [gz]: letters })).toEqual([`opened fenghuo/unobserving-${gz}:no-data`])
    expect(world.incident('fenghuo', `fenghuo/unobserving-${gz}:no-data`)).toMatchObject({
      severity: 'warning',
      fact: { code: 'vantage-unobserving', args: { vantage: gz } },
    })
    expect(await world.minutes(2, fine)).toEqual([`resolved fenghuo/unobserving-${gz}:no-data`])
    expect(await world.minutes(10, fine)).toEqual([])
  })

  it('is told of each while it is few of them', async () => {
    const world = await three(names)
    const told = await world.minutes(20, { ...fine, [gz]: '??uu' })

    expect(told).toEqual(['opened pay/web:unobserving', 'opened pay/db:unobserving'])
  })

  it('and then falls silent is not said to be well', async () => {
    const world = await three(names)
    expect(await world.minutes(10, { ...fine, [gz]: '?' })).toEqual([`opened fenghuo/unobserving-${gz}:no-data`])
    const { [gz]: _, ...others } = fine
    expect(await world.minutes(20, others)).toEqual([`opened fenghuo/probe-${gz}`])
    expect((await world.minutes(2, fine)).sort()).toEqual([
      `resolved fenghuo/probe-${gz}`,
      `resolved fenghuo/unobserving-${gz}:no-data`,
    ])
  })

  it('since all of it falls silent is one alert of its probe', async () => {
    const world = await three(names)
    const { [gz]: _, ...others } = fine
    expect(await world.minutes(60, others)).toEqual([`opened fenghuo/probe-${gz}`])
    expect(await world.minutes(60, fine)).toEqual([`resolved fenghuo/probe-${gz}`])
  })
})

it('a third party’s node that says nothing, and a job, are no vantages that cannot look', async () => {
  const node = { latencyMs: 9, outcome: 'up' as VerdictWord }
  const job = someCheck({
    name: 'job',
    kind: 'heartbeat',
    isPassive: true,
    spec: { periodMs: 90 * MINUTE, graceMs: MINUTE },
    from: [],
  })
  const world = new Probes({ checks: [someCheck({ kind: 'vantage-points', from: [sg] }), job] })
  for (let minute = 0; minute < 30; minute++) {
    world.now += MINUTE
    const places = ['isp-a', 'isp-b', 'isp-c'].map((vantage) => ({
      vantage,
      ...node,
      ...(vantage === 'isp-a' && { outcome: 'unknown' as const }),
    }))
    await world.reports(sg, [{ check: 'pay/web', outcome: 'up', places }])
    await world.look()
  }

  expect(await world.told()).toEqual([])
})

describe('a trouble is told to have begun', () => {
  it('with the first look of a fresh start, not before it', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg]) })
    await world.minutes(2, {})
    const told: string[] = []
    for (let look = 0; look < 2; look++) {
      world.now += 1_000
      await world.sees(sg, 'd')
      told.push(...(await world.told()))
    }
    expect(told).toEqual(['opened pay/web'])
    expect(world.incident('pay', 'pay/web').openedAt).toBe(world.now - 1_000)
  })

  it('after the last look that saw it up, however quick the looks come', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg]) })
    for (const letter of 'uuuudd') {
      world.now += 2_000
      await world.sees(sg, letter)
    }
    expect(await world.told()).toEqual(['opened pay/web'])
    expect(world.incident('pay', 'pay/web').openedAt).toBe(world.now - 2_000)
  })

  it('when it was up from most places last, though one has seen it down all the time', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [gz, hz, sg]) })
    await world.minutes(5, { [gz]: 'd', [hz]: 'd', [sg]: 'd' })
    await world.minutes(2, { [gz]: 'd', [hz]: 'u', [sg]: 'u' })
    const upAt = at('02:07')
    await world.minutes(2, { [gz]: 'd', [hz]: 'd', [sg]: 'd' })

    expect(world.incident('pay', 'pay/web').openedAt).toBeGreaterThanOrEqual(upAt)
  })
})
