import { expect, it } from 'vitest'
import { buildReports } from '../../../shared/checks/run/report.ts'
import { report as contract, type Observation } from '../../../shared/contracts/report.ts'

const at = Date.UTC(2026, 10, 21, 2, 13)
const vantage = 'aws/ap-southeast-1'
const runner = { function: 'probe', run: 'run-1', version: '7', startedAt: at, finishedAt: at + 900, coldStart: false }

const observations = (count: number): Observation[] =>
  Array.from({ length: count }, (_, index) => ({
    check: `pay/check-${index}`,
    project: 'pay',
    at,
    outcome: 'down',
    fault: { code: 'check-failed', args: { said: `第${index}个检查：连接超时` } },
  }))

it('one report per run, as the contract has it', async () => {
  const reports = await buildReports(vantage, runner, observations(3), [])
  expect(reports).toEqual([{ v: 1, kind: 'report', vantage, runner, observations: observations(3) }])
  expect(contract.parse(reports[0])).toEqual(reports[0])
})

it('a heartbeat when nothing was due', async () => {
  expect(await buildReports(vantage, runner, [], [])).toEqual([
    { v: 1, kind: 'report', vantage, runner, observations: [] },
  ])
})

it('parts that fit, with runs of their own, nothing lost and in order', async () => {
  const reports = await buildReports(vantage, runner, observations(500), [], 10_000)
  const sizes = reports.map((report) => Buffer.byteLength(JSON.stringify(report)))
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10_000)
  expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(9_800)
  expect(reports.map(({ runner }) => runner.run)).toEqual([
    'run-1',
    ...reports.slice(1).map((_, index) => `run-1.${index + 2}`),
  ])
  expect(reports.flatMap((report) => report.observations)).toEqual(observations(500))
  for (const part of reports) contract.parse(part)
})

it('no part is over 900 kB', async () => {
  const reports = await buildReports(vantage, runner, observations(20_000), [])
  expect(reports.length).toBeGreaterThan(1)
  for (const part of reports) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(900_000)
})

it('an observation that fits nowhere has a part to itself', async () => {
  const reports = await buildReports(vantage, runner, observations(2), [], 10)
  expect(reports.map((report) => report.observations.length)).toEqual([1, 1])
})
