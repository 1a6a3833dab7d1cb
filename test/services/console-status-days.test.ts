import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { dayOf } from '../../shared/evaluation/history.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { dayShape } from '../../shared/store/history-shapes.ts'
import { dayKey } from '../../shared/store/keys.ts'
import { held } from '../../shared/store/shape.ts'
import { checksFrom, Probes } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'

const sg = 'aws/ap-southeast-1'
const names = ['web', 'db']

function world(): Probes {
  const page: CompiledStatusPage = {
    title: { zh: '示例支付', en: 'Example Pay' },
    languages: ['en', 'zh'],
    components: {
      checkout: { title: { zh: '收银台', en: 'Checkout' }, checks: ['pay/web'] },
      reports: { title: { zh: '报表', en: 'Reports' }, checks: ['pay/db'] },
    },
  }
  const made = new Probes({ checks: checksFrom(names, [sg]), status: { pay: page } })
  made.config.vantages = { sg }
  return made
}

async function keepDay(of: Probes, day: Instant, upMs: number): Promise<void> {
  const sums = names.map((name) => ({ key: checkKey(`pay/${name}`), upMs, knownMs: DAY_MS }))
  await of.checks.put([{ ...dayKey(sg, 'probe', day), ...held(sums, dayShape) }])
}

const outsider = (of: Probes) => new Visitor(of, { access: 'closed' })

describe('the days of a status page', () => {
  it('are 90 bars, from the sums that are kept, and the uptime over all', async () => {
    const of = world()
    await of.minutes(3, { [sg]: 'uu' })
    const today = dayOf(of.now)
    for (let back = 1; back <= 95; back++) {
      const upMs = back === 10 ? DAY_MS / 2 : DAY_MS
      await keepDay(of, today - back * DAY_MS, upMs)
    }
    const { text } = await outsider(of).get('/status/pay')
    expect(text.match(/<rect/g)).toHaveLength(180)
    expect(text.match(/class="d3"/g)).toHaveLength(2)
    expect(text).toContain(': 50.00%')
    expect(text).toContain('99.43% uptime in 90 days')
    const { text: json } = await outsider(of).get('/status/pay.json')
    const { components } = JSON.parse(json)
    expect(components[0].days).toHaveLength(90)
    expect(components[0].days[79]).toMatchObject({ uptime: 0.5 })
    expect(components[0].days[89].day).toBe(new Date(of.now).toISOString().slice(0, 10))
  })

  it('are not called 90 where one was looked at', async () => {
    const of = world()
    await of.minutes(3, { [sg]: 'uu' })
    const day = new Date(of.now).toISOString().slice(0, 10)
    const { text } = await outsider(of).get('/status/pay')
    expect(text).toContain(`<p class="soft">100% uptime since ${day}, 1 day</p>`)
    expect(text).not.toContain('in 90 days<')
    expect((await outsider(of).get('/status/pay?lang=zh')).text).toContain(`可用率 100%（自 ${day}，1 天）`)
    const { components } = JSON.parse((await outsider(of).get('/status/pay.json')).text)
    expect(components[0]).toMatchObject({ uptime: 1, uptimeSince: day, uptimeDays: 1 })
    const { components: unseen } = JSON.parse((await outsider(world()).get('/status/pay.json')).text)
    expect(unseen[0]).toMatchObject({ uptime: null, uptimeSince: null, uptimeDays: 0 })
  })

  it('are counted where some between them are not known', async () => {
    const of = world()
    await of.minutes(3, { [sg]: 'uu' })
    const today = dayOf(of.now)
    for (const back of [5, 7]) await keepDay(of, today - back * DAY_MS, DAY_MS)
    const first = new Date(today - 7 * DAY_MS).toISOString().slice(0, 10)
    expect((await outsider(of).get('/status/pay')).text).toContain(`100% uptime since ${first}, 3 days`)
  })
})
