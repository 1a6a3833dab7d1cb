import { expect, it } from 'vitest'
import { HOUR_MS } from '../../../shared/contracts/milliseconds.ts'
import { readDays, readHours } from '../../../shared/store/history.ts'
import { at } from '../../messages/notices.ts'
import { checksFrom, Probes } from '../probes.ts'

const sg = 'aws/ap-southeast-1'

it('maintenance of one check is left out of its hour and its day, and of no other check', async () => {
  const world = new Probes({ checks: checksFrom(['web', 'db'], [sg]) })
  world.config.maintenance = {
    migration: {
      match: [[{ name: 'check', is: '=', value: 'web' }]],
      when: { from: '2026-11-22 02:20', to: '2026-11-22 02:40' },
      timezone: 'Asia/Shanghai',
    },
  }
  for (let minute = 0; minute < 64; minute++) await world.minute({ [sg]: minute >= 19 && minute < 39 ? 'dd' : 'uu' })
  const [hour] = await readHours(sg, 'probe', at('02:00'), at('03:00'), world.io())
  const minutes = hour?.checks.map(({ upMs, knownMs }) => [Math.round(upMs / 60_000), Math.round(knownMs / 60_000)])

  expect(minutes).toEqual([
    [39, 39],
    [39, 59],
  ])
  const [day] = await readDays(sg, 'probe', at('03:00') - 24 * HOUR_MS, at('04:00'), world.io())
  expect(day?.checks.map(({ upMs }) => upMs)).toEqual(hour?.checks.map(({ upMs }) => upMs))
})
