import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { daysOf } from '../../shared/oncall/calendars/calendar.ts'
import { publicHolidays } from '../../shared/oncall/calendars/registry.ts'
import { isWithin, nextEdge, WINDOW } from '../../shared/oncall/window.ts'

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const shanghai = { timezone: 'Asia/Shanghai', calendars: [] }
const cn = { timezone: 'Asia/Shanghai', calendars: [daysOf(publicHolidays.cn)] }

describe('a window', () => {
  it.each([
    ['Mon-Fri 09:00-18:00', '2026-11-27T17:59', true, 'Friday before it ends'],
    ['Mon-Fri 09:00-18:00', '2026-11-27T18:00', false, 'its end is not in it'],
    ['Mon-Fri 09:00-18:00', '2026-11-28T12:00', false, 'Saturday'],
    ['Mon-Fri 18:00-09:00', '2026-11-28T08:59', true, "Saturday morning is Friday's night"],
    ['Mon-Fri 18:00-09:00', '2026-11-30T08:59', false, "Monday morning is Sunday's"],
    ['18:00-09:00', '2026-11-30T03:00', true, 'every night'],
    ['Sat,Sun', '2026-11-29T23:59', true, 'to the end of the day'],
    ['Sat-Mon', '2026-11-30T12:00', true, 'over the end of the week'],
    ['Fri 18:00-Mon 09:00', '2026-11-27T18:00', true, 'from one day'],
    ['Fri 18:00-Mon 09:00', '2026-11-30T08:59', true, 'to another'],
    ['Fri 18:00-Mon 09:00', '2026-11-30T09:00', false, 'and not after it'],
    ['Fri 18:00-Sun 24:00', '2026-11-29T23:59', true, 'to midnight'],
    ['Fri 18:00-Sun 24:00', '2026-11-30T00:00', false, 'and not after it'],
    ['9:00-24:00', '2026-11-30T23:59', true, 'until midnight'],
  ])('%s at %s: %s, %s', (window, time, expected) => {
    expect(window).toMatch(WINDOW)
    expect(isWithin([window], at(`${time}+08:00`), shanghai)).toBe(expected)
  })

  it.each([
    'Mon-Fri 9-18',
    'Monday 09:00-18:00',
    '09:00',
    'Mon 09:00',
    'holidays',
    'Mon-Fri 09:00-25:00',
    '',
  ])('is not "%s"', (text) => expect(text).not.toMatch(WINDOW))

  it.each([
    ['2026-10-05T12:00', false, true, 'a Monday of the National Day holidays'],
    ['2026-10-10T12:00', true, false, 'a Saturday that makes up for them'],
    ['2026-11-27T12:00', true, false, 'a Friday'],
    ['2026-11-28T12:00', false, true, 'a Saturday'],
    ['2027-01-01T12:00', true, false, 'a Friday of a year that nobody has published'],
  ])('of working days in China at %s: %s, of days off: %s, %s', (time, working, off) => {
    const instant = at(`${time}+08:00`)
    expect(isWithin(['workdays 09:00-18:00'], instant, cn)).toBe(working)
    expect(isWithin(['offdays'], instant, cn)).toBe(off)
  })

  it('begins at the first of two equal hours, ends at the last, and at hours that do not exist after the gap', () => {
    const newYork = { timezone: 'America/New_York', calendars: [] }
    const twice = [
      '2026-11-01T01:29-04:00',
      '2026-11-01T01:30-04:00',
      '2026-11-01T01:44-05:00',
      '2026-11-01T01:45-05:00',
    ]
    expect(twice.map((time) => isWithin(['01:30-01:45'], at(time), newYork))).toEqual([false, true, true, false])
    expect(isWithin(['02:00-04:00'], at('2026-03-08T03:00-04:00'), newYork)).toBe(true)
    expect(isWithin(['02:00-02:30'], at('2026-03-08T03:00-04:00'), newYork)).toBe(false)
  })

  it('changes next at its next edge', () => {
    const edge = (window: string, time: string) =>
      new Date(nextEdge([window], at(`${time}+08:00`), cn) + 8 * 3_600_000).toISOString().slice(0, 16)
    expect(edge('Mon-Fri 09:00-18:00', '2026-11-27T12:00')).toBe('2026-11-27T18:00')
    expect(edge('Mon-Fri 09:00-18:00', '2026-11-27T18:00')).toBe('2026-11-30T09:00')
    expect(edge('workdays 09:00-18:00', '2026-02-14T18:00')).toBe('2026-02-24T09:00')
  })
})
