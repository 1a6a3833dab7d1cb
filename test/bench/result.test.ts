import { describe, expect, it } from 'vitest'
import { resultOf } from '../../bench/benchmark.ts'
import { resultTable } from '../../bench/table.ts'

const runs = [
  { figures: { pageMs: 12.3456, calls: 4 }, ratios: { toFloor: 1.5 } },
  { figures: { pageMs: 30, calls: 4 }, ratios: { toFloor: 3 } },
  { figures: { pageMs: 20, calls: 5 }, ratios: { toFloor: 2 } },
]

describe('a result', () => {
  it('has the median of every figure and ratio over the runs, and their spread', () => {
    expect(resultOf('paging', runs)).toEqual({
      name: 'paging',
      runs: 3,
      figures: { pageMs: 20, calls: 4 },
      ratios: { toFloor: 2 },
      spread: { pageMs: { min: 12.35, max: 30 }, calls: { min: 4, max: 5 }, toFloor: { min: 1.5, max: 3 } },
    })
  })

  it('of runs that did not measure the same is a mistake', () => {
    expect(() => resultOf('paging', [...runs, { figures: { pageMs: 1 }, ratios: { toFloor: 1 } }])).toThrow(
      'a run has no calls',
    )
  })
})

describe('its table', () => {
  it('says which goals were met and which were not', () => {
    expect(resultTable(resultOf('paging', runs), { pageMs: 20, toFloor: 1.9 }).split('\n')).toEqual([
      'paging, median of 3 runs',
      '         median  min    max  goal',
      'pageMs   20      12.35  30   ≤ 20    met',
      'calls    4       4      5',
      'toFloor  2×      1.5×   3×   ≤ 1.9×  MISSED',
    ])
  })

  it('of one run says so', () => {
    expect(resultTable(resultOf('paging', runs.slice(0, 1)), {})).toContain('paging, median of 1 run\n')
  })
})
