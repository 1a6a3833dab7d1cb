import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

const SECOND = 1_000

let regions: Regions
let a: Region
let b: Region

beforeEach(async () => {
  ;({ regions, a, b } = await twoRegions())
})

describe('what both regions page, since they were cut off, and somebody has for a time,', () => {
  beforeEach(async () => {
    regions.setPolicy({ ackExpiresMs: 1_800_000, rounds: 8 })
    regions.cut()
    await regions.alert('trigger')
    await regions.until('02:16:30')
    regions.meet()
    await b.take()
    await regions.until('02:30')
    expect([a.incident(), b.incident()]).toMatchObject([
      { status: 'acknowledged', duty: { pages: a.name } },
      { status: 'acknowledged', duty: { pages: b.name } },
    ])
    a.rang.splice(0)
    b.rang.splice(0)
  })

  it.each([
    -5, 0, 5,
  ])('is paged by the first one when that ends, and guarded by the other, whose clock is %i s ahead', async (s) => {
    b.skewMs = s * SECOND
    await regions.until('02:48:40')

    expect(a.called).toEqual(['lin', 'wang'])
    expect(b.called).toEqual([])
    expect(b.incident()).toMatchObject({ status: 'open', escalation: { phase: 'guarded' } })
  })

  it.each([
    -5, 0, 5,
  ])('is paged by the other one if the first is lost again by then, whose clock is %i s ahead', async (s) => {
    b.skewMs = s * SECOND
    await regions.until('02:46:50')
    expect(a.called).not.toEqual([])
    a.state = 'dead'
    await regions.until('02:55')

    expect(b.called).not.toEqual([])
  })

  it('is paged by the first one if it is given back at the other', async () => {
    await giveBack(b)
    await regions.until('02:40')

    expect(a.called.slice(0, 2)).toEqual(['lin', 'wang'])
    expect(b.called).toEqual([])
  })

  it('and if it is given back at the first one, and that is lost then, by the other', async () => {
    await giveBack(a)
    await regions.until('02:31')
    a.state = 'dead'
    await regions.until('02:40')

    expect(b.called).not.toEqual([])
  })
})

async function giveBack(region: Region): Promise<void> {
  const { generation } = region.incident()
  const by = { contact: 'lin', name: '林悦' }
  const event = { type: 'give-back', generation, via: 'console', by } as const
  await dispatchToIncident(region.incident(), { event }, region.io())
}
