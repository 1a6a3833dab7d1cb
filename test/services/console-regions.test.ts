import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Report } from '../../shared/contracts/report.ts'
import { vantageMachine, vantageShape } from '../../shared/evaluation/vantage.ts'
import { type DutyRecord, dutyShape } from '../../shared/incidents/duty/record.ts'
import { keepCanary } from '../../shared/store/canary.ts'
import { dutyKey, vantageKey } from '../../shared/store/keys.ts'
import { held } from '../../shared/store/shape.ts'
import { PathWorld } from '../engine/world.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { Visitor } from './console-visitor.ts'

const place = { own: 'ap-northeast-1', order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 }

/** The console of the second of two regions, which knows this of duty. */
async function second(duty?: DutyRecord): Promise<{ world: PathWorld; visitor: Visitor }> {
  const world = new PathWorld()
  const regions = new MemoryTable()
  if (duty !== undefined) await regions.put([{ ...dutyKey(), ...held(duty, dutyShape), version: 1 }])
  const io = () => ({ ...world.io(), place, regions })
  return { world, visitor: new Visitor(world, { io }) }
}

it('of one region alone it says that nobody takes over, and how one is added that does', async () => {
  const visitor = new Visitor(new PathWorld())
  const { text } = await visitor.get('/system/regions')

  expect(text).toMatch(
    /This deployment is in one region.*How to add a second one.*regions: \[.*--region.*drill --region/s,
  )
  const { text: zh } = await visitor.get('/system/regions', { 'accept-language': 'zh' })
  for (const page of [text, zh]) {
    const guide = /<code>(docs\/guides\/[^<]+)<\/code>/.exec(page)?.[1]
    expect(readFileSync(new URL(`../../${guide}`, import.meta.url), 'utf8')).toContain('--region')
  }
  expect(zh).toContain('several-regions.zh-CN.md')
})

it('tells the order, who has duty since when and why, and what was before', async () => {
  const world = new PathWorld()
  const why = { code: 'duty-silent', args: { region: 'ap-southeast-1' } } as const
  const since = world.now - 600_000
  const history = [{ at: since, from: 'ap-southeast-1', to: 'ap-northeast-1', why }]
  const { visitor } = await second({ serving: 'ap-northeast-1', since, why, history })
  const { text } = await visitor.get('/system/regions')

  expect(text).toMatch(/ap-northeast-1: AWS Singapore does not answer, since <time/)
  expect(text).toMatch(/<ol class="list".*ap-southeast-1<\/span>.*ap-northeast-1<\/span>.*has duty.*here/s)
  expect(text).toMatch(/How duty has changed.*ap-southeast-1 → ap-northeast-1: /s)
})

it('tells whether what comes in here is worked on', async () => {
  const { world, visitor } = await second()
  expect((await visitor.get('/system/regions')).text).toMatch(
    /always gone by the order.*no canary has come through yet/s,
  )
  await keepCanary(world.now, world.io())
  expect((await visitor.get('/system/regions')).text).toContain('what comes in is worked on')
  world.now += 600_000
  expect((await visitor.get('/system/regions')).text).toContain('a canary last came through 10 min ago')
})

it('tells what it pages and what it guards', async () => {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const [row] = await world.incidents.listed('open', 10)
  const incident = world.incident() ?? expect.unreachable()
  expect(row).toBeDefined()
  const shown = async (pages: string) => {
    const state = JSON.stringify({ ...incident, duty: { pages } })
    const incidents = Object.create(world.incidents, {
      listed: { value: async (name: string) => (name === 'open' ? [{ ...row, state }] : []) },
    })
    const io = () => ({ ...world.io(), place, incidents, regions: new MemoryTable() })
    return (await new Visitor(world, { io }).get('/system/regions')).text
  }

  expect(await shown('ap-northeast-1')).toMatch(/Pages: <a href="\/incidents\/1001">#1001<\/a>.*Guards: none/s)
  expect(await shown('ap-southeast-1')).toMatch(/Pages: none.*Guards: <a href="\/incidents\/1001">#1001<\/a>/s)
})

it('names the vantages whose reports do not get to a region, since when and why, on its page and for programs', async () => {
  const { world, visitor } = await second()
  const vantage = 'tencent/ap-guangzhou'
  world.config.vantages = { gz: vantage }
  const [first, own] = place.order
  const sends = [
    { to: String(first), isTaken: false, why: 'HTTP 503' },
    { to: String(own), isTaken: true },
  ]
  const run = {
    function: 'probe',
    run: 'r',
    version: '1',
    startedAt: world.now,
    finishedAt: world.now,
    coldStart: false,
  }
  const report: Report = { v: 1, kind: 'report', vantage, runner: { ...run, sends }, observations: [] }
  const event = { type: 'report', report, sentAt: world.now, staleAfterMs: () => 155_000 } as const
  const { state } = vantageMachine.transition(undefined, event, world.now)
  await world.checks.put([
    { ...vantageKey(vantage, 'probe'), ...held(state ?? expect.unreachable(), vantageShape), version: 1 },
  ])

  const { text } = await visitor.get('/system/regions')
  expect(text).toMatch(
    /ap-southeast-1: 0 of 1 bring theirs.*ap-guangzhou<\/span> does not since <time.*HTTP 503.*ap-northeast-1: 1 of 1 bring/s,
  )
  expect(JSON.parse((await visitor.get('/api/v1/regions')).text)).toMatchObject({
    deliveries: [
      { region: first, taken: [], failing: [{ vantage, since: new Date(world.now).toISOString(), why: 'HTTP 503' }] },
      { region: own, taken: [vantage], failing: [] },
    ],
  })
})
