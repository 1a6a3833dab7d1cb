import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import { at } from '../../messages/notices.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

const endsTold = ({ texts }: Region) => texts.filter((one) => one.includes('resolved')).length
const statuses = () => [a.incident().status, b.incident().status]

describe('an end that an alert brings only to the region that guards', () => {
  it('ends it where it is paged, which tells of that', async () => {
    await regions.alert('trigger')
    await regions.until('02:15:30')
    await b.alert('resolve')
    await regions.until('02:15:40')

    expect(statuses()).toEqual(['resolved', 'resolved'])
    expect([a, b].map(endsTold)).toEqual([1, 0])
    await regions.until('03:10')
    expect([a.called, b.called]).toEqual([['lin'], []])
  })

  it('ends it as soon as a word gets through', async () => {
    await regions.alert('trigger')
    await regions.until('02:15:30')
    regions.cut()
    await b.alert('resolve')
    await regions.until('02:17')
    expect(statuses()).toEqual(['open', 'resolved'])
    regions.meet()
    await regions.until('02:18')

    expect(statuses()).toEqual(['resolved', 'resolved'])
  })

  it('ends it where somebody has it for a time: it pages nobody when that is over', async () => {
    regions.setPolicy({ ackExpiresMs: 1_800_000 })
    await regions.alert('trigger')
    await regions.until('02:16')
    await a.take()
    await regions.until('02:20')
    await b.alert('resolve')
    await regions.until('03:10')

    expect(statuses()).toEqual(['resolved', 'resolved'])
    expect(a.called).toEqual(['lin'])
  })

  it('is none where it was heard of again since', async () => {
    await regions.alert('trigger')
    await regions.until('02:15:30')
    regions.cut()
    await b.alert('resolve')
    await regions.until('02:20')
    await a.alert('trigger')
    await regions.until('02:20:10')
    regions.meet()
    await regions.until('02:22')

    expect(a.incident().status).toBe('open')
  })

  it('and comes to both is told once', async () => {
    await regions.alert('trigger')
    await regions.until('02:15:30')
    await regions.alert('resolve')
    await regions.until('02:17')

    expect([a, b].map(endsTold)).toEqual([1, 0])
  })
})

it('what two have taken, each in a region that pages it, is taken in both though the word of the first was overtaken', async () => {
  regions.setPolicy({ acknowledgements: 2, rounds: 1 })
  regions.cut()
  await regions.alert('trigger')
  await regions.until('02:16:30')
  await take(b, 'lin')
  await take(a, 'wang')
  await regions.until('02:40')
  a.cutFrom.clear()
  await regions.until('02:41:30')
  expect(statuses()).toEqual(['open', 'acknowledged'])
  regions.meet()
  await regions.until('02:43')

  expect(statuses()).toEqual(['acknowledged', 'acknowledged'])
  expect(a.incident().acknowledged?.at).toBe(at('02:16:30'))
})

function take(region: Region, contact: string) {
  const { generation } = region.incident()
  const event = { type: 'acknowledge', generation, via: 'cli', by: { contact, name: contact } } as const
  return dispatchToIncident(region.incident(), { event }, region.pageIo())
}
