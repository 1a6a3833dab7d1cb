import { expect, it } from 'vitest'
import { twoRegions } from './regions-world.ts'

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
