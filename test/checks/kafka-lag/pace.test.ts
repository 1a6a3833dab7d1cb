import { expect, it, vi } from 'vitest'
import { rateLimit } from '../../../shared/checks/kafka-lag/pace.ts'

let now = 0
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => waits.push(ms) }))
const waits: number[] = []

/** How long each of so many calls at once is kept waiting, ms. */
async function waitsOf(turn: () => Promise<void>, calls: number): Promise<number[]> {
  waits.length = 0
  for (let call = 0; call < calls; call++) await turn()
  return waits.splice(0)
}

const limitOf = () => rateLimit(100, { monotonic: () => now }, new AbortController().signal)

it('a few calls wait for nothing', async () => {
  expect(await waitsOf(limitOf(), 20)).toEqual([])
})

it('of many no second has more than the limit', async () => {
  const starts = [...Array(20).fill(0), ...(await waitsOf(limitOf(), 500))]
  expect(starts).toHaveLength(500)
  for (const start of starts) {
    const within = starts.filter((other) => other >= start && other < start + 1000)
    expect(within.length).toBeLessThanOrEqual(100)
  }
})

it('after a pause a few go at once again', async () => {
  const turn = limitOf()
  expect(await waitsOf(turn, 50)).toHaveLength(30)
  now += 10_000
  expect(await waitsOf(turn, 20)).toEqual([])
})
