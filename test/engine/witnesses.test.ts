import { describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { detailLines } from '../../shared/messages/lines.ts'
import { lin } from '../messages/notices.ts'
import { checksFrom, MINUTE, Probes } from './probes.ts'

const sg = 'aws/ap-southeast-1'
const gz = 'tencent/ap-guangzhou'
const hz = 'aliyun/cn-hangzhou'
const bj = 'aliyun/cn-beijing'
const fra = 'aws/eu-central-1'
const HOUR = 60 * MINUTE

type Seen = Record<string, string>

const all: Seen = { [sg]: 'u', [gz]: 'u', [hz]: 'u' }
const outage: Seen = { [sg]: 'u', [gz]: 'd', [hz]: 'd' }

/** Eight minutes of all well, then three of an outage that is told. */
async function down(seen = outage, well = all, names = ['web']): Promise<Probes> {
  const world = new Probes({ checks: checksFrom(names, Object.keys(well)) })
  expect(await world.minutes(8, well)).toEqual([])
  expect(await world.minutes(3, seen)).toEqual(['opened pay/web'])
  return world
}

/** What is told of the incident in so many minutes; what is told of a vantage itself is another matter. */
async function told(world: Probes, minutes: number, seen: Seen): Promise<string[]> {
  return (await world.minutes(minutes, seen)).filter((one) => !one.includes(' fenghuo/'))
}

describe('an outage that two of three saw', () => {
  const rows: { reason: string; next: Seen; tells: string[]; verdict: string }[] = [
    {
      reason: 'who saw it is silent: nobody has seen a recovery',
      next: { [sg]: 'u' },
      tells: ['fewer pay/web'],
      verdict: 'down',
    },
    {
      reason: 'who saw it cannot look any more',
      next: { [sg]: 'u', [gz]: '?', [hz]: '?' },
      tells: ['fewer pay/web'],
      verdict: 'down',
    },
    { reason: 'all see it well', next: all, tells: ['resolved pay/web'], verdict: 'up' },
    {
      reason: 'one of the two has seen it well, and most of those who can speak agree',
      next: { [sg]: 'u', [gz]: 'u' },
      tells: ['resolved pay/web'],
      verdict: 'up',
    },
    {
      reason: 'one still sees it, which is told once, and the others are not more than those who saw it',
      next: { [sg]: 'u', [gz]: 'd' },
      tells: ['fewer pay/web'],
      verdict: 'down',
    },
  ]
  it.each(rows)('$reason', async ({ next, tells, verdict }) => {
    const world = await down()
    expect(await told(world, 8, next)).toEqual(tells)
    expect(await world.verdict('pay/web')).toBe(verdict)
  })

  it('says who cannot say otherwise, once, and goes on until one of them sees it well', async () => {
    const world = await down()
    expect(await told(world, 60, { [sg]: 'u' })).toEqual(['fewer pay/web'])
    const { message } = world.messages.find((one) => one.message.notice.kind === 'fewer') ?? expect.fail('not told')
    const lines = (language: 'zh' | 'en') =>
      detailLines({ ...message, language }).map(({ spans }) => spans.map(({ text }) => text).join(''))
    expect(lines('zh')).toContain('腾讯云广州、阿里云杭州 曾见异常，现在无法再看：仍按未恢复对待')
    expect(lines('en')).toContain(
      'Tencent Guangzhou, Alibaba Hangzhou saw it and cannot look now: it counts as not recovered',
    )
    expect(world.says('pay', 'pay/web')).toBe(
      'pay/web is still down: Tencent Guangzhou, Alibaba Hangzhou saw it so and cannot look now',
    )
    expect(await told(world, 1, all)).toEqual([])
    expect(await told(world, 1, all)).toEqual(['resolved pay/web'])
  })

  it('that somebody has closed by hand is not opened again because nobody can look', async () => {
    const world = await down()
    const event = { type: 'resolve' as const, generation: 1, via: 'link' as const, by: lin }
    await dispatchToIncident({ project: 'pay', groupKey: 'pay/web' }, { event }, world.io())
    expect(await told(world, 60, { [sg]: 'u' })).toEqual(['resolved pay/web'])
    expect(await told(world, 30, outage)).toEqual(['opened pay/web'])
  })

  it('is told as slow of what they saw slow', async () => {
    const world = new Probes({ checks: checksFrom(['web'], Object.keys(all)) })
    await world.minutes(8, all)
    expect(await world.minutes(3, { [sg]: 'u', [gz]: 'g', [hz]: 'g' })).toEqual(['opened pay/web:degraded'])
    expect(await told(world, 8, { [sg]: 'u' })).toEqual(['fewer pay/web:degraded'])
    expect(await told(world, 3, all)).toEqual(['resolved pay/web:degraded'])
  })
})

it('an outage that three of five saw, two of which turn out to fail everything, goes on while the third sees it', async () => {
  const names = ['web', 'db', 'api', 'pay']
  const well: Seen = { [sg]: 'u', [gz]: 'u', [hz]: 'u', [bj]: 'u', [fra]: 'u' }
  const seen: Seen = { ...well, [gz]: 'duuu', [hz]: 'duuu', [bj]: 'duuu' }
  const world = await down(seen, well, names)
  expect(await told(world, 8, { ...seen, [gz]: 'd', [hz]: 'd' })).toEqual(['fewer pay/web'])
  expect(await world.verdict('pay/web')).toBe('down')
  expect(await told(world, 3, well)).toEqual(['resolved pay/web'])
})

it('a country that is out and half of which falls silent has not recovered because the other half has', async () => {
  const well: Seen = { [sg]: 'u', [gz]: 'u', [hz]: 'u', [fra]: 'u', [bj]: 'u' }
  const world = new Probes({ checks: checksFrom(['web'], Object.keys(well)), groups: { cn: [gz, hz] } })
  await world.minutes(8, well)
  expect(await world.minutes(3, { ...well, [gz]: 'd', [hz]: 'd' })).toEqual(['opened pay/web'])
  const { [hz]: _, ...half } = well
  expect(await told(world, 8, half)).toEqual(['fewer pay/web'])
  expect(await world.verdict('pay/web')).toBe('down')
  expect(await told(world, 3, well)).toEqual(['resolved pay/web'])
})

it('a check that is down for all, whose vantages fall silent one by one, is down until the last, and then unknown', async () => {
  const world = await down({ [sg]: 'd', [gz]: 'd', [hz]: 'd' })
  expect(await told(world, 8, { [sg]: 'd', [gz]: 'd' })).toEqual(['fewer pay/web'])
  expect(await world.verdict('pay/web')).toBe('down')
  expect(await told(world, 8, { [sg]: 'd' })).toEqual([])
  expect(await world.verdict('pay/web')).toBe('down')
  expect(await told(world, 30, {})).toEqual([])
  expect(await world.verdict('pay/web')).toBe('unknown')
  expect(world.all[0]).toBe('pay/web critical open')
})

describe('a witness that is gone for good', () => {
  /** Two of five saw it well again, and two never came back. */
  const well: Seen = { [sg]: 'u', [gz]: 'u', [hz]: 'u', [bj]: 'u', [fra]: 'u' }
  const seen: Seen = { ...well, [gz]: 'd', [hz]: 'd', [bj]: 'd' }
  const left: Seen = { [sg]: 'u', [bj]: 'u' }

  /** Most fall silent while it lasts; then one of those who saw it sees it well, which is no majority. */
  async function halfHeard(): Promise<Probes> {
    const world = await down(seen, well)
    expect(await told(world, 5, { ...left, [bj]: 'd' })).toEqual(['fewer pay/web'])
    expect(await told(world, 5, left)).toEqual([])
    return world
  }

  it('after six hours of silence lets the others decide, and the message says that it never came back', async () => {
    const world = await halfHeard()
    world.now += 5 * HOUR
    expect(await told(world, 5, left)).toEqual(['reminder pay/web'])
    world.now += HOUR
    expect(await told(world, 5, left)).toEqual(['resolved pay/web'])
    const { message } = world.messages.find(({ message }) => message.notice.kind === 'resolved') ?? expect.fail('none')
    const lines = (language: 'zh' | 'en') =>
      detailLines({ ...message, language }).map(({ spans }) => spans.map(({ text }) => text).join(''))
    expect(lines('zh')).toContain('腾讯云广州、阿里云杭州 曾见异常，此后再无消息')
    expect(lines('en')).toContain('Tencent Guangzhou, Alibaba Hangzhou saw it and never came back')
  })

  it('because the configuration has it no more lets the others decide at once', async () => {
    const world = await halfHeard()
    world.config.checks = checksFrom(['web'], [sg, bj, fra])
    expect(await told(world, 3, { ...left, [fra]: 'u' })).toEqual(['resolved pay/web'])
  })

  it('and was the only one who could say leaves the check unknown, which is said, and opens nothing', async () => {
    const world = await down()
    expect(await told(world, 5, { [sg]: 'u' })).toEqual(['fewer pay/web'])
    world.now += 6 * HOUR
    expect(await told(world, 5, { [sg]: 'u' })).toEqual(['reminder pay/web'])
    expect(await world.verdict('pay/web')).toBe('unknown')
    expect(world.all[0]).toBe('pay/web critical open')
    expect(world.says('pay', 'pay/web')).toBe(
      'pay/web is unknown: Tencent Guangzhou, Alibaba Hangzhou saw it down and never came back',
    )
    // Somebody comes back after all.
    expect(await told(world, 3, { [sg]: 'u', [gz]: 'u' })).toEqual(['resolved pay/web'])
  })

  it('for a day more is forgotten: the check is what the others see', async () => {
    const world = await down()
    await world.minutes(5, { [sg]: 'u' })
    world.config.checks = checksFrom(['web'], [sg])
    expect(await told(world, 3, { [sg]: 'u' })).toEqual([])
    expect(await world.verdict('pay/web')).toBe('unknown')
    world.now += 24 * HOUR
    expect(await told(world, 5, { [sg]: 'u' })).toEqual(['resolved pay/web'])
  })

  it.each([
    { reason: 'were all who saw it: after the day they are forgotten', later: 24 * HOUR, back: undefined },
    { reason: 'were all but one, who is back and sees it still: it goes on', later: 0, back: 'd' },
  ])('of a country that is out $reason', async ({ later, back }) => {
    const cn = [gz, hz, bj]
    const others: Seen = { [sg]: 'u', [fra]: 'u', 'aws/us-east-1': 'u', 'aws/us-west-2': 'u' }
    const world = new Probes({ checks: checksFrom(['web'], [...cn, ...Object.keys(others)]), groups: { cn } })
    await world.minutes(8, { ...others, [gz]: 'u', [hz]: 'u', [bj]: 'u' })
    expect(await world.minutes(3, { ...others, [gz]: 'd', [hz]: 'd', [bj]: 'd' })).toEqual(['opened pay/web'])
    expect(await told(world, 4, others)).toEqual(['fewer pay/web'])
    world.now += 6 * HOUR
    expect(await told(world, 2, others)).toEqual(['reminder pay/web'])
    expect(await world.verdict('pay/web')).toBe('unknown')
    world.now += later
    const tells = await told(world, 4, back === undefined ? others : { ...others, [gz]: back })
    expect(tells).toEqual(back === undefined ? ['resolved pay/web'] : [])
    expect(await world.verdict('pay/web')).toBe(back === undefined ? 'up' : 'down')
  })
})
