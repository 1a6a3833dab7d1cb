import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { HANDOFF } from '../../shared/oncall/handoff.ts'
import type { Layer } from '../../shared/oncall/plan.ts'
import { peopleFrom, turnAt } from '../../shared/oncall/rotation.ts'

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds

function personAt(
  handoff: string,
  start: string,
  time: string,
  timezone = 'Asia/Shanghai',
  rotation = ['a', 'b', 'c'],
) {
  const layer = { rotation, handoff, start, timezone }
  return peopleFrom(layer, turnAt(layer, at(time)).number)[0]?.join(' + ')
}

describe('hands over', () => {
  it.each([
    ['every hour', '2026-11-23', '2026-11-23T00:59+08:00', 'a', 'each hour from midnight'],
    ['every hour', '2026-11-23', '2026-11-23T01:00+08:00', 'b', 'on the dot'],
    ['every 12 hours 08:00', '2026-11-23', '2026-11-23T19:59+08:00', 'a', 'by day'],
    ['every 12 hours 08:00', '2026-11-23', '2026-11-23T20:00+08:00', 'b', 'and by night'],
    ['every 12 hours 08:00', '2026-11-23', '2026-11-23T07:59+08:00', 'c', 'and before its start'],
    ['every hour', '2026-11-23 13:00', '2026-11-23T13:59+08:00', 'a', 'counted from the time of the start'],
    ['every 5 hours', '2026-11-23 13:00', '2026-11-23T17:59+08:00', 'a', 'not from midnight'],
    ['every 5 hours', '2026-11-23 13:00', '2026-11-23T18:00+08:00', 'b', 'and then the next'],
    ['every 3 days 09:00', '2026-11-23', '2026-11-26T08:59+08:00', 'a', 'after three days'],
    ['every 3 days 09:00', '2026-11-23', '2026-11-26T09:00+08:00', 'b', 'and not a minute before'],
    ['every 2 weeks Mon 10:00', '2026-11-23', '2026-12-07T09:59+08:00', 'a', 'after two weeks'],
    ['every 2 weeks Mon 10:00', '2026-11-23', '2026-12-07T10:00+08:00', 'b', 'and on the weekday'],
    [
      'every 2 weeks Mon 10:00',
      '2026-11-22',
      '2026-11-30T09:59+08:00',
      'a',
      'the fortnight since the Monday before the start',
    ],
    ['every 2 weeks Mon 10:00', '2026-11-22', '2026-11-30T10:00+08:00', 'b', 'and then the next'],
    ['every 2 weeks Fri 10:00', '2026-11-25', '2026-12-04T09:59+08:00', 'a', 'or the Friday of the week before'],
    ['every 2 weeks Fri 10:00', '2026-11-25', '2026-12-04T10:00+08:00', 'b', 'for a fortnight too'],
    ['every 2 weeks Mon 10:00', '2026-11-23', '2026-11-09T10:00+08:00', 'c', 'and before its start'],
    ['Mon,Fri 18:00', '2026-11-23', '2026-11-27T17:59+08:00', 'a', 'the working week'],
    ['Mon,Fri 18:00', '2026-11-23', '2026-11-27T18:00+08:00', 'b', 'the weekend'],
    ['Mon,Fri 18:00', '2026-11-23', '2026-11-30T18:00+08:00', 'c', 'the next week'],
    ['Fri,Mon 18:00', '2026-11-29', '2026-11-29T12:00+08:00', 'a', 'a start on Sunday lies in the turn since Friday'],
    ['monthly 1 10:00', '2026-11-23', '2026-12-01T09:59+08:00', 'a', 'the month in which the start lies'],
    ['monthly 1 10:00', '2026-11-23', '2026-12-01T10:00+08:00', 'b', 'the next one'],
    ['monthly 1 10:00', '2026-11-23', '2026-10-31T10:00+08:00', 'c', 'the one before'],
    ['monthly 31 10:00', '2026-01-31', '2026-02-28T10:00+08:00', 'b', "a shorter month's last day"],
    ['monthly 31 10:00', '2026-01-31', '2026-03-31T09:59+08:00', 'b', 'and then the 31st again'],
    ['every 3 months 1 10:00', '2026-01-01', '2026-04-01T10:00+08:00', 'b', 'each quarter'],
    ['every 3 months 1 10:00', '2026-01-01', '2025-10-01T10:00+08:00', 'c', 'and the quarter before'],
  ])('%s from %s: at %s it is %s, %s', (handoff, start, time, expected) => {
    expect(personAt(handoff, start, time)).toBe(expected)
  })
})

it.each([
  'every 0 hours',
  'every 0 hours 08:00',
  'every 0 days 08:00',
  'every 0 weeks Mon 08:00',
  'every 0 months 1 08:00',
  'monthly 0 08:00',
  'monthly 32 08:00',
  'Mon 24:00',
])('%s is no hand-off', (handoff) => {
  expect(HANDOFF.test(handoff)).toBe(false)
})

describe('hourly, at a change of the clocks', () => {
  it.each([
    ['2026-03-08T01:59:59-05:00', 'b', 'the hour before the gap'],
    ['2026-03-08T03:00-04:00', 'd', 'the turn of 02:00 takes no time'],
    ['2026-11-01T01:30-04:00', 'b', 'the hour that comes twice'],
    ['2026-11-01T01:30-05:00', 'b', 'is one turn'],
    ['2026-11-01T02:00-05:00', 'c', 'of two hours'],
  ])('at %s it is %s: %s', (time, expected) => {
    const start = time.slice(0, 'YYYY-MM-DD'.length)
    expect(personAt('every hour', start, time, 'America/New_York', ['a', 'b', 'c', 'd'])).toBe(expected)
  })
})

const handoffs = [
  'every hour',
  'every 5 hours 03:20',
  '02:30',
  'every 10 days 01:30',
  'Sun 02:30',
  'Sat,Sun 02:10',
].concat(['every 3 weeks Sun 01:30', 'monthly 31 02:30', 'every 5 months 8 02:30'])
const layers: fc.Arbitrary<Layer & { timezone: string }> = fc.record({
  rotation: fc.constant(['a', 'b', 'c']),
  handoff: fc.constantFrom(...handoffs),
  start: fc.constantFrom('2020-02-29', '2026-03-08', '2026-10-31', '2031-01-01'),
  timezone: fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Shanghai'),
})
/** Around changes of the clocks, where mistakes are. */
const instants = fc
  .tuple(
    fc.constantFrom('2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2019-04-06T15:00Z'),
    fc.nat(96),
  )
  .map(([time, quarters]) => at(time) + (quarters - 48) * 900_000)

describe('every kind of hand-off', () => {
  it('has one turn at each instant, and the next one begins where it ends', () => {
    fc.assert(
      fc.property(layers, instants, (layer, instant) => {
        const turn = turnAt(layer, instant)
        expect(turn.start <= instant && instant < turn.end).toBe(true)
        expect(turnAt(layer, turn.start)).toEqual(turn)
        expect(turnAt(layer, turn.end - 1)).toEqual(turn)
        expect(turnAt(layer, turn.end).start).toBe(turn.end)
      }),
      { numRuns: 40 },
    )
  })

  it('hands over at the time on the wall, or at the end of the gap that skips it', () => {
    fc.assert(
      fc.property(layers, instants, (layer, instant) => {
        const wanted = /\d\d:\d\d$/.exec(layer.handoff)?.[0]
        const { start } = turnAt(layer, instant)
        const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(layer.timezone)
        const isAfterGap = local.subtract({ nanoseconds: 1 }).offset !== local.offset
        const minute = local.toPlainTime().toString({ smallestUnit: 'minute' })
        const isHourly = layer.handoff.includes('hour')
        if (!isAfterGap)
          expect(isHourly ? minute.slice(3) : minute).toBe(isHourly ? (wanted?.slice(3) ?? '00') : wanted)
      }),
      { numRuns: 40 },
    )
  })
})
