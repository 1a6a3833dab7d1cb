import { expect, it } from 'vitest'
import { allotNumbers } from '../../../shared/engine/alerts/take-alert.ts'
import { twoRegions } from './regions-world.ts'

it('no number is given in two regions, and none twice in one, however many are asked for at once', async () => {
  const { a, b } = await twoRegions()
  const given = [[1], [3, 2], [1, 1, 4]].map((sizes) =>
    sizes.map(async (many) => [await allotNumbers(many, a.io()), await allotNumbers(many, b.io())]),
  )
  const all = (await Promise.all(given.flat())).flat()

  const numbers = all.flat()
  expect(numbers).toHaveLength(24)
  expect(new Set(numbers).size).toBe(24)
  for (const some of all) expect(some).toEqual(some.toSorted((one, other) => one - other))
})

it('a second region that is added later gives none that the first had alone', async () => {
  const { a, b } = await twoRegions()
  const { place: _, ...alone } = a.io()
  const before = await allotNumbers(5, alone)
  const after = [...(await allotNumbers(4, a.io())), ...(await allotNumbers(2, alone))]

  expect(after.every((number) => number > Math.max(...before))).toBe(true)
  expect(new Set(after).size).toBe(6)
  expect(await allotNumbers(1, b.io())).not.toEqual(await allotNumbers(1, a.io()))
})
