import { describe, expect, it } from 'vitest'
import { detailLines } from '../../shared/messages/lines.ts'
import { says } from '../facts.ts'
import { checksFrom, MINUTE, Probes } from './probes.ts'

const gz = 'tencent/ap-guangzhou'
const hz = 'aliyun/cn-hangzhou'
const sg = 'aws/ap-southeast-1'
const fine = { [gz]: 'u', [hz]: 'u', [sg]: 'u' }

async function three(names = ['web']): Promise<Probes> {
  const world = new Probes({ checks: checksFrom(names, [gz, hz, sg]) })
  expect(await world.minutes(5, fine)).toEqual([])
  return world
}

describe('one bad vantage of three', () => {
  it('is a notice once it is twice as sure as a vote needs, and one more when it sees the check up again', async () => {
    const world = await three()
    expect(await world.minutes(3, { ...fine, [gz]: 'd' })).toEqual([])
    expect(await world.minute({ ...fine, [gz]: 'd' }, says('HTTP 502'))).toEqual(['opened pay/web:partial'])
    expect(await world.verdict('pay/web')).toBe('up')
    expect(world.incident('pay', 'pay/web:partial')).toMatchObject({
      severity: 'warning',
      state: 'partial',
      fact: { code: 'partly-bad', args: { check: 'pay/web', from: { vantages: [gz], more: 0 } } },
      sightings: [
        { vantage: gz, verdict: 'down' },
        { vantage: hz, verdict: 'up' },
        { vantage: sg, verdict: 'up' },
      ],
    })
    expect(await world.minutes(60, { ...fine, [gz]: 'd' })).toEqual([])

    expect(await world.minutes(3, fine)).toEqual([])
    expect(await world.minute(fine)).toEqual(['resolved pay/web:partial'])
    expect(world.all).toEqual(['pay/web:partial warning resolved'])
  })

  it('reads as such: how many, which, and what it sees', async () => {
    const world = await three()
    expect(await world.minutes(3, { ...fine, [gz]: 'g' })).toEqual([])
    await world.minute(
      { ...fine, [gz]: 'g' },
      { code: 'slower-than-usual', args: { tookMs: 900, times: 3.1, usualMs: 290 } },
    )
    const { message } = world.messages.at(-1) ?? expect.fail('nothing was told')
    const lines = detailLines(message).map(({ spans }) => spans.map(({ text }) => text).join(''))

    expect(message.notice.state).toBe('partial')
    expect(lines.slice(0, 2)).toEqual([
      '起于 02:06，已 3 分钟，3 处中 1 处异常',
      '腾讯云广州：900ms，比平时慢 3.1 倍（平时 290ms）',
    ])
  })

  it('that goes on and off is no news', async () => {
    const world = await three()
    for (let time = 0; time < 10; time++) {
      expect(await world.minutes(2, { ...fine, [gz]: 'd' })).toEqual([])
      expect(await world.minutes(3, fine)).toEqual([])
    }
  })

  it('that comes and goes for so long that it is sure each time is told so once, and let go when it is calm', async () => {
    const world = await three()
    const told: string[] = []
    for (let time = 0; time < 12; time++) {
      told.push(...(await world.minutes(5, { ...fine, [gz]: 'd' })))
      told.push(...(await world.minutes(5, fine)))
    }
    const once = ['opened pay/web:partial', 'resolved pay/web:partial']
    expect(told).toEqual([...once, ...once, 'opened pay/web:partial', 'flapping pay/web:partial'])
    expect(world.says('pay', 'pay/web:partial')).toBe(`pay/web is well and not well by turns from Tencent Guangzhou`)
    expect(await world.verdict('pay/web')).toBe('up')

    expect(await world.minutes(28, fine)).toEqual([])
    expect(await world.minutes(2, fine)).toEqual(['resolved pay/web:partial'])
    expect(await world.minutes(60, fine)).toEqual([])
  })

  it('and then falls silent has not recovered', async () => {
    const world = await three()
    expect(await world.minutes(4, { ...fine, [gz]: 'd' })).toEqual(['opened pay/web:partial'])
    expect(await world.minutes(20, { [hz]: 'u', [sg]: 'u' })).toEqual([`opened fenghuo/probe-${gz}`])

    const told = await world.minutes(4, fine)
    expect(told.sort()).toEqual([`resolved fenghuo/probe-${gz}`, 'resolved pay/web:partial'])
  })

  it('and then is no vantage of the check any more is over', async () => {
    const world = await three()
    await world.minutes(4, { ...fine, [gz]: 'd' })
    world.config.checks = checksFrom(['web'], [hz, sg])

    expect(await world.minute({ [hz]: 'u', [sg]: 'u' })).toEqual(['resolved pay/web:partial'])
  })

  it('is no recovery when it becomes an outage, and ends with that', async () => {
    const world = await three()
    await world.minutes(4, { ...fine, [gz]: 'd' })
    expect(await world.minutes(5, { ...fine, [gz]: 'd', [hz]: 'd' })).toEqual(['opened pay/web'])

    expect(await world.minutes(4, fine)).toEqual(['resolved pay/web', 'resolved pay/web:partial'])
  })

  it('is none while an outage of all ends', async () => {
    const world = await three()
    expect(await world.minutes(10, { [gz]: 'd', [hz]: 'd', [sg]: 'd' })).toEqual(['opened pay/web'])
    expect(await world.minutes(2, fine)).toEqual(['resolved pay/web'])
    expect(await world.minutes(10, fine)).toEqual([])
  })

  describe.each([
    { m: 1, n: 1 },
    { m: 2, n: 3 },
  ])('of a check that is confirmed by $m of $n', (confirm) => {
    /** An outage of all that has ended from two of them, each a few seconds before the third looks. */
    async function ended(): Promise<Probes> {
      const world = new Probes({ checks: checksFrom(['web'], [gz, hz, sg], { confirm }) })
      await world.minutes(5, fine)
      expect(await world.minutes(10, { [gz]: 'd', [hz]: 'd', [sg]: 'd' })).toEqual(['opened pay/web'])
      for (let look = 1; look < confirm.m; look++) await world.minute({ [sg]: 'u', [gz]: 'u', [hz]: 'd' })
      world.now = Math.floor(world.now / MINUTE) * MINUTE + MINUTE
      for (const vantage of [sg, gz]) await world.sees(vantage, 'u')
      expect(await world.told()).toEqual(['resolved pay/web'])
      return world
    }

    it('is not the one that sees the end of an outage last', async () => {
      const world = await ended()
      world.now += 2_000
      await world.sees(hz, 'u')
      expect([...(await world.told()), ...(await world.minutes(10, fine))]).toEqual([])
    })

    it('is not the one that sees last that an outage has become slowness', async () => {
      const world = new Probes({ checks: checksFrom(['web'], [gz, hz, sg], { confirm }) })
      await world.minutes(5, fine)
      await world.minutes(10, { [gz]: 'd', [hz]: 'd', [sg]: 'd' })
      const told = [
        ...(await world.minute({ [sg]: 'g', [gz]: 'g', [hz]: 'd' })),
        ...(await world.minutes(10, { [sg]: 'g', [gz]: 'g', [hz]: 'g' })),
      ]
      expect(told).toEqual(['resolved pay/web', 'opened pay/web:degraded'])
    })

    it('is the one that goes on seeing it for twice as many looks as a vote needs', async () => {
      const world = await ended()
      world.now += 2_000
      await world.sees(hz, 'd')
      expect(await world.minutes(2 * confirm.m - 2, { ...fine, [hz]: 'd' })).toEqual([])
      expect(await world.minute({ ...fine, [hz]: 'd' })).toEqual(['opened pay/web:partial'])
    })
  })

  it('is said while the check is slow from the others', async () => {
    const world = await three()
    const slowElsewhere = { [gz]: 'd', [hz]: 'g', [sg]: 'g' }

    expect(await world.minutes(5, slowElsewhere)).toEqual(['opened pay/web:degraded'])
    expect(await world.minute(slowElsewhere)).toEqual(['opened pay/web:partial'])
  })
})

describe('a vantage to which most checks are slow', () => {
  const names = ['web', 'db', 'api', 'pay']

  it('is one notice, not one of each check, and keeps its vote', async () => {
    const world = await three(names)
    expect(await world.minutes(10, { ...fine, [gz]: 'g' })).toEqual([`opened fenghuo/vantage-${gz}`])
    expect(world.says('fenghuo', `fenghuo/vantage-${gz}`, 'zh')).toBe(
      `腾讯云广州 的多数检查变慢而别处正常：不再逐项通知`,
    )
    expect(await world.minutes(2, { ...fine, [gz]: 'dggg', [hz]: 'duuu' })).toEqual(['opened pay/web'])
  })

  it('is told of each while it is few of them', async () => {
    const world = await three(names)
    const told = await world.minutes(10, { ...fine, [gz]: 'gguu' })

    expect(told).toEqual(['opened pay/web:partial', 'opened pay/db:partial'])
  })
})

describe('a change that all vantages see', () => {
  it.each([
    { reason: 'from slow to down', words: 'ggggggddddddd', tells: ['resolved pay/web:degraded', 'opened pay/web'] },
    { reason: 'from down to slow', words: 'ddddddggggggg', tells: ['resolved pay/web', 'opened pay/web:degraded'] },
    { reason: 'from slow to up', words: 'gggggguuuuuuu', tells: ['resolved pay/web:degraded'] },
    { reason: 'from down to up', words: 'dddddduuuuuuu', tells: ['resolved pay/web'] },
  ])('$reason is none of some of them: they look one after the other', async ({ words, tells }) => {
    const world = await three(['web'])
    const told: string[] = []
    for (const [index, letter] of [...words].entries()) {
      world.now += 15_000
      for (const vantage of Object.keys(fine)) {
        world.now += 15_000
        await world.sees(vantage, letter)
        await world.look()
      }
      const news = await world.told()
      if (index >= 6) told.push(...news)
    }
    expect(told).toEqual(tells)
  })
})
