import { expect, it } from 'vitest'
import { HOUR_MS } from '../../../shared/contracts/milliseconds.ts'
import { readDays, readHours } from '../../../shared/store/history.ts'
import { keepSilence } from '../../../shared/store/silences.ts'
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
  expect(hour?.checks.map(({ maintained }) => maintained)).toEqual([
    { upMs: 0, knownMs: 20 * 60_000, spells: [[at('02:20'), at('02:40')]] },
    undefined,
  ])
  const [day] = await readDays(sg, 'probe', at('03:00') - 24 * HOUR_MS, at('04:00'), world.io())
  expect(day?.checks.map(({ upMs }) => upMs)).toEqual(hour?.checks.map(({ upMs }) => upMs))
  expect(day?.checks[0]?.maintained).toMatchObject({ upMs: 0, knownMs: 20 * 60_000 })
})

it('what was under maintenance stays so, whatever is configured since, and costs no write more', async () => {
  const world = new Probes({ checks: checksFrom(['web'], [sg]) })
  const match = [[{ name: 'check', is: '=' as const, value: 'web' }]]
  const window = (from: string, to: string) => ({
    work: { match, when: { from: `2026-11-22 ${from}`, to: `2026-11-22 ${to}` }, timezone: 'Asia/Shanghai' },
  })
  world.config.maintenance = window('02:20', '02:25')
  for (let minute = 0; minute < 40; minute++) await world.minute({ [sg]: 'u' })
  world.config.maintenance = window('02:30', '02:35')
  const writes = world.checks.writes.length
  for (let minute = 0; minute < 24; minute++) await world.minute({ [sg]: 'u' })
  const [hour] = await readHours(sg, 'probe', at('02:00'), at('03:00'), world.io())

  expect(hour?.checks[0]?.maintained?.spells).toEqual([[at('02:20'), at('02:25')]])
  // Of each report its run and its state, and once an hour and the day.
  expect(world.checks.writes.length - writes).toBe(2 * 24 + 2)
})

it('what somebody has planned counts as what is configured does, until it is ended', async () => {
  const world = new Probes({ checks: checksFrom(['web', 'db'], [sg]) })
  const work = {
    ...{ id: 'work', matchers: [[{ name: 'check', is: '=' as const, value: 'web' }]], by: 'lin', comment: 'upgrade' },
    ...{ startsAt: at('02:20'), endsAt: at('03:00'), changedAt: at('02:13'), maintenance: true as const },
  }
  const silenced = { ...work, id: 'quiet', matchers: [[{ name: 'check', is: '=' as const, value: 'db' }]] }
  await keepSilence(work, world.io())
  await keepSilence({ ...silenced, maintenance: undefined } as never, world.io())
  for (let minute = 0; minute < 64; minute++) {
    if (world.now > at('02:40') && world.now < at('02:41'))
      await keepSilence({ ...work, endsAt: at('02:40'), changedAt: world.now }, world.io())
    await world.minute({ [sg]: 'uu' })
  }
  const [hour] = await readHours(sg, 'probe', at('02:00'), at('03:00'), world.io())
  const spells = hour?.checks.map(({ maintained }) => maintained?.spells)

  expect(spells?.[0]?.[0]?.[0]).toBe(at('02:20'))
  expect(Math.abs((spells?.[0]?.[0]?.[1] ?? 0) - at('02:40'))).toBeLessThanOrEqual(60_000)
  expect(spells?.[1]).toBeUndefined()
})
