import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepCanary } from '../../shared/store/canary.ts'
import { countPeerWord } from '../../shared/store/peer-words.ts'
import { page } from './paging.ts'
import { oncallYml, startOfTest } from './terminal.ts'
import { FIRST, SECOND, startTwoRegions, type TwoRegions, tellSends } from './two-regions.ts'

let world: TwoRegions
beforeEach(async () => {
  world = await startTwoRegions()
})
afterEach(() => world.stop())

const run = (...args: string[]) => world.terminal.run(...args, '--stage', 'prod')
const regions = async (...args: string[]) => {
  const { code, out, err } = await run('region', ...args)
  return { code, err, rows: out.split('\n').map((line) => line.split(/ {2,}/)) }
}
const canary = (region: typeof FIRST | typeof SECOND, agoMs: number) =>
  keepCanary(startOfTest - agoMs, world.in[region].handed)

it('tells of each region whether it works, what it pages, and what it has otherwise', async () => {
  await run('apply', '--yes')
  await canary(FIRST, 7 * 60_000)
  await canary(SECOND, 60_000)
  for (const own of [FIRST, SECOND] as const)
    Object.assign(world.in[own].handed, { place: { own, order: [FIRST, SECOND], guardMs: 60_000 } })
  const { number } = await page(world.in[FIRST], { project: 'pay', key: 'web' })
  const { rows, code } = await regions()

  expect(code).toBe(1)
  expect(rows).toEqual([
    ['REGION', 'WORKS', 'DUTY', 'PAGES', 'GUARDS', 'DIFFERS'],
    [FIRST, 'no: last 7min ago', 'here', `#${number}`, '0', '-'],
    [SECOND, 'for 1min', FIRST, '0', '0', '-'],
  ])
})

it('is fine, and says so by its exit code, only where all work and have the same', async () => {
  await run('apply', '--yes')
  for (const region of [FIRST, SECOND] as const) await canary(region, 30_000)
  expect((await regions()).code).toBe(0)

  world.terminal.write('oncall.yml', oncallYml.replace('+8613800000002', '+8613800000009'))
  await run('apply', '--yes', '--region', SECOND)
  await run('silence', 'add', 'project=pay', '--for', '2h', '--comment', 'x', '--region', SECOND)
  const { code, rows } = await regions()
  expect([code, rows[2]?.at(-1)]).toEqual([1, 'people of pay, shop, fenghuo (apply), 1 silence'])
})

it('names another secret and a clock that is off, and tells of another version alone', async () => {
  await run('apply', '--yes')
  const marked = (region: typeof FIRST | typeof SECOND, marks: object) =>
    keepCanary(startOfTest - 30_000 + Object.keys(marks).length, world.in[region].handed, 'events', marks)
  await marked(FIRST, { version: '1', secret: 'one' })
  await marked(SECOND, { version: '2' })
  const { code, rows } = await regions()
  expect([code, rows[2]?.at(-1)]).toEqual([0, 'version 2'])

  await marked(SECOND, { version: '1', secret: 'another', aheadMs: -40_000 })
  const told = await regions()
  expect(told.code).toBe(1)
  expect(told.rows[2]?.at(-1)).toBe('another secret: neither takes the other’s words, its clock is 40 s behind')
})

it('tells below the table what a region has refused of others, and counts what came again for machines', async () => {
  await run('apply', '--yes')
  for (const region of [FIRST, SECOND] as const) await canary(region, 30_000)
  for (const which of ['refused', 'refused', 'repeated'] as const) await countPeerWord(which, world.in[SECOND].handed)

  const { code, rows } = await regions()
  expect([code, rows.at(-1)]).toEqual([
    0,
    [`${SECOND} has refused 2 words of others since it was deployed: its dead letters say why`],
  ])
  expect(JSON.parse((await run('region', '--json')).out)).toMatchObject([
    { words: { refused: 0, repeated: 0 } },
    { words: { refused: 2, repeated: 1 } },
  ])
})

it('tells which vantages do not bring their reports to a region, also of one that is lost', async () => {
  await run('apply', '--yes')
  for (const region of [FIRST, SECOND] as const) await canary(region, 30_000)
  const sends = [
    { to: FIRST, isTaken: false, why: 'HTTP 503' },
    { to: SECOND, isTaken: true },
  ]
  await tellSends(world, SECOND, sends)
  const { code, rows } = await regions()
  expect([code, rows.at(-1)]).toEqual([
    0,
    [`reports of aws/ap-southeast-1 do not get to ${FIRST} since 02:12: HTTP 503`],
  ])
  world.cut(FIRST)
  expect(JSON.parse((await run('region', '--json')).out)).toMatchObject([
    { region: FIRST, answers: false, reports: { taken: [], failing: [{ vantage: 'aws/ap-southeast-1' }] } },
    { region: SECOND, answers: true, reports: { taken: ['aws/ap-southeast-1'], failing: [] } },
  ])
})

it('doctor looks at every region, also while one is lost', async () => {
  world.cut(FIRST)
  const { code, out } = await run('doctor', '--only', 'queues', '--json')
  const { ok, regions } = JSON.parse(out) as { ok: boolean; regions: { target: string; counts: { fault: number } }[] }

  expect([code, ok]).toEqual([1, false])
  expect(regions.map(({ target }) => target)).toEqual([
    'fenghuo-prod in ap-southeast-1',
    'fenghuo-prod in ap-northeast-1',
  ])
  expect(regions[0]?.counts.fault).toBeGreaterThan(0)
  expect(regions[1]?.counts.fault).toBeLessThan(regions[0]?.counts.fault ?? 0)
  world.heal(FIRST)
  const told = (await run('doctor', '--only', 'queues')).out
  expect(told).toContain('fenghuo-prod in ap-southeast-1')
  expect(told).toContain('fenghuo-prod in ap-northeast-1')
}, 40_000)

it('a region that is lost is in the list, and named with the reason', async () => {
  await canary(SECOND, 30_000)
  world.cut(FIRST)
  const { code, err, rows } = await regions()

  expect(code).toBe(1)
  expect(rows[1]).toEqual([FIRST, 'does not answer', '?', '?', '?', '?'])
  expect(err).toMatch(/^warning: fenghuo-prod in ap-southeast-1 did not answer/)
  expect(JSON.parse((await run('region', '--json')).out)).toMatchObject([
    { region: FIRST, answers: false },
    { region: SECOND, answers: true, isWell: true, pages: [], differs: [] },
  ])
})
