import { beforeEach, expect, it } from 'vitest'
import { at } from '../../messages/notices.ts'
import { breaksAgainFor } from './beginnings.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

it('a link of a region that is lost is taken by another one, and by the first when it is back', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const link = a.link()
  a.state = 'dead'
  expect(await b.press(link)).toMatchObject({ result: 'pressed', incident: { status: 'acknowledged' } })
  await regions.until('02:40')
  a.state = 'well'
  await regions.until('02:50')

  expect([a.called, b.called]).toEqual([['lin'], []])
  expect(a.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { by: { contact: 'lin' }, via: 'link' } })
})

it('also where that region was lost before it said anything of the incident', async () => {
  a.cutFrom.add(b.name)
  await regions.alert('trigger')
  await regions.until('02:15:20')
  const link = a.link()
  a.state = 'dead'
  await regions.until('02:15:40')

  expect(b.incident().duty?.heard).toEqual({})
  expect(await b.press(link)).toMatchObject({ result: 'pressed', incident: { status: 'acknowledged' } })
})

it('a link of an earlier life takes nothing of a later one, in no region', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const link = a.link()
  await regions.alert('resolve')
  await regions.until('02:30')
  await regions.alert('trigger')
  await regions.until('02:31')

  expect(await a.press(link)).toEqual({ result: 'over' })
  expect(await b.press(link)).toEqual({ result: 'over' })
  expect([a.incident().status, b.incident().status]).toEqual(['open', 'open'])
})

it('nor does one that was sent before what another region has heard of alone', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  const link = a.link()
  await regions.alert('resolve')
  await regions.until('02:40')
  regions.cut()
  await b.alert('trigger')
  await regions.until('02:41')

  expect(b.incident()).toMatchObject({ status: 'open', openedAt: at('02:40') })
  expect(await b.press(link)).toEqual({ result: 'over' })
})

it('what is taken where the queue accepts and is not worked on is heard of elsewhere all the same, at once', async () => {
  await regions.alert('trigger')
  await regions.until('02:16')
  a.state = 'half dead'
  await a.take()
  await regions.until('02:16:01')
  expect(b.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { by: { contact: 'lin' } } })

  await regions.until('02:40')
  expect([a.called, b.called]).toEqual([['lin'], []])
})

it('a link of what has broken again in another region alone is of nothing that is over: it is not known here', async () => {
  await breaksAgainFor(a, regions)

  expect(b.incident().status).toBe('resolved')
  expect(await b.press(a.link())).toEqual({ result: 'unknown', sentBy: a.name })
})
