import { describe, expect, it } from 'vitest'
import { median, percentile, spreadOf } from '../../bench/statistics.ts'

describe('a median', () => {
  it.each([
    { values: [3], expected: 3, reason: 'one value is its own' },
    { values: [9, 1, 5], expected: 5, reason: 'the middle one, in whatever order' },
    { values: [4, 1, 3, 2], expected: 2.5, reason: 'of an even number the mean of the two in the middle' },
    { values: [10, 9, 100], expected: 10, reason: 'numbers are compared as numbers, not as text' },
  ])('$reason', ({ values, expected }) => {
    expect(median(values)).toBe(expected)
  })

  it('of nothing is a mistake', () => {
    expect(() => median([])).toThrow('nothing was measured')
  })
})

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

  it.each([
    { values: hundred, share: 0.5, expected: 50, reason: 'half of the values do not exceed it' },
    { values: hundred, share: 0.99, expected: 99, reason: '99 of 100 do not exceed it' },
    { values: [1, 2, 3], share: 0.99, expected: 3, reason: 'of few values p99 is the greatest' },
    { values: [1, 2, 3], share: 0, expected: 1, reason: '0 is the least' },
    { values: [1, 2, 3], share: 1, expected: 3, reason: '1 is the greatest' },
  ])('$reason', ({ values, share, expected }) => {
    expect(percentile(values, share)).toBe(expected)
  })

  it('of nothing is a mistake', () => {
    expect(() => percentile([], 0.5)).toThrow('nothing was measured')
  })
})

it('a spread is the least and the greatest, and leaves the values as they were', () => {
  const values = [5, 1, 3]
  expect(spreadOf(values)).toEqual({ min: 1, max: 5 })
  expect(values).toEqual([5, 1, 3])
})
