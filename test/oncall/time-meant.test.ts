import { expect, it } from 'vitest'
import { instantMeant, timeMeant } from '../../shared/oncall/time-meant.ts'

/** A Wednesday, 12:00 in Shanghai. */
const now = Date.parse('2026-11-25T12:00:00+08:00')

it.each([
  ['Sat 18:00', '2026-11-28 18:00', 'the next Saturday'],
  ['Wed 18:00', '2026-11-25 18:00', 'still today'],
  ['Wed 12:00', '2026-12-02 12:00', 'not this minute, in a week'],
  ['Mon 9:00', '2026-11-30 09:00', 'an hour of one digit'],
  ['18:00', '2026-11-25 18:00', 'today'],
  ['09:00', '2026-11-26 09:00', 'tomorrow'],
  ['now', '2026-11-25 12:00', 'at once'],
  ['2026-12-05', '2026-12-05 00:00', 'a day from its beginning'],
  ['2026-12-05T18:00', '2026-12-05 18:00', 'as ISO 8601 has it'],
  ['2026-12-05 18:00', '2026-12-05 18:00', 'as oncall.yml has it'],
  ['2026-12-05 9:00', '2026-12-05 09:00', 'an hour of one digit behind a date'],
  ['2026-12-05T09:00:00', '2026-12-05 09:00', 'as ISO 8601 has it, with seconds'],
  ['2026-02-30', undefined, 'no such day'],
  ['Sat 24:00', undefined, 'no such hour'],
  ['Foo 18:00', undefined, 'no such weekday'],
  ['tomorrow', undefined, 'in words'],
])('%s means %s: %s', (text, expected, _reason) => {
  expect(timeMeant(text, now, 'Asia/Shanghai')).toBe(expected)
})

it('is read in the zone', () => {
  expect(timeMeant('now', now, 'America/New_York')).toBe('2026-11-24 23:00')
})

it.each([
  ['2026-12-05T18:00', '2026-12-05T10:00:00Z'],
  ['2026-12-05T18:00:00+09:00', '2026-12-05T09:00:00Z'],
  ['2026-12-05T18:00Z', '2026-12-05T18:00:00Z'],
  ['tomorrowT00:00Z', undefined],
])('%s is the instant %s', (text, expected) => {
  expect(instantMeant(text, now, 'Asia/Shanghai')).toBe(expected === undefined ? undefined : Date.parse(expected))
})
