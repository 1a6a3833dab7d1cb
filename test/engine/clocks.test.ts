import { describe, expect, it } from 'vitest'
import type { Language } from '../../shared/contracts/words.ts'
import { compose } from '../../shared/messages/compose.ts'
import { checksFrom, MINUTE, Probes } from './probes.ts'

const sg = 'aws/ap-southeast-1'
const gz = 'tencent/ap-guangzhou'
const clock = `fenghuo/clock-${gz}`

/** Two vantages; the clock of Guangzhou's runner is off by `offMs`. */
class Clocks extends Probes {
  offMs = 0
  /** How long a run takes. */
  runMs = 1_000

  constructor() {
    super({ checks: checksFrom(['web'], [sg, gz]) })
  }

  override body(vantage: string, observations: Parameters<Probes['body']>[1]) {
    const body = super.body(vantage, observations)
    const off = vantage === gz ? this.offMs : 0
    const [startedAt, finishedAt] = [this.now - this.runMs + off, this.now + off]
    const dated = body.observations.map((one) => ({ ...one, at: startedAt }))
    return { ...body, runner: { ...body.runner, startedAt, finishedAt }, observations: dated }
  }

  both(minutes = 1): Promise<string[]> {
    return this.minutes(minutes, { [sg]: 'u', [gz]: 'u' })
  }

  get summary() {
    return this.says('fenghuo', clock, 'zh')
  }
}

describe('a clock that is wrong', () => {
  it.each([
    [45_000, `腾讯云广州 的时钟比队列快 45 秒：它上报的时间按此校正`],
    [-45_000, `腾讯云广州 的时钟比队列慢 45 秒：它上报的时间按此校正`],
  ])('by %d ms is one notice, not one a minute, until it is right again', async (offMs, summary) => {
    const world = new Clocks()
    expect(await world.both(5)).toEqual([])
    world.offMs = offMs
    expect(await world.both(2)).toEqual([])
    expect(await world.both(1)).toEqual([`opened ${clock}`])
    expect(world.summary).toBe(summary)
    expect(await world.both(45)).toEqual([])
    expect(world.all).toEqual([`${clock} warning open`])
    world.offMs = 0
    expect(await world.both(1)).toEqual([`resolved ${clock}`])
    expect(await world.both(20)).toEqual([])
  })

  it('is told to each in their own language, its title too', async () => {
    const world = new Clocks()
    world.offMs = -3_600_000
    await world.both(10)
    const { message } =
      world.messages.find((one) => one.message.notice.project === 'fenghuo') ?? expect.fail('nothing was told')
    const told = (language: Language) => {
      const { title, lines } = compose({ ...message, language })
      return [title, ...lines.map(({ spans }) => spans.map(({ text }) => text).join(''))].join('\n')
    }
    expect(told('zh')).toContain('警告 不可用 | 烽火 / 时钟偏差 #')
    expect(told('zh')).toContain('腾讯云广州 的时钟比队列慢 3600 秒')
    expect(told('en')).toContain('WARNING DOWN | 烽火 / clock skew #')
    expect(told('en')).toContain("The clock of Tencent Guangzhou is 3600 s behind the queue's")
  })

  it('and falls silent: nobody knows whether it is right again', async () => {
    const world = new Clocks()
    world.offMs = 60_000
    await world.both(5)
    expect(await world.minutes(10, { [sg]: 'u' })).toEqual([`opened fenghuo/probe-${gz}`])
    expect(world.all.slice().sort()).toEqual([`${clock} warning open`, `fenghuo/probe-${gz} error open`])
  })
})

describe('a clock that is wrong is put right', () => {
  const lastSeen = (world: Clocks) => {
    const verdicts = world.all.filter((text) => text.includes('no-data'))
    return verdicts
  }

  it.each([
    { offMs: 3_600_000, because: 'nothing comes before it is sent' },
    { offMs: -3_600_000, because: 'all reports of two minutes have said so' },
  ])('by $offMs ms: an outage and its end are seen in time, since $because', async ({ offMs }) => {
    const world = new Clocks()
    world.offMs = offMs
    await world.both(6)
    expect(lastSeen(world)).toEqual([])
    const down = [
      ...(await world.minutes(3, { [sg]: 'd', [gz]: 'd' })),
      ...(await world.minutes(4, { [sg]: 'u', [gz]: 'u' })),
    ]
    expect(down.filter((text) => text.includes('pay/web'))).toEqual(['opened pay/web', 'resolved pay/web'])
  })
})

describe('no wrong clock', () => {
  it.each([30_000, -30_000])('is one within 30 s (%d ms)', async (offMs) => {
    const world = new Clocks()
    world.offMs = offMs
    expect(await world.both(20)).toEqual([])
  })

  it('is a long run: what counts is when it ended', async () => {
    const world = new Clocks()
    world.runMs = 54_000
    expect(await world.both(20)).toEqual([])
  })

  it('are reports that were kept while no queue was reached', async () => {
    const world = new Clocks()
    await world.both(3)
    const kept: unknown[] = []
    for (let minute = 0; minute < 30; minute++) {
      world.now += MINUTE
      kept.push(world.body(gz, [{ check: 'pay/web', outcome: 'up' }]))
    }
    const told: string[] = []
    for (let minute = 0; minute < 3; minute++) {
      told.push(...(await world.both(1)))
      // A few go along with each fresh one.
      for (const late of kept.splice(0, 10)) {
        world.now += 100
        await world.evaluate(late)
      }
    }
    await world.look()
    told.push(...(await world.told()), ...(await world.both(10)))
    expect(told.filter((text) => text.includes('clock'))).toEqual([])
  })
})
