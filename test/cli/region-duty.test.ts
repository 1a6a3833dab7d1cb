import { afterEach, beforeEach, expect, it } from 'vitest'
import { dutyOf } from '../../cli/engine.ts'
import { keepCanary } from '../../shared/store/canary.ts'
import { readDuty } from '../../shared/store/duty.ts'
import { page } from './paging.ts'
import { oncallYml, startOfTest } from './terminal.ts'
import { FIRST, SECOND, startTwoRegions, type TwoRegions } from './two-regions.ts'

let world: TwoRegions
beforeEach(async () => {
  world = await startTwoRegions()
  for (const region of [FIRST, SECOND] as const) await keepCanary(startOfTest - 30_000, world.in[region].handed)
})
afterEach(() => world.stop())

const run = (...args: string[]) => world.terminal.run('region', ...args, '--stage', 'prod')
const duty = (region: typeof FIRST | typeof SECOND) => readDuty(dutyOf(world.in[region].target))
const steps = async (region: typeof FIRST | typeof SECOND) => (await world.in[region].drain('escalation')).length

it('a region takes duty for a time, which both know and show, and goes on at once with what it guards', async () => {
  world.terminal.write('oncall.yml', oncallYml)
  const place = { own: SECOND, order: [FIRST, SECOND], guardMs: 60_000 }
  Object.assign(world.in[SECOND].handed, { place })
  await page(world.in[SECOND], { project: 'pay', key: 'web' })
  await steps(SECOND)
  const { code, out } = await run('take', SECOND, '--for', '2h', '--as', 'lin')

  expect([code, out]).toEqual([0, `${SECOND} has duty until 04:13.`])
  for (const region of [FIRST, SECOND] as const)
    expect(await duty(region)).toMatchObject({ serving: SECOND, why: { code: 'duty-taken', args: { by: 'lin' } } })
  expect(await steps(SECOND)).toBe(2)
  const rows = (await run()).out.split('\n').map((line) => line.split(/ {2,}/)[2])
  expect(rows.slice(1)).toEqual([
    `${SECOND} since 02:13: taken by lin until 04:13`,
    'here since 02:13: taken by lin until 04:13',
  ])
})

it('it is released, and who takes it later wins over a clock that is ahead', async () => {
  expect((await run('release')).err).toContain('nobody has taken duty')
  await run('take', SECOND)
  const first = (await duty(FIRST))?.said?.at ?? 0
  await run('take', FIRST)
  expect(await duty(SECOND)).toMatchObject({ serving: FIRST, said: { at: first + 1 } })
  expect(await run('release')).toMatchObject({ code: 0, out: 'Duty goes by the order again.' })
  expect(await duty(FIRST)).toMatchObject({ serving: FIRST, why: { code: 'duty-released' } })
})

it('a lost region is named, hears of it later, and does not take duty itself', async () => {
  world.cut(FIRST)
  const { code, err } = await run('take', SECOND)
  expect([code, err]).toEqual([0, expect.stringContaining('it hears of it from the others')])
  expect((await run('take', FIRST)).code).toBe(2)
  expect((await duty(SECOND))?.serving).toBe(SECOND)
})

it('a region that could not be read holds something newer: that stands, and nobody is told that it does not', async () => {
  world.cut(SECOND)
  await run('take', FIRST)
  world.heal(SECOND)
  world.cut(FIRST)
  world.terminal.io.now = () => {
    world.heal(FIRST)
    return startOfTest
  }
  const { code, err } = await run('take', SECOND, '--yes')
  expect([code, err]).toEqual([2, expect.stringContaining('has said otherwise meanwhile, and that holds')])
  expect([(await duty(FIRST))?.serving, (await duty(SECOND))?.serving]).toEqual([FIRST, undefined])
})

it('a name is cut to what regions take from each other', async () => {
  await run('take', SECOND, '--as', 'x'.repeat(300))
  expect((await duty(FIRST))?.said?.by).toHaveLength(200)
})

it.each([
  ['us-west-2', 'us-west-2 is none of ap-southeast-1, ap-northeast-1'],
  [SECOND, '--for 5s: write 30m, 2h or 1d, from 1m to 30d', '--for', '5s'],
])('refuses %s with what is wrong', async (region, says, ...more) => {
  const { code, err } = await run('take', region, ...more)
  expect(code).toBe(2)
  expect(err).toContain(says)
  expect(await duty(FIRST)).toBeUndefined()
})

it('a region that does not work takes duty only by --yes', async () => {
  await world.terminal.io.wait(7 * 60_000)
  const { code, err } = await run('take', SECOND)
  expect(code).toBe(2)
  expect(err).toContain(`${SECOND} does not work on what it takes (last canary 8 min ago)`)
  expect((await run('take', SECOND, '--yes')).code).toBe(0)
})
