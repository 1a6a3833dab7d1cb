import { expect, it } from 'vitest'
import type { Shape } from '../../shared/contracts/versions.ts'
import { type Counter, Counting, counting, key } from './counter.ts'

/** Version 1 called the count `sum`, and its words `text`. */
const shape: Shape<Counter> = {
  current: 2,
  upgrade: ({ state, outbox }) => ({
    state: { count: (state as { sum: number }).sum },
    outbox: (outbox as { effect: { text: string } }[]).map(({ effect, ...entry }) => ({
      ...entry,
      effect: { word: effect.text },
    })),
  }),
}

function written(v: number): Counting {
  const counter = new Counting()
  counter.machine = { ...counting, shape }
  const entry = { id: '1.0', decidedAt: 0, leaseUntil: 0, notBefore: 0, tries: 0, uncertain: 0 }
  const outbox = JSON.stringify([{ ...entry, effect: { text: 'hello' } }])
  counter.table.rows.set(`${key.pk}\n${key.sk}`, { ...key, version: 1, v, state: '{"sum":5}', outbox })
  return counter
}

it('an item of the version before is taken as one of this version, what it has left to deliver included', async () => {
  const counter = written(1)
  await counter.add(2)

  expect(counter.said).toEqual(['hello'])
  expect(counter.row).toMatchObject({ v: 2, state: '{"count":7}' })
})

it('an older one, or a newer one, is not: it is left as it is', async () => {
  for (const v of [0, 3]) {
    const counter = written(v)
    const before = counter.row
    await expect(counter.add(2)).rejects.toThrow(`has version ${v}, and this release reads 2`)
    expect(counter.said).toEqual([])
    expect(counter.row).toEqual(before)
  }
})
