import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checksOf } from '../../cli/engine.ts'
import { vantageShape } from '../../shared/evaluation/vantage.ts'
import { rememberReport } from '../../shared/store/history.ts'
import { vantageKey } from '../../shared/store/keys.ts'
import { held } from '../../shared/store/shape.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml } from './terminal.ts'

const vantage = 'aws/ap-southeast-1'
const START = Date.parse('2026-11-22T02:00:00+08:00')
const MINUTE = 60_000

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
  stack.terminal.write('fenghuo.yml', fenghuoYml)
  stack.terminal.io.now = () => START + 3_600_000
  const checks = checksOf(stack.target)
  const state = { vantage, function: 'probe', heardAt: START, records: '', faults: {} }
  await checks.put([{ ...vantageKey(vantage, 'probe'), version: 1, ...held(state, vantageShape) }])
  for (const [minute, letter] of [...'uuuuuddduuuuuuuu'].entries()) {
    const at = START + minute * MINUTE
    const run = `run-${minute}`
    const runner = { function: 'probe', run, version: 'v', startedAt: at, finishedAt: at + 100, coldStart: false }
    const outcome = letter === 'd' ? 'down' : 'up'
    const observations = [{ check: 'pay/web', project: 'pay', at, outcome, latencyMs: 20 } as const]
    await rememberReport({ v: 1, kind: 'report', vantage, runner, observations }, at + 200, { checks })
  }
})
afterAll(() => stack.stop())

describe('fenghuo check --replay', () => {
  it('tells what would have paged, and what other settings would have', async () => {
    const { code, out } = await stack.terminal.run('check', 'pay/web', '--replay', '2h', '--confirm', '5/6')
    expect(code).toBe(0)
    const lines = out.split('\n')
    expect(lines[0]).toBe('pay/web: 16 runs from one vantage since 2026-11-22 02:00')
    expect(lines).toContainEqual(expect.stringMatching(/^as it is: 2\/3 +1 +/))
    expect(lines).toContainEqual(expect.stringMatching(/^with 5\/6 +0 +/))
    expect(lines.at(-1)).toMatch(/^2026-11-22 02:06 +\d min +CRITICAL +not at all$/)
  })

  it('is there for machines', async () => {
    const { out } = await stack.terminal.run('check', 'pay/web', '--replay', '2h', '--json')
    expect(JSON.parse(out)).toEqual([
      {
        check: 'pay/web',
        runs: 16,
        asItIs: [{ severity: 'critical', from: START + 6 * MINUTE, until: expect.any(Number) }],
      },
    ])
  })

  it('says so where nothing is kept', async () => {
    expect((await stack.terminal.run('check', 'pay/api', '--replay', '2h')).out).toContain('pay/api: no run is kept')
  })

  it.each([
    [['check', '--replay', '7d'], /needs the names of checks/],
    [['check', 'pay/web', '--replay', '30d'], /--replay 30d: write 7d/],
    [['check', 'pay/web', '--replay', '7d', '--confirm', '5/3'], /--confirm: 5\/3 can't be/],
    [['check', 'pay/web', '--replay', '7d', '--quorum', 'all'], /--quorum all: write how many/],
    [['check', 'pay/web', '--replay', '7d', '--quorum', '9'], /--quorum 9: pay\/web has .*: it could never be down/],
    [['check', 'pay/web', '--confirm', '3/5'], /--confirm goes with --replay/],
  ])('%j is refused', async (command, told) => {
    expect(await stack.terminal.run(...command)).toMatchObject({ code: 2, err: expect.stringMatching(told) })
  })
})
