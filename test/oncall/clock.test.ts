import { expect, it } from 'vitest'
import { wallTime } from '../../shared/oncall/clock.ts'

const at = (time: string) => Date.parse(time)
const twice = '2026-11-01 01:30'

it('one text is another instant in each zone and, in an hour that comes twice, first and last, however often it is asked for', () => {
  for (let time = 0; time < 2; time++) {
    expect(wallTime(twice, 'America/New_York', 'first')).toBe(at('2026-11-01T05:30:00Z'))
    expect(wallTime(twice, 'America/New_York', 'last')).toBe(at('2026-11-01T06:30:00Z'))
    expect(wallTime(twice, 'Asia/Shanghai', 'first')).toBe(at('2026-10-31T17:30:00Z'))
  }
})

it('more texts than are kept are read all the same', () => {
  const days = Array.from({ length: 2_500 }, (_, day) => new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10))
  for (const day of [...days, ...days])
    expect(wallTime(`${day} 09:00`, 'Asia/Shanghai', 'first')).toBe(at(`${day}T01:00:00Z`))
})

it('what is no time is refused each time', () => {
  for (let time = 0; time < 2; time++) expect(() => wallTime('2026-02-30 09:00', 'UTC', 'first')).toThrow()
})
