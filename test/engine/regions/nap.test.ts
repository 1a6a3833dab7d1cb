import { beforeEach, describe, expect, it } from 'vitest'
import { type Region, type Regions, twoRegions } from './regions-world.ts'

it('a region that was away for little more than a guard asks before it pages what came meanwhile: people hear of it once', async () => {
  const { regions, a, b } = await twoRegions()
  a.state = 'dead'
  await regions.alert('trigger')
  await regions.until('02:16:10')
  expect([a.called, b.called]).toEqual([[], ['lin']])

  a.state = 'well'
  await regions.until('02:17')
  expect([a.called, b.called]).toEqual([[], ['lin']])
  expect(a.incident().duty?.pages).toBe(b.name)
})

describe('while watch rests in both regions, and each looks as if it did not work on what it takes,', () => {
  let regions: Regions
  let a: Region
  let b: Region

  beforeEach(async () => {
    ;({ regions, a, b } = await twoRegions())
    regions.isUnwatched = true
    await regions.until('02:20')
  })

  it('what the second one alone has heard of is left to the first, which its question tells of it', async () => {
    await b.alert('trigger')
    await regions.until('02:21:50')
    expect([a.called, b.called]).toEqual([['lin'], []])
  })

  it('what was begun in the stead of a region that has just woken goes on where it was begun', async () => {
    a.state = 'dead'
    await regions.alert('trigger')
    await regions.until('02:21:20')
    a.state = 'well'
    await regions.until('02:21:50')
    expect([a.called, b.called]).toEqual([[], ['lin']])
    expect(a.incident().duty?.pages).toBe(b.name)
  })

  it('it is taken over from there, and told by its reason, where that one does not work on what it takes any more', async () => {
    a.state = 'dead'
    await regions.alert('trigger')
    await regions.until('02:21:20')
    a.state = 'well'
    await regions.until('02:21:50')
    b.state = 'half dead'
    await regions.until('02:28')
    expect([a.called[0], await a.duties()]).toEqual(['lin', [`${b.name} faulty`]])
  })

  it('whoever takes duty by hand waits for the end of a layer that the other one has begun', async () => {
    await regions.alert('trigger')
    await regions.until('02:20:20')
    await b.say({ region: b.name })
    await regions.until('02:21')
    expect([a.called, b.called]).toEqual([['lin'], []])
  })

  it('nor for longer than what that promised and a guard', async () => {
    await regions.alert('trigger')
    await regions.until('02:20:20')
    a.state = 'half dead'
    await b.say({ region: b.name })
    await regions.until('02:25:50')
    expect([a.called, b.called]).toEqual([['lin'], []])
    await regions.until('02:26:10')
    expect([a.called, b.called]).toEqual([['lin'], ['lin']])
  })
})
