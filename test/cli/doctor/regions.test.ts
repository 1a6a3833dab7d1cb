import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ToldFinding } from '../../../cli/doctor/tell.ts'
import { keepCanary, type Marks } from '../../../shared/store/canary.ts'
import { oncallYml, startOfTest } from '../terminal.ts'
import { FIRST, SECOND, startTwoRegions, type TwoRegions, tellSends } from '../two-regions.ts'

let world: TwoRegions
beforeEach(async () => {
  world = await startTwoRegions()
  await run('apply', '--yes')
})
afterEach(() => world.stop())

type Region = typeof FIRST | typeof SECOND
const run = (...args: string[]) => world.terminal.run(...args, '--stage', 'prod')
const canary = (region: Region, agoMs: number, marks: Marks = {}) =>
  keepCanary(startOfTest - agoMs, world.in[region].handed, 'events', { version: '1', secret: 'one', ...marks })

/** What is found of each region, and the exit code. */
async function look() {
  const { code, out } = await run('doctor', '--only', 'regions', '--json')
  const { regions } = JSON.parse(out) as { regions: { findings: ToldFinding[] }[] }
  const [first = [], second = []] = regions.map(({ findings }) => findings)
  return { code, first, second }
}
const lines = (findings: ToldFinding[]) =>
  findings.map(({ status, subject, detail }) => `${status} ${subject}: ${detail}`)

const worked = 'ok canary: went through both queues, begun 40s ago'
const same = `ok beside ${FIRST}: the same secret, version, people and silences; its clock is right`

it('one that has no stack is named, with how to deploy it', async () => {
  const { code, out } = await world.terminal.run('doctor', '--only', 'regions', '--json', '--stage', 'staging')
  const { regions } = JSON.parse(out) as { regions: { findings: ToldFinding[] }[] }
  expect([code, regions.map(({ findings }) => lines(findings))]).toEqual([
    1,
    [FIRST, SECOND].map((region) => [`fault canary: there is no stack in ${region}`]),
  ])
  expect(regions[1]?.findings[0]?.remedy).toContain(`npx sls deploy --stage staging --region ${SECOND}`)
})

it('one that has never worked is a fault of its own', async () => {
  await canary(FIRST, 40_000)
  const { code, first, second } = await look()
  expect([code, lines(first)]).toEqual([1, [worked]])
  expect(second).toMatchObject([{ status: 'fault', code: 'regions.never-worked' }, { status: 'ok' }])
  expect(second[0]?.remedy).toContain('wait two minutes if it was just deployed')
})

describe('regions that have worked', () => {
  beforeEach(async () => {
    for (const region of [FIRST, SECOND] as const) await canary(region, 40_000)
  })

  it('that work and have the same are well', async () => {
    const { code, first, second } = await look()
    expect([code, lines(first), lines(second)]).toEqual([0, [worked], [worked, same]])
  })

  it('of which one has another secret: it is named, and the secret is not shown', async () => {
    await canary(SECOND, 30_000, { secret: 'mark-of-another' })
    const { code, first, second } = await look()
    expect([code, lines(first)]).toEqual([1, [worked]])
    expect(second[1]).toMatchObject({ status: 'fault', code: 'regions.other-secret', subject: `beside ${FIRST}` })
    expect(second[1]?.remedy).toContain('docs/guides/several-regions.md')
    expect(JSON.stringify(second)).not.toContain('mark-of-another')
  })

  it('of which one runs another version: it works, and is told', async () => {
    await canary(SECOND, 30_000, { version: '2' })
    const { code, second } = await look()
    expect(code).toBe(0)
    expect(second[1]).toMatchObject({
      status: 'warning',
      detail: 'version 2',
      remedy: 'bin/fenghuo.js deploy --stage prod',
    })
  })

  it.each([
    FIRST,
    SECOND,
  ] as const)('of which one has a wrong clock, be it the first or another: %s', async (region) => {
    await canary(region, 30_000, { aheadMs: -40_000 })
    const { code, first, second } = await look()
    const clock = [...first, ...second].filter((one) => one.code === 'regions.clock')
    expect([code, clock.map(({ status, detail }) => `${status} ${detail}`)]).toEqual([
      0,
      ['warning its clock is 40 s behind'],
    ])
    expect(region === FIRST ? first : second).toContain(clock[0])
  })

  it('of which one has other people and silences than the first', async () => {
    world.terminal.write('oncall.yml', oncallYml.replace('+8613800000002', '+8613800000009'))
    await run('apply', '--yes', '--region', SECOND)
    await run('silence', 'add', 'project=pay', '--for', '2h', '--comment', 'x', '--region', SECOND)
    const { code, second } = await look()
    expect([code, lines(second)]).toEqual([
      1,
      [worked, `fault beside ${FIRST}: people of pay, shop, fenghuo (apply)`, `warning beside ${FIRST}: 1 silence`],
    ])
    expect(second.every(({ status, remedy }) => status === 'ok' || remedy)).toBe(true)
  })

  it('of which one has not worked for minutes', async () => {
    world.terminal.io.now = () => startOfTest + 5 * 60_000
    await canary(FIRST, -5 * 60_000 + 40_000)
    const { code, first, second } = await look()
    expect([code, lines(first)]).toEqual([1, [worked]])
    expect(second[0]).toMatchObject({
      status: 'fault',
      code: 'regions.late',
      detail: expect.stringContaining('5min ago'),
    })
    expect(second[1]?.status).toBe('ok')
  })

  it('of which one cannot be reached: nothing is compared with that', async () => {
    world.cut(FIRST)
    const { code, first, second } = await look()
    expect([code, first.map(({ status }) => status)]).toEqual([1, ['fault']])
    expect(lines(second)).toEqual([worked, `skipped beside ${FIRST}: ${FIRST} can't be read, so nothing is compared`])
  }, 40_000)

  it('of which one of the order has no stack', async () => {
    const { code, out } = await world.terminal.run(
      'doctor',
      '--only',
      'regions',
      '--stage',
      'staging',
      '--region',
      SECOND,
    )
    expect(code).toBe(1)
    expect(out).toContain(`there is no stack in ${SECOND}`)
    expect(out).toContain(`--stage staging --region ${SECOND}`)
  })
})

it('reports that a vantage does not bring to a region are told of where other regions have heard of it', async () => {
  for (const region of [FIRST, SECOND] as const) await canary(region, 40_000)
  const about = (findings: ToldFinding[]) => lines(findings).filter((line) => line.includes(' reports: '))
  const before = await look()
  expect([...about(before.first), ...about(before.second)]).toEqual([])
  await tellSends(world, SECOND, [
    { to: FIRST, isTaken: false, why: 'HTTP 503' },
    { to: SECOND, isTaken: true },
  ])
  const { code, first, second } = await look()
  expect(code).toBe(0)
  expect([...about(first), ...about(second)]).toEqual([
    'warning reports: those of aws/ap-southeast-1 do not arrive for 30s (HTTP 503)',
    'ok reports: those of the one vantage arrive',
  ])
})
