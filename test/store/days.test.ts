import { expect, it } from 'vitest'
import { HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import { readDays, rememberReport, sumUpHour } from '../../shared/store/history.ts'
import { Probes } from '../engine/probes.ts'
import { at } from '../messages/notices.ts'

const sg = 'aws/ap-southeast-1'

it('an hour is added to its day, which is whole though a sum was cut short in between', async () => {
  const world = new Probes({})
  const days = () => readDays(sg, 'probe', world.now - 48 * HOUR_MS, world.now, world.io())
  const seenAt = async (time: string) => {
    world.now = at(time)
    const report = world.body(sg, [{ check: 'pay/web', outcome: 'up', latencyMs: 20 }])
    await rememberReport({ ...report, v: 1, kind: 'report' }, world.now, world.io())
  }
  const sumAt = async (time: string) => {
    world.now = at(time)
    await sumUpHour(sg, 'probe', world.io())
  }
  for (const time of ['02:00', '02:30', '03:00', '03:30']) await seenAt(time)
  await sumAt('03:02')
  expect(await days()).toMatchObject([{ checks: [{ upMs: HOUR_MS, knownMs: HOUR_MS }] }])

  const { put } = world.checks
  world.checks.put = async (rows) => {
    if (rows.some(({ sk }) => sk.startsWith('h#'))) throw new Error('gone')
    return put.call(world.checks, rows)
  }
  await expect(sumAt('04:02')).rejects.toThrow('gone')
  world.checks.put = put
  await sumAt('04:03')
  expect(await days()).toMatchObject([{ checks: [{ upMs: 2 * HOUR_MS, knownMs: 2 * HOUR_MS }] }])
})
