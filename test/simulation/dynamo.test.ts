import { expect, it } from 'vitest'
import { SimulatedTable } from './dynamo.ts'
import { World } from './world.ts'

const key = { pk: 'incident#pay#web', sk: 'state' }
const row = { ...key, version: 1, v: 1, state: '{}', dueAt: 1_000, listed: 'open', openedAt: 1_000, expiresAt: 60 }

/** A table, and which of its items the indexes show. */
function tableAt(now: number, forgets = true) {
  const world = new World(1)
  world.now = now
  const simulated = new SimulatedTable({ world, forgets, wrote: () => {} })
  const shown = async () => ({
    due: (await simulated.table.due(world.now, 10)).map(({ pk }) => pk),
    open: (await simulated.table.listed('open', 10)).map(({ pk }) => pk),
  })
  return { world, simulated, table: simulated.table, shown }
}

const none = { due: [], open: [] }
const both = { due: [key.pk], open: [key.pk] }

it('an item is in the indexes as long as it has what they sort by', async () => {
  const { table, shown } = tableAt(2_000)
  await table.putIfVersion(row, 0)
  expect(await shown()).toEqual(both)
  await table.putIfVersion({ ...key, version: 2, v: 1, state: '{}', expiresAt: 60 }, 1)
  expect(await shown()).toEqual(none)
  await table.putIfVersion({ ...row, version: 3 }, 2)
  expect(await shown()).toEqual(both)
})

it('one that is deleted leaves them, and is there again when it is written again', async () => {
  const { world, simulated, table, shown } = tableAt(2_000, false)
  await table.putIfVersion(row, 0)
  world.now = 60_000
  expect(await shown()).toEqual(both)
  simulated.forgetAt(world.now)
  expect(await shown()).toEqual(none)
  expect(await table.get(key)).toBeUndefined()
  await table.putIfVersion(row, 0)
  expect(await shown()).toEqual(both)
})

it('what is forgotten at once is shown by none from then on', async () => {
  const { world, table, shown } = tableAt(2_000)
  await table.putIfVersion(row, 0)
  world.now = 60_000
  expect(await shown()).toEqual(none)
  await table.get(key)
  expect(await shown()).toEqual(none)
})
