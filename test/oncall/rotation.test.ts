import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import * as asked from '../../shared/oncall/on-call.ts'
import { overrideSpan } from '../../shared/oncall/override.ts'
import type { Override, Rotation, Schedule } from '../../shared/oncall/plan.ts'
import { shiftsBetween } from '../../shared/oncall/shifts.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A schedule of one rotation. */
type Simple = Rotation & { timezone: string }

const rosterOf = (schedule: Schedule, overrides: Override[] = []) => ({ schedules: { sre: schedule }, overrides })
const onCall = (schedule: Schedule, overrides: Override[], at: number) =>
  asked.onCall(rosterOf(schedule, overrides), 'sre', at).contacts.join(' + ')
const nextOnCall = (schedule: Schedule, overrides: Override[], at: number, reached: string[] = []) =>
  asked.nextOnCall(rosterOf(schedule, overrides), 'sre', at, reached).join(' + ') || undefined
const shiftAt = (schedule: Schedule, at: number) => {
  const [shift] = shiftsBetween(rosterOf(schedule), 'sre', at, at + 1)
  return { contact: shift?.contacts.join(' + ') ?? '', start: shift?.start ?? 0, end: shift?.end ?? 0 }
}

const weekly: Simple = {
  rotation: ['lin', 'wang', 'tan'],
  handoff: 'Mon 10:00',
  timezone: 'Asia/Shanghai',
  start: '2026-11-23',
}

/** An instant by its wall clock and offset, such as `2026-11-23T10:00+08:00`. */
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const show = (instant: number) => new Date(instant).toISOString()

describe('a weekly rotation', () => {
  it.each([
    ['2026-11-23T10:00:00+08:00', 'lin', 'begins with its first contact'],
    ['2026-11-30T09:59:59+08:00', 'lin', 'who stays to the last second'],
    ['2026-11-30T10:00:00+08:00', 'wang', 'and hands over on the dot'],
    ['2026-12-07T10:00:00+08:00', 'tan', 'to the last one'],
    ['2026-12-14T10:00:00+08:00', 'lin', 'and from there to the first again'],
    ['2026-11-23T09:59:59+08:00', 'tan', 'before its start it runs backwards'],
    ['2026-11-09T10:00:00+08:00', 'wang', 'week by week'],
    ['2036-11-24T10:00:00+08:00', 'lin', 'and it still turns ten years on: 522 weeks, a multiple of 3'],
  ])('at %s it is %s: %s', (instant, contact) => {
    expect(onCall(weekly, [], at(instant))).toBe(contact)
  })

  it('that starts in the middle of a week gives its first contact the rest of that week', () => {
    const midweek = { ...weekly, start: '2026-11-25' }
    expect(onCall(midweek, [], at('2026-11-25T00:00+08:00'))).toBe('lin')
    expect(shiftAt(midweek, at('2026-11-25T00:00+08:00'))).toEqual({
      contact: 'lin',
      start: at('2026-11-23T10:00+08:00'),
      end: at('2026-11-30T10:00+08:00'),
    })
  })
})

describe('a daily rotation', () => {
  const daily = { ...weekly, handoff: '20:00', rotation: ['lin', 'wang'] }

  it.each([
    ['2026-11-23T19:59:59+08:00', 'wang'],
    ['2026-11-23T20:00:00+08:00', 'lin'],
    ['2026-11-24T20:00:00+08:00', 'wang'],
    ['2026-11-25T20:00:00+08:00', 'lin'],
  ])('at %s it is %s', (instant, contact) => {
    expect(onCall(daily, [], at(instant))).toBe(contact)
  })
})

describe('daylight saving', () => {
  const newYork = { rotation: ['a', 'b'], timezone: 'America/New_York' }

  it('keeps the hour of a hand-off: the week of the change is an hour shorter or longer', () => {
    const schedule = { ...newYork, handoff: 'Mon 10:00', start: '2026-03-02' }
    expect(shiftAt(schedule, at('2026-03-05T12:00-05:00'))).toEqual({
      contact: 'a',
      start: at('2026-03-02T10:00-05:00'),
      end: at('2026-03-09T10:00-04:00'),
    })
    const autumn = shiftAt(schedule, at('2026-11-01T12:00-05:00'))
    expect([show(autumn.start), show(autumn.end)]).toEqual(['2026-10-26T14:00:00.000Z', '2026-11-02T15:00:00.000Z'])
  })

  it('moves a hand-off at an hour that does not exist to the first instant after the gap', () => {
    const schedule = { ...newYork, handoff: '02:30', start: '2026-03-07' }
    expect(shiftAt(schedule, at('2026-03-08T12:00-04:00')).start).toBe(at('2026-03-08T03:00-04:00'))
    expect(onCall(schedule, [], at('2026-03-08T01:59:59-05:00'))).toBe('a')
    expect(onCall(schedule, [], at('2026-03-08T03:00:00-04:00'))).toBe('b')
    expect(shiftAt(schedule, at('2026-03-09T12:00-04:00')).start).toBe(at('2026-03-09T02:30-04:00'))
  })

  it('hands over at the first of two equal hours, once', () => {
    const schedule = { ...newYork, handoff: '01:30', start: '2026-10-31' }
    expect(onCall(schedule, [], at('2026-11-01T01:29:59-04:00'))).toBe('a')
    expect(onCall(schedule, [], at('2026-11-01T01:30:00-04:00'))).toBe('b')
    expect(onCall(schedule, [], at('2026-11-01T01:15:00-05:00'))).toBe('b')
    expect(onCall(schedule, [], at('2026-11-01T01:30:00-05:00'))).toBe('b')
    expect(onCall(schedule, [], at('2026-11-02T01:30:00-05:00'))).toBe('a')
  })

  it('knows zones that change by half an hour', () => {
    const schedule = { rotation: ['a', 'b'], timezone: 'Australia/Lord_Howe', handoff: '02:15', start: '2026-10-03' }
    expect(shiftAt(schedule, at('2026-10-04T12:00+11:00')).start).toBe(at('2026-10-04T02:30+11:00'))
  })

  it('lets a day that a country skipped pass in no time', () => {
    const schedule = { rotation: ['a', 'b', 'c'], timezone: 'Pacific/Apia', handoff: '00:00', start: '2011-12-29' }
    expect(onCall(schedule, [], at('2011-12-29T23:59:59-10:00'))).toBe('a')
    expect(onCall(schedule, [], at('2011-12-31T00:00:00+14:00'))).toBe('c')
  })
})

describe('an override', () => {
  const override: Override = { schedule: 'sre', contact: 'zhao', from: '2026-12-05 18:00', to: '2026-12-07 09:00' }

  it.each([
    ['2026-12-05T17:59:59+08:00', 'wang', 'not before it begins'],
    ['2026-12-05T18:00:00+08:00', 'zhao', 'from its first instant'],
    ['2026-12-07T08:59:59+08:00', 'zhao', 'to its last'],
    ['2026-12-07T09:00:00+08:00', 'wang', 'then the rotation goes on'],
  ])('at %s it is %s: %s', (instant, contact) => {
    expect(onCall(weekly, [override], at(instant))).toBe(contact)
  })

  it('listed later goes before an earlier one', () => {
    const inside: Override = { ...override, contact: 'chen', from: '2026-12-06 00:00', to: '2026-12-06 12:00' }
    const both = [override, inside]
    expect(onCall(weekly, both, at('2026-12-06T11:59+08:00'))).toBe('chen')
    expect(onCall(weekly, both, at('2026-12-06T12:00+08:00'))).toBe('zhao')
    expect(onCall(weekly, both.toReversed(), at('2026-12-06T11:59+08:00'))).toBe('zhao')
  })

  it('that begins and ends at hours which come twice takes the first and the last', () => {
    const twice = { ...override, from: '2026-11-01 01:30', to: '2026-11-01 01:30' }
    expect(overrideSpan(twice, 'America/New_York')).toEqual({
      start: at('2026-11-01T01:30-04:00'),
      end: at('2026-11-01T01:30-05:00'),
    })
  })

  it('at hours that do not exist takes the end of the gap', () => {
    const skipped = { ...override, from: '2026-03-08 02:10', to: '2026-03-08 02:50' }
    const end = at('2026-03-08T03:00-04:00')
    expect(overrideSpan(skipped, 'America/New_York')).toEqual({ start: end, end })
  })
})

describe('who is next', () => {
  const inLinsWeek = at('2026-11-25T12:00+08:00')
  const inTansWeek = at('2026-12-08T12:00+08:00')
  const standIn = (contact: string): Override => ({
    schedule: 'sre',
    contact,
    from: '2026-11-25 00:00',
    to: '2026-11-26 00:00',
  })

  it('is the one after in the rotation, the first after the last', () => {
    expect(nextOnCall(weekly, [], inLinsWeek)).toBe('wang')
    expect(nextOnCall(weekly, [], inTansWeek)).toBe('lin')
  })

  it('is never who is on call already', () => {
    expect(nextOnCall(weekly, [standIn('wang')], inLinsWeek)).toBe('tan')
    expect(nextOnCall({ ...weekly, rotation: ['lin', 'lin', 'wang'] }, [], inLinsWeek)).toBe('wang')
  })

  it('is whom the rotation has next, whoever stands in now', () => {
    expect(nextOnCall(weekly, [standIn('zhao')], inLinsWeek)).toBe('wang')
  })

  it.each([
    { reached: ['lin'], next: 'wang', why: 'after who is on call' },
    { reached: ['lin', 'wang'], next: 'tan', why: 'after the last that was reached' },
    { reached: ['zhao'], next: 'wang', why: 'others say nothing of the rotation' },
    { reached: ['lin', 'tan'], next: 'wang', why: 'round to those who were left out' },
    { reached: ['lin', 'wang', 'tan'], next: 'wang', why: 'all anew, and never nobody' },
  ])('of $reached is $next: $why', ({ reached, next }) => {
    expect(nextOnCall(weekly, [], inLinsWeek, reached)).toBe(next)
  })

  it('is nobody in a rotation of one, unless somebody stands in', () => {
    const alone = { ...weekly, rotation: ['lin'] }
    expect(nextOnCall(alone, [], inLinsWeek)).toBeUndefined()
    expect(nextOnCall(alone, [standIn('zhao')], inLinsWeek)).toBe('lin')
  })
})

describe('any rotation', () => {
  const zones = ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago', 'UTC']
  const days = ['', 'Mon ', 'Wed ', 'Sun ']
  const two = (number: number) => String(number).padStart(2, '0')
  const schedules = fc.record({
    rotation: fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e'), { minLength: 1 }),
    handoff: fc
      .tuple(fc.constantFrom(...days), fc.nat(23), fc.nat(59))
      .map(([day, hour, minute]) => `${day}${two(hour)}:${two(minute)}`),
    timezone: fc.constantFrom(...zones),
    start: fc.nat(3_650).map((offset) => Temporal.PlainDate.from('2020-01-01').add({ days: offset }).toString()),
  })
  const instants = fc.integer({ min: at('2015-01-01T00:00Z'), max: at('2035-01-01T00:00Z') })

  it('has exactly one contact on call, in shifts without gap or overlap', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, instant) => {
        const shift = shiftAt(schedule, instant)
        expect(schedule.rotation).toContain(shift.contact)
        expect(shift.start).toBeLessThanOrEqual(instant)
        expect(shift.end).toBeGreaterThan(instant)
        expect(shiftAt(schedule, shift.start)).toEqual(shift)
        expect(shiftAt(schedule, shift.end - 1)).toEqual(shift)
        const after = shiftAt(schedule, shift.end)
        expect(after.start).toBe(shift.end)
        const order = schedule.rotation
        expect(after.contact).toBe(order[(order.indexOf(shift.contact) + 1) % order.length])
      }),
    )
  })

  it('hands over when the clock on the wall says so, or at the end of the gap that skips that hour', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, instant) => {
        const { start, end } = shiftAt(schedule, instant)
        const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(schedule.timezone)
        const [time = '', day] = schedule.handoff.split(' ').reverse()
        const wanted = local.toPlainDate().toPlainDateTime(time)
        const isSkipped = !wanted
          .toZonedDateTime(schedule.timezone, { disambiguation: 'earlier' })
          .toPlainDateTime()
          .equals(wanted)
        if (!isSkipped) expect(local.toPlainTime().toString({ smallestUnit: 'minute' })).toBe(time)
        else expect(local.subtract({ nanoseconds: 1 }).offset).not.toBe(local.offset)
        if (day) expect(local.dayOfWeek).toBe(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(day) + 1)
        const length = end - start
        expect(Math.abs(length - (day ? 7 : 1) * DAY)).toBeLessThanOrEqual(HOUR)
      }),
    )
  })

  it('gives the first contact the first day', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const [time = ''] = schedule.handoff.split(' ').reverse()
        const handoff = Temporal.PlainDate.from(schedule.start).toPlainDateTime(time).toZonedDateTime(schedule.timezone)
        expect(onCall(schedule, [], handoff.epochMilliseconds)).toBe(schedule.rotation[0])
      }),
    )
  })

  it('has nobody next but others of the rotation', () => {
    fc.assert(
      fc.property(schedules, instants, (schedule, instant) => {
        const next = nextOnCall(schedule, [], instant)
        const after = onCall(schedule, [], shiftAt(schedule, instant).end)
        expect(next).toBe(schedule.rotation.length === 1 ? undefined : after)
        expect(next).not.toBe(onCall(schedule, [], instant))
      }),
    )
  })
})
