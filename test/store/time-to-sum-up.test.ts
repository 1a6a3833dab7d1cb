import { expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../shared/contracts/milliseconds.ts'
import { isTimeToSumUp } from '../../shared/store/history.ts'

it('an hour is looked for ten times by the next one’s sixty looks: five at once, and one every ten minutes', () => {
  const hour = Date.UTC(2026, 10, 30, 2)
  const looks = Array.from({ length: 60 }, (_, minute) => minute)
  for (const jitterMs of [0, 1_700, 59_999])
    expect(looks.filter((minute) => isTimeToSumUp(hour + minute * MINUTE_MS + jitterMs))).toEqual([
      ...[2, 3, 4, 5, 6],
      ...[12, 22, 32, 42, 52],
    ])
  expect(isTimeToSumUp(hour + HOUR_MS)).toBe(false)
})
