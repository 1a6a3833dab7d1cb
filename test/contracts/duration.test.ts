import { describe, expect, it } from 'vitest'
import { duration, parseDuration } from '../../shared/contracts/duration.ts'
import { mistakeIn } from '../../shared/contracts/mistake.ts'

describe('durations', () => {
  it.each([
    ['800ms', 800],
    ['1.5s', 1_500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    ['5', 'no unit'],
    ['5 m', 'a space'],
    ['5min', 'a unit of its own'],
    ['-5m', 'a sign'],
    ['1h30m', 'two units'],
    ['5M', 'a capital unit'],
    ['.5s', 'nothing before the point'],
    ['', 'nothing'],
  ])('%s is none: %s', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it('gives milliseconds within its bounds and refuses what lies outside', () => {
    const schema = duration('1s', '1m')
    expect(schema.parse('1s')).toBe(1_000)
    expect(schema.parse('1m')).toBe(60_000)
    for (const text of ['999ms', '61s']) {
      const [issue] = schema.safeParse(text).error?.issues ?? []
      expect(issue && mistakeIn(issue)).toEqual({
        code: 'duration-out-of-range',
        words: { en: `${text} is out of range: from 1s to 1m`, zh: `${text} 超出范围：从 1s 到 1m` },
      })
    }
  })
})
