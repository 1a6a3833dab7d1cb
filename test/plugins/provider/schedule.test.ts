import { describe, expect, test } from 'vitest'
import { fieldText, parseCron, valuesOf } from '../../../plugins/provider/cron.ts'
import { parseSchedule, parseWhen } from '../../../plugins/provider/schedule.ts'

describe('a rate', () => {
  test.each([
    ['rate(1 minute)', { every: 1, unit: 'minute' }],
    ['rate(5 minutes)', { every: 5, unit: 'minute' }],
    ['rate(1 hour)', { every: 1, unit: 'hour' }],
    ['rate(2 days)', { every: 2, unit: 'day' }],
  ])('%s', (text, when) => {
    expect(parseWhen(text)).toEqual(when)
  })

  test.each([
    ['rate(1 minutes)', 'one of a unit is singular on AWS'],
    ['rate(5 minute)', 'several are plural'],
    ['rate(0 minutes)', 'nothing fires every 0 minutes'],
    ['rate(1.5 hours)', 'whole numbers only'],
    ['rate(30 seconds)', 'no cloud has seconds'],
    ['rate( 5 minutes )', 'AWS takes no spaces there'],
    ['every 5 minutes', 'another language'],
    ['* * * * *', 'a cron is cron(…)'],
  ])('%s is refused: %s', (text) => {
    expect(() => parseWhen(text)).toThrow(`${text} is no schedule`)
  })

  test('takes no time zone', () => {
    expect(() => parseWhen('rate(1 day)', 'Asia/Shanghai')).toThrow('only a cron takes a time zone')
  })
})

describe('a cron', () => {
  test.each([
    ['0 9 ? * MON-FRI *', 'dayOfWeek', [1, 2, 3, 4, 5], 'names of days; Sunday is 0'],
    ['0 9 ? * 1,7 *', 'dayOfWeek', [0, 6], "AWS's Sunday is 1"],
    ['0/15 * * * ? *', 'minute', [0, 15, 30, 45], 'a step from a value goes to the end'],
    ['10-40/15 * * * ? *', 'minute', [10, 25, 40], 'a step in a range'],
    ['*/20 * * * ? *', 'minute', [0, 20, 40], 'a step of all'],
    ['0 0 1 JAN,jul ? *', 'month', [1, 7], 'names of months, in any case'],
    ['0 0 1 1 ? 2030-2031', 'year', [2030, 2031], 'years'],
    ['0 0 * * ? *', 'dayOfMonth', [], 'any'],
    ['5,5,3 * * * ? *', 'minute', [3, 5], 'each once, in order'],
  ] as const)('%s: %s is %j (%s)', (text, field, values, _) => {
    expect(valuesOf(parseCron(text)[field])).toEqual(values)
  })

  test.each([
    ['0 9 * * MON', 'six', 'five fields'],
    ['0 9 * * * *', 'exactly one must be ?', 'both days are said'],
    ['0 9 ? * ? *', 'exactly one must be ?', 'no day is said'],
    ['60 9 * * ? *', '60 is no minutes: it goes from 0 to 59', 'beyond the hour'],
    ['0 24 * * ? *', '24 is no hours', 'beyond the day'],
    ['0 0 0 * ? *', '0 is no day of month', 'days begin with 1'],
    ['0 0 ? * 8 *', '8 is no day of week', 'a week has seven'],
    ['0 0 ? * FRI-MON *', 'ends before it begins', 'around the week'],
    ['0 0 L * ? *', 'L, W and # are not portable', 'the last day'],
    ['0 0 15W * ? *', 'L, W and # are not portable', 'the nearest weekday'],
    ['0 0 ? * FRI#2 *', 'L, W and # are not portable', 'the second Friday'],
    ['0 0 ? * 6L *', 'L, W and # are not portable', 'the last Friday'],
    ['? 0 * * ? *', '? is no minutes', '? is for days'],
    ['1//2 0 * * ? *', '1//2 is no minutes', 'two steps'],
    ['*/0 0 * * ? *', '*/0 is no minutes', 'a step of nothing'],
    ['1-2-3 0 * * ? *', '1-2-3 is no minutes', 'three ends'],
    ['x 0 * * ? *', 'x is no minutes', 'no number'],
    [', 0 * * ? *', ' is no minutes', 'nothing'],
  ])('%s is refused: %s (%s)', (text, reason, _) => {
    expect(() => parseCron(text)).toThrow(reason)
  })

  test.each([
    ['*', '*'],
    ['0/15', '0-45/15'],
    ['1-5', '1-5'],
    ['3,7-9', '3,7-9'],
  ])('%s is written %s', (text, written) => {
    expect(fieldText(parseCron(`${text} * * * ? *`).minute)).toBe(written)
  })
})

describe('an event', () => {
  test('is a rate, or a cron in UTC', () => {
    expect(parseSchedule('rate(1 minute)')).toEqual([
      { text: 'rate(1 minute)', when: { every: 1, unit: 'minute' }, enabled: true },
    ])
    expect(parseSchedule('cron(0 9 * * ? *)')[0]?.when).toMatchObject({ timezone: 'UTC' })
  })

  test('with several rates is several timers, numbered', () => {
    const rates = { rate: ['rate(1 hour)', 'rate(2 hours)'], name: 'often', enabled: false }
    expect(parseSchedule(rates).map(({ name, enabled }) => ({ name, enabled }))).toEqual([
      { name: 'often-1', enabled: false },
      { name: 'often-2', enabled: false },
    ])
  })

  test.each([
    [{ a: 1 }, '{"a":1}', 'as JSON'],
    ['plain', 'plain', 'as it is'],
  ])('hands over its input %j %s', (input, message, _) => {
    expect(parseSchedule({ rate: 'rate(1 hour)', input })[0]?.input).toBe(message)
  })

  test('names a time zone that there is', () => {
    expect(() => parseSchedule({ rate: 'cron(0 9 * * ? *)', timezone: 'Asia/Peking' })).toThrow(
      'Asia/Peking is no time zone',
    )
  })
})
