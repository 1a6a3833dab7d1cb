import { type Region, type Regions, twoRegions } from './regions-world.ts'

/** Two regions in which the first has just begun to page what is down. */
export async function pagingRegions(): ReturnType<typeof twoRegions> {
  const both = await twoRegions()
  await both.regions.alert('trigger')
  await both.regions.until('02:15:10')
  return both
}

/** It was down and is over for all, they are cut off from each other, and it breaks again where one of them alone hears of it. */
export async function breaksAgainFor(region: Region, regions: Regions): Promise<void> {
  await regions.alert('trigger')
  await regions.until('02:16')
  await regions.alert('resolve')
  await regions.until('02:40')
  regions.cut()
  await region.alert('trigger')
  await regions.until('02:41')
}
