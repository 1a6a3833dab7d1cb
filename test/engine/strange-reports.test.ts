import { expect, it } from 'vitest'
import { takeReport } from '../../shared/engine/verdicts/take-report.ts'
import { checksFrom, Probes } from './probes.ts'

/** A report that somebody who may send to the events queue writes by hand: all is up. */
const written = (vantage: string, checks: string[], at: number) => ({
  v: 1 as const,
  kind: 'report' as const,
  vantage,
  runner: { function: 'probe', run: `written-${at}`, version: '1', startedAt: at, finishedAt: at, coldStart: false },
  observations: checks.map((check) => ({ check, project: 'pay', at, outcome: 'up' as const, latencyMs: 1 })),
})

/** `web` is down as its only vantage sees it, and a page is out; `db` is another vantage's. */
async function down() {
  const checks = [...checksFrom(['web'], ['aws/sg']), ...checksFrom(['db'], ['tencent/gz'])]
  const world = new Probes({ checks })
  await world.minute({ 'aws/sg': 'u-', 'tencent/gz': '-u' })
  for (let minute = 0; minute < 4; minute++) await world.minute({ 'aws/sg': 'd-', 'tencent/gz': '-u' })
  const [web] = checks
  expect(world.incident('pay', web?.id).status).toBe('open')
  world.checks.writes.length = 0
  const send = async (vantage: string, names: string[]) => {
    world.now += 60_000
    return takeReport(written(vantage, names, world.now), world.now, world.config, world.io())
  }
  return { world, id: web?.id ?? '', send }
}

it('a vantage ends nothing of which it was not asked', async () => {
  const { world, id, send } = await down()
  for (let minute = 0; minute < 4; minute++) await send('tencent/gz', [id])

  expect(world.incident('pay', id).status).toBe('open')
  expect(world.logged).toContainEqual({
    level: 'warn',
    event: 'observations of no check',
    vantage: 'tencent/gz',
    observations: 1,
  })
})

it('a vantage that nobody has configured is counted in the log, and nothing is kept of it', async () => {
  const { world, id, send } = await down()

  expect(await send('aws/made-up', [id, 'pay/made-up'])).toBe('a report of no vantage')
  expect(world.checks.writes).toEqual([])
  expect(world.incident('pay', id).status).toBe('open')
})

it('a check that nobody has configured is counted in the log, and nothing is kept of it', async () => {
  const { world, send } = await down()
  await send('tencent/gz', ['pay/made-up'])

  expect(JSON.stringify([...world.checks.rows.values()])).not.toContain('made-up')
})
