import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextOnCall, onCall } from '../../shared/oncall/on-call.ts'
import type { Override, Roster, Schedule } from '../../shared/oncall/plan.ts'
import { gapsBetween, shiftsBetween } from '../../shared/oncall/shifts.ts'

const at = (text: string) => Temporal.Instant.from(text.length > 16 ? text : `${text}+08:00`).epochMilliseconds
/** A list and never a function: data that has it is no promise. */
const THEN = 'then'
const frame = { timezone: 'Asia/Shanghai' }
const weekly = { handoff: 'Mon 10:00', start: '2026-11-23' }
const roster = (sre: Schedule, overrides: Override[] = [], others: Record<string, Schedule> = {}): Roster => ({
  schedules: { sre, ...others },
  overrides,
})
const who = (of: Roster, time: string) => onCall(of, 'sre', at(time)).contacts.join(' + ')
const next = (of: Roster, time: string, reached: string[] = []) => nextOnCall(of, 'sre', at(time), reached).join(' + ')

const layered: Schedule = {
  ...frame,
  layers: [
    { ...weekly, rotation: ['lin', 'wang'], during: ['Mon-Fri 09:00-18:00'] },
    { ...weekly, rotation: ['tan', 'zhao'], handoff: '18:00', during: ['Mon-Fri 18:00-09:00'] },
  ],
  [THEN]: ['chen'],
}

describe('layers', () => {
  it.each([
    ['2026-11-25T12:00', 'lin', 'by day'],
    ['2026-11-25T18:00', 'tan', 'by night: the third'],
    ['2026-11-26T18:00', 'zhao', 'the next night'],
    ['2026-11-28T12:00', 'chen', 'at the weekend'],
    ['2026-12-02T12:00', 'wang', 'in the next week'],
  ])('at %s it is %s: %s', (time, expected) => {
    expect(who(roster(layered), time)).toBe(expected)
  })

  it('go before each other in their order', () => {
    const both = {
      ...frame,
      layers: [
        { ...weekly, rotation: ['lin'], during: ['Wed'] },
        { ...weekly, rotation: ['wang'] },
      ],
    }
    expect([who(roster(both), '2026-11-25T12:00'), who(roster(both), '2026-11-26T12:00')]).toEqual(['lin', 'wang'])
  })

  it('count from and until a time, each by its own zone', () => {
    const layers = [
      { ...weekly, rotation: ['lin'], until: '2026-12-07 10:00' },
      { ...weekly, rotation: ['wang'], from: '2026-12-07 10:00', until: '2027-01-01 00:00', timezone: 'Europe/Berlin' },
    ]
    const times = ['2026-12-07T09:59', '2026-12-07T10:00', '2026-12-07T17:00', '2027-01-01T06:59', '2027-01-01T07:00']
    expect(times.map((time) => who(roster({ ...frame, layers }), time))).toEqual(['lin', '', 'wang', 'wang', ''])
  })

  it('reach the next of the layer on duty, and then whoever would come after it', () => {
    expect(next(roster(layered), '2026-11-25T12:00')).toBe('wang')
    expect(next(roster(layered), '2026-11-25T12:00', ['lin', 'wang'])).toBe('chen')
    expect(next(roster(layered), '2026-11-28T12:00')).toBe('')
  })
})

describe('several at once', () => {
  const pairs = roster({ ...frame, ...weekly, rotation: [['lin', 'wang'], 'tan', ['zhao', 'chen']] })

  it('have one turn together', () => {
    expect(['2026-11-25T12:00', '2026-12-02T12:00'].map((time) => who(pairs, time))).toEqual(['lin + wang', 'tan'])
  })

  it('are next together', () => {
    expect(next(pairs, '2026-12-02T12:00')).toBe('zhao + chen')
    expect(next(pairs, '2026-11-25T12:00', ['lin', 'wang', 'tan'])).toBe('zhao + chen')
  })
})

describe('fallbacks', () => {
  const duty: Schedule = { ...frame, ...weekly, rotation: ['tan', 'zhao'] }
  const empty: Schedule = { ...frame, ...weekly, rotation: ['lin'], during: ['Mon'], [THEN]: ['duty', 'chen'] }

  it('are whoever another schedule has on call', () => {
    expect(who(roster(empty, [], { duty }), '2026-12-02T12:00')).toBe('zhao')
  })

  it('follow each other, past who is away', () => {
    const away: Override[] = ['tan', 'zhao'].map((name) => ({
      away: name,
      from: '2026-12-01 00:00',
      to: '2026-12-03 00:00',
    }))
    expect(who(roster(empty, away, { duty }), '2026-12-02T12:00')).toBe('chen')
  })

  it('that fall back on each other have nobody', () => {
    const circle = roster({ ...empty, [THEN]: ['duty'] }, [], { duty: { ...empty, [THEN]: ['sre'] } })
    expect(who(circle, '2026-12-02T12:00')).toBe('')
    expect(gapsBetween(circle, 'sre', at('2026-12-02T12:00'), at('2026-12-03T12:00'))).toHaveLength(1)
  })
})

describe('an override', () => {
  const simple: Schedule = { ...frame, ...weekly, rotation: ['lin', 'wang', 'tan'] }
  const spell = { from: '2026-11-25 00:00', to: '2026-11-26 00:00' }
  const of = { schedule: 'sre', ...spell }
  const noon = '2026-11-25T12:00'

  it.each<[Override, string, string, string]>([
    [{ ...of, contact: 'zhao' }, 'zhao', 'wang', 'somebody stands in'],
    [{ ...of, contact: 'zhao', for: 'lin' }, 'zhao', 'wang', 'for who is on call'],
    [{ ...of, contact: 'zhao', for: 'wang' }, 'lin', 'zhao', 'for who is next'],
    [{ ...of, add: 'zhao' }, 'lin + zhao', 'wang', 'somebody more'],
    [{ ...of, remove: 'lin' }, 'wang', 'tan', 'whoever is next has the turn'],
    [{ ...of, remove: 'wang' }, 'lin', 'tan', 'who is next is not asked'],
    [{ ...of, swap: ['lin', 'wang'] }, 'wang', 'lin', 'two swap'],
    [{ ...of, swap: ['lin', 'zhao'] }, 'zhao', 'wang', 'one of them from outside'],
    [{ ...spell, away: 'lin' }, 'wang', 'tan', 'leave'],
    [{ ...spell, away: 'wang' }, 'lin', 'tan', 'leave of who is next'],
    [{ ...of, schedule: 'dba', contact: 'zhao' }, 'lin', 'wang', 'of another schedule'],
    [{ ...of, contact: 'zhao', from: '2026-11-24 00:00', to: '2026-11-25 12:00' }, 'lin', 'wang', 'that is just over'],
  ])('%j: %s, next %s: %s', (override, expected, after) => {
    expect([who(roster(simple, [override]), noon), next(roster(simple, [override]), noon)]).toEqual([expected, after])
  })

  it('by who is away counts for nothing', () => {
    const overrides: Override[] = [
      { ...of, contact: 'zhao' },
      { ...spell, away: 'zhao' },
    ]
    expect(who(roster(simple, overrides), noon)).toBe('lin')
  })

  it('leaves one of a pair alone', () => {
    expect(who(roster({ ...simple, rotation: [['lin', 'wang'], 'tan'] }, [{ ...spell, away: 'wang' }]), noon)).toBe(
      'lin',
    )
  })

  it('that takes away everybody leaves a gap', () => {
    const overrides: Override[] = ['lin', 'wang', 'tan'].map((away) => ({ ...spell, away }))
    expect(gapsBetween(roster(simple, overrides), 'sre', at('2026-11-24T12:00'), at('2026-11-27T12:00'))).toEqual([
      { start: at('2026-11-25T00:00'), end: at('2026-11-26T00:00') },
    ])
  })
})

describe('shifts', () => {
  const told = (of: Roster, from: string, to: string) =>
    shiftsBetween(of, 'sre', at(from), at(to)).map(({ contacts, start, end }) => {
      const local = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
      return `${local(start)} – ${local(end)} ${contacts.join(' + ')}`
    })

  it('are whole, side by side, and say who', () => {
    expect(told(roster(layered), '2026-11-27T12:00', '2026-11-30T12:00')).toEqual([
      '11-27 09:00 – 11-27 18:00 lin',
      '11-27 18:00 – 11-28 09:00 tan',
      '11-28 09:00 – 11-30 09:00 chen',
      '11-30 09:00 – 11-30 10:00 lin',
      '11-30 10:00 – 11-30 18:00 wang',
    ])
  })

  it('of a rotation of one are its turns', () => {
    const one = roster({ ...frame, ...weekly, rotation: ['lin'] })
    expect(told(one, '2026-11-25T00:00', '2026-12-01T00:00')).toEqual([
      '11-23 10:00 – 11-30 10:00 lin',
      '11-30 10:00 – 12-07 10:00 lin',
    ])
  })

  it('of a schedule that nobody knows are none', () => {
    expect(shiftsBetween(roster(layered), 'dba', 0, 1)).toEqual([])
  })
})

describe('any schedule', () => {
  const names = ['lin', 'wang', 'tan', 'zhao']
  const turns = fc.array(
    fc.oneof(fc.constantFrom(...names), fc.shuffledSubarray(names, { minLength: 1, maxLength: 2 })),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  const layer = fc.record(
    {
      rotation: turns,
      handoff: fc.constantFrom('every 6 hours 02:30', '02:30', 'Sun 02:30', 'Mon,Fri 18:00', 'monthly 1 10:00'),
      start: fc.constant('2026-10-01'),
      during: fc.constantFrom<string[][]>(['Mon-Fri 09:00-18:00'], ['18:00-09:00'], ['Fri 18:00-Mon 09:00', 'offdays']),
    },
    { requiredKeys: ['rotation', 'handoff', 'start'] },
  )
  const day = fc.integer({ min: 25, max: 31 })
  const override = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...names), day, fc.nat(5))
    .map(([one, other, date, kind]): Override => {
      const spell = { from: `2026-10-${date} 02:30`, to: '2026-11-02 01:30' }
      if (kind === 0) return { away: one, ...spell }
      if (kind === 1) return { schedule: 'sre', contact: one, for: other, ...spell }
      if (kind === 2) return { schedule: 'sre', swap: [one, other], ...spell }
      if (kind === 3) return { schedule: 'sre', add: one, ...spell }
      return { schedule: 'sre', remove: one, ...spell }
    })
  const rosters = fc.record({
    schedules: fc.record({
      sre: fc.record({
        timezone: fc.constantFrom('America/New_York', 'Asia/Shanghai'),
        layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
        [THEN]: fc.constantFrom<string[][]>([], ['chen']),
      }),
    }),
    overrides: fc.array(override, { maxLength: 3 }),
  })

  it('has for each instant whom its shifts show, with nobody twice and nobody who is away', () => {
    const [from, to] = [at('2026-10-30T00:00Z'), at('2026-11-03T00:00Z')]
    fc.assert(
      fc.property(rosters, fc.nat(4 * 96 - 1), (of, quarter) => {
        const instant = from + quarter * 900_000
        const shifts = shiftsBetween(of, 'sre', from, to)
        const shown = shifts.filter(({ start, end }) => start <= instant && instant < end)
        const { contacts } = onCall(of, 'sre', instant)
        expect(shown.map((shift) => shift.contacts)).toEqual([contacts])
        expect(new Set(contacts).size).toBe(contacts.length)
        const following = nextOnCall(of, 'sre', instant)
        expect(following.filter((name) => contacts.includes(name))).toEqual([])
        if (contacts.length === 0) expect(following).toEqual([])
      }),
      { numRuns: 12 },
    )
  })
})
