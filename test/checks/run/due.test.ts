import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueSubRuns, isInterval } from '../../../shared/checks/run/due.ts'
import { someCheck } from '../records.ts'

const minute = 60_000
const start = Date.UTC(2026, 10, 21, 2, 13, 37)

/** Starts of a check within `minutes` runs from `from`, in ms since then. */
function startsOf(id: string, intervalMs: number, minutes: number, from = start): number[] {
  const check = someCheck({ id, intervalMs })
  return Array.from({ length: minutes }, (_, index) => index * minute).flatMap((at) =>
    dueSubRuns([check], from + at)
      .filter(({ checks }) => checks.includes(check))
      .map(({ afterMs }) => at + afterMs),
  )
}

const anyId = fc
  .tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z-]{1,12}$/))
  .map((parts) => parts.join('/'))
const anyMinutes = fc.integer({ min: 1, max: 90 })
const anyStart = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })

describe('a check of whole minutes', () => {
  it('starts once in every interval, always so far after the last start', () => {
    fc.assert(
      fc.property(anyId, anyMinutes, anyStart, (id, minutes, from) => {
        const starts = startsOf(id, minutes * minute, 3 * minutes, from)
        expect(starts).toHaveLength(3)
        expect(starts.map((at, index) => at - (starts[index - 1] ?? at))).toEqual([
          0,
          minutes * minute,
          minutes * minute,
        ])
      }),
    )
  })

  it('is due whenever in the minute its run starts', () => {
    fc.assert(
      fc.property(anyId, anyMinutes, anyStart, fc.nat(minute - 1), (id, minutes, from, late) => {
        const begin = from - (from % minute)
        expect(startsOf(id, minutes * minute, 5, begin)).toEqual(startsOf(id, minutes * minute, 5, begin + late))
      }),
    )
  })
})

describe('a check of other multiples of ten seconds', () => {
  it.each([
    [10_000, 'six times a minute'],
    [20_000, 'three times'],
    [30_000, 'twice'],
    [40_000, 'once or twice'],
    [50_000, 'once or twice'],
    [90_000, 'in two minutes of three'],
    [610_000, 'a slot later each time'],
  ])('starts every %i ms across minutes: %s', (intervalMs) => {
    fc.assert(
      fc.property(anyId, anyStart, (id, from) => {
        const starts = startsOf(id, intervalMs, (3 * intervalMs) / 10_000, from - (from % minute))
        expect(starts.length).toBeGreaterThan(2)
        for (const [index, at] of starts.entries())
          if (index > 0) expect(at - (starts[index - 1] ?? 0)).toBe(intervalMs)
      }),
    )
  })

  it('gives each of its starts a sub-run of its own', () => {
    const checks = [someCheck({ id: 'pay/slow' }), someCheck({ id: 'pay/fast', intervalMs: 10_000 })]
    const subRuns = dueSubRuns(checks, start).map(({ afterMs, checks }) => [afterMs, checks.map(({ id }) => id)])
    expect(subRuns).toEqual([
      [0, ['pay/slow', 'pay/fast']],
      [10_000, ['pay/fast']],
      [20_000, ['pay/fast']],
      [30_000, ['pay/fast']],
      [40_000, ['pay/fast']],
      [50_000, ['pay/fast']],
    ])
  })
})

it('spreads the checks of one interval over it', () => {
  const checks = Array.from({ length: 1000 }, (_, index) =>
    someCheck({ id: `pay/check-${index}`, intervalMs: 5 * minute }),
  )
  const perMinute = [0, 1, 2, 3, 4].map((index) => dueSubRuns(checks, start + index * minute)[0]?.checks.length ?? 0)
  expect(perMinute.reduce((sum, count) => sum + count)).toBe(1000)
  for (const count of perMinute) expect(count).toBeGreaterThan(150)
})

it('runs without checks too: the report is the heartbeat', () => {
  expect(dueSubRuns([], start)).toEqual([{ afterMs: 0, checks: [] }])
})

const intervals: [ms: number, is: boolean][] = [
  [10_000, true],
  [20_000, true],
  [30_000, true],
  [minute, true],
  [90 * minute, true],
  [0, false],
  [40_000, true],
  [90_000, true],
  [86_400_000, true],
  [5_000, false],
  [65_000, false],
]
it.each(intervals)('an interval of %i ms: %s', (ms, is) => {
  expect(isInterval(ms)).toBe(is)
})
