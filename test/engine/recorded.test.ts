import { expect, it } from 'vitest'
import { recordedSince } from '../../shared/engine/recorded.ts'
import { PathWorld } from './world.ts'

it('incidents that are open still and were not looked through make a record less than whole', async () => {
  const world = new PathWorld()
  for (const dedupKey of ['web', 'db']) await world.alert('trigger', { dedupKey })
  await world.settle()
  const upTo = async (most: number) => {
    const { recorded, isWhole } = await recordedSince(world.now - 60_000, () => true, world.io(), most)
    return [recorded.length, isWhole]
  }
  expect([await upTo(3), await upTo(1)]).toEqual([
    [2, true],
    [1, false],
  ])
})
