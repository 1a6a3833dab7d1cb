import { beforeEach, expect, it } from 'vitest'
import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

/** What is said of an incident while it begins is on its way for as long as that, ms. */
const LATE_MS = 600_000

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
  regions.lateMs = LATE_MS
})

it('what breaks again within a minute is paged, though the guard had heard of the life before by its end alone', async () => {
  await breakAgainFrom('02:15')
  await regions.until('02:18')

  expect(b.called).toEqual(['lin'])
})

it('the same where an earlier life was known', async () => {
  regions.lateMs = 0
  await regions.alert('trigger')
  await regions.until('02:16')
  await regions.alert('resolve')
  await regions.until('02:20')
  regions.lateMs = LATE_MS
  await breakAgainFrom('02:20')
  await regions.until('02:23:30')

  expect(b.called).toEqual(['lin'])
})

/** In the minute that has just begun, of which only the end is heard in time; the first region is half dead when all breaks again. */
async function breakAgainFrom(minute: string): Promise<void> {
  await a.alert('trigger')
  await regions.until(`${minute}:10`)
  regions.lateMs = 0
  await a.alert('resolve')
  await regions.until(`${minute}:20`)
  a.state = 'half dead'
  await regions.until(`${minute}:40`)
  await regions.alert('trigger')
}

it('what breaks again within a minute of its end is guarded, though the first region alone hears of it', async () => {
  regions.lateMs = 0
  await a.alert('trigger')
  await regions.until('02:15:20')
  await a.alert('resolve')
  await regions.until('02:15:40')
  await a.alert('trigger')
  await regions.until('02:16')
  a.state = 'dead'
  await regions.until('02:23')

  expect([b.incident().generation, b.called]).toEqual([2, ['lin', 'wang']])
})

it('what somebody had taken of the life before does not end the guard of what has broken again', async () => {
  regions.lateMs = 45_000
  await a.alert('trigger')
  await regions.until('02:15:05')
  await a.take()
  await a.alert('resolve')
  await regions.until('02:15:20')
  await regions.alert('trigger')
  await regions.until('02:15:52')
  a.state = 'dead'
  await regions.until('02:23')

  expect([a.called, b.called]).toEqual([
    ['lin', 'lin'],
    ['lin', 'wang'],
  ])
})

it('what somebody closes within a minute pages nobody, though the guard’s own alert of it is read after that', async () => {
  regions.lateMs = 0
  await a.alert('trigger')
  await regions.until('02:15:01')
  const alert = { action: 'trigger', dedupKey: 'web', project: 'pay', summary: 'web is down' }
  b.send({ v: 1, kind: 'alerts', alerts: [alert] }, 60_000)
  await regions.until('02:15:20')
  const by = { contact: 'lin', name: '林悦' }
  await dispatchToIncident(a.incident(), { event: { type: 'resolve', generation: 1, via: 'cli', by } }, a.pageIo())
  await regions.until('02:20')

  expect([a.called, b.called]).toEqual([['lin'], []])
})

it('what ends within a minute pages nobody where nothing had been heard of the other region, nor its end', async () => {
  await regions.alert('trigger')
  await regions.until('02:15:30')
  await a.alert('resolve')
  await regions.until('02:20')

  expect([a.called, b.called]).toEqual([['lin'], []])
})

it('what somebody takes within a minute where it is guarded is taken where it is paged, though neither had heard of the other', async () => {
  await regions.alert('trigger')
  await regions.until('02:15:10')
  regions.lateMs = 0
  await b.take()
  await regions.until('02:15:20')

  expect([a.incident().status, b.incident().status]).toEqual(['acknowledged', 'acknowledged'])
})
