import { beforeEach, expect, it } from 'vitest'
import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import { at } from '../../messages/notices.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

it('what is taken where there is one region alone by now leaves no word for the others behind', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const { place: _, peers: __, ...alone } = a.pageIo()
  const { generation } = a.incident()
  const by = { contact: 'lin', name: '林悦' }
  await dispatchToIncident(a.incident(), { event: { type: 'acknowledge', generation, via: 'cli', by } }, alone)

  expect(a.incident().status).toBe('acknowledged')
  expect(a.left).toEqual([])
})

it('what is taken once more, before its end, is taken for as long in the other region', async () => {
  regions.setPolicy({ ackExpiresMs: 1_800_000 })
  await regions.alert('trigger')
  await regions.until('02:16')
  await a.take()
  await regions.until('02:40')
  await a.take()
  await regions.until('03:05')

  expect([a.called, b.called]).toEqual([['lin'], []])
  expect(b.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { at: at('02:40') } })
  await regions.until('03:11')
  expect([a.called, b.called]).toEqual([['lin', 'lin'], []])
  expect(b.incident()).toMatchObject({ status: 'open', escalation: { phase: 'guarded' } })
})

it('what is put off by whoever has it pages again when that is over', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  await a.take()
  await regions.until('02:20')
  await snooze(a, '02:50')
  await regions.until('02:51')

  expect([a.called, b.called]).toEqual([['lin', 'lin'], []])
  expect([a.incident().status, b.incident().status]).toEqual(['open', 'open'])
})

it('what is done here is told for a day, however long the other region cannot be reached', async () => {
  regions.cut()
  await regions.alert('trigger')
  await regions.until('02:16:30')
  await b.take()
  await regions.until('02:30')
  expect(a.incident().status).toBe('open')
  regions.meet()
  await regions.until('02:31:10')

  expect(a.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { at: at('02:16:30') } })
})

it('an end from before an incident began ends nothing: it is paged', async () => {
  regions.cut()
  await a.alert('trigger')
  await regions.until('02:15:30')
  await a.alert('resolve')
  await regions.until('02:16')
  await b.alert('trigger')
  await regions.until('02:16:05')
  regions.meet()
  await regions.until('02:16:50')

  expect(b.logged).toContainEqual(expect.objectContaining({ reason: 'word of another life' }))
  expect(b.incident().status).toBe('open')
  await regions.until('02:19')
  expect(b.called).toEqual(['lin'])
})

it('what is taken where it is only guarded is told, though alerts end it there before the word gets through', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  b.cutFrom.add(a.name)
  await b.take()
  await regions.until('02:17')
  await b.alert('resolve')
  await regions.until('02:18')
  expect([a.incident().status, b.incident().status]).toEqual(['open', 'resolved'])
  regions.meet()
  await regions.until('02:19:30')

  expect(a.incident().status).toBe('resolved')
})

it('a word of a new life that comes before the end of the last one is about the new one', async () => {
  regions.cut()
  await regions.alert('trigger')
  await regions.until('02:15:30')
  await a.alert('resolve')
  await regions.until('02:18')
  await a.alert('trigger')
  await regions.until('02:18:10')
  regions.meet()
  await regions.until('02:18:50')
  await b.alert('resolve')
  await regions.until('02:18:52')
  await b.alert('trigger')
  await regions.until('02:18:55')
  await a.take()
  await regions.until('02:20:30')

  expect([a.incident().status, b.incident().status]).toEqual(['acknowledged', 'acknowledged'])
})

async function snooze(region: Region, time: string): Promise<void> {
  const { generation } = region.incident()
  const by = { contact: 'lin', name: '林悦' }
  const event = { type: 'snooze', generation, via: 'cli', by, until: at(time) } as const
  await dispatchToIncident({ project: 'pay', groupKey: 'web' }, { event }, region.io())
}

it('what two have to take is theirs once one has done so here and the other there', async () => {
  regions.setPolicy({ acknowledgements: 2 })
  await regions.alert('trigger')
  await regions.until('02:16')
  await take(a, 'lin')
  await regions.until('02:17')
  expect([a.incident().status, b.incident().status]).toEqual(['open', 'open'])
  await take(b, 'wang')
  await regions.until('02:18')
  expect([a.incident().status, b.incident().status]).toEqual(['acknowledged', 'acknowledged'])
})

it('what one of two has taken back here is not theirs there either', async () => {
  regions.setPolicy({ acknowledgements: 2 })
  await regions.alert('trigger')
  await regions.until('02:16')
  await take(a, 'lin')
  await regions.until('02:16:30')
  await take(a, 'lin', 'give-back')
  await regions.until('02:17')
  await take(b, 'wang')
  await regions.until('02:18')
  expect([a.incident().status, b.incident().status]).toEqual(['open', 'open'])
})

it('what two had until that ended is taken anew by both, wherever they do so', async () => {
  regions.setPolicy({ acknowledgements: 2, ackExpiresMs: 1_800_000 })
  await regions.alert('trigger')
  await regions.until('02:16')
  await take(a, 'lin')
  await regions.until('02:17')
  await take(a, 'wang')
  await regions.until('02:48')
  expect([a.incident().status, b.incident().status]).toEqual(['open', 'open'])
  await take(b, 'wang')
  await regions.until('02:50')
  expect([a.incident().status, b.incident().status]).toEqual(['open', 'open'])
})

function take(region: Region, contact: string, type: 'acknowledge' | 'give-back' = 'acknowledge') {
  const { generation } = region.incident()
  const event = { type, generation, via: 'cli', by: { contact, name: contact } } as const
  return dispatchToIncident(region.incident(), { event }, region.pageIo())
}
