import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as asked from '../../shared/oncall/on-call.ts'
import type { Directory, Override, Rotation, Schedule } from '../../shared/oncall/plan.ts'
import * as changing from '../../shared/oncall/rotation-change.ts'

type Simple = Rotation & { timezone: string }

const people = ['lin', 'wang', 'zhao', 'tan', 'chen']
const directoryOf = (schedule: Schedule, overrides: Override[] = []): Directory => ({
  contacts: Object.fromEntries(people.map((name) => [name, { name }])),
  schedules: { sre: schedule },
  overrides,
})
const onCall = (schedule: Schedule, overrides: Override[], at: number) =>
  asked.onCall(directoryOf(schedule, overrides), 'sre', at).contacts.join(' + ')
const keepingPresent = (before: Schedule, after: Schedule, at: number) =>
  changing.keepingPresent(directoryOf(before), directoryOf(after), 'sre', at) as Simple & Schedule

const weekly: Simple = {
  rotation: ['lin', 'wang', 'zhao'],
  handoff: 'Mon 10:00',
  timezone: 'Asia/Shanghai',
  start: '2026-01-05',
}
/** A Wednesday: wang's week, the 47th after the start. */
const now = Date.parse('2026-11-25T12:00:00+08:00')

describe('whoever is on call finishes the shift', () => {
  it.each([
    [{ rotation: ['lin', 'wang', 'zhao', 'tan'] }, 'a name more at the end'],
    [{ rotation: ['tan', 'lin', 'wang', 'zhao'] }, 'a name more at the beginning'],
    [{ rotation: ['wang', 'zhao'] }, 'a name less'],
    [{ rotation: ['zhao', 'wang', 'lin'] }, 'another order'],
    [{ handoff: '10:00' }, 'daily instead of weekly'],
    [{ start: '2026-02-02' }, 'another start'],
    [{ handoff: 'Fri 09:00', timezone: 'Europe/Berlin' }, 'another hand-off elsewhere'],
  ])('%j: %s', (changes, _reason) => {
    const after = keepingPresent(weekly, { ...weekly, ...changes }, now)
    expect(onCall(after, [], now)).toBe(onCall(weekly, [], now))
    expect(after).toEqual({ ...weekly, ...changes, start: after.start })
  })

  it.each([
    ['every hour', '2026-11-25T13:00'],
    ['every 5 hours 03:20', '2026-11-25T13:20'],
  ])('also in turns of hours, and is on call no longer than that: %s', (handoff, next) => {
    const hourly = { ...weekly, rotation: ['lin', 'wang', 'zhao'], handoff, start: '2026-11-25' }
    const kept = keepingPresent(hourly, { ...hourly, rotation: ['tan', 'lin', 'wang', 'zhao'] }, now)
    const present = onCall(hourly, [], now)
    const handoffAt = Date.parse(`${next}+08:00`)
    expect([now, handoffAt - 1].map((at) => onCall(kept, [], at))).toEqual([present, present])
    expect(onCall(kept, [], handoffAt)).not.toBe(present)
    expect(kept).not.toHaveProperty('keep')
  })

  it('moves nothing that need not move', () => {
    expect(keepingPresent(weekly, weekly, now)).toEqual(weekly)
  })

  it('though the rotation lacks them, and the order goes on behind them', () => {
    const withoutHer = { ...weekly, rotation: ['lin', 'tan', 'zhao'] }
    expect(onCall(weekly, [], now)).toBe('wang')
    const kept = keepingPresent(weekly, withoutHer, now)
    const handoffs = ['2026-11-30T09:59', '2026-11-30T10:00', '2026-12-07T10:00', '2026-12-14T10:00']
    expect(handoffs.map((text) => onCall(kept, [], Date.parse(`${text}+08:00`)))).toEqual([
      'wang',
      'zhao',
      'lin',
      'tan',
    ])
    expect(asked.nextOnCall(directoryOf(kept), 'sre', now)).toEqual(['zhao'])
  })

  it('unless they are no contact any more', () => {
    const after = directoryOf({ ...weekly, rotation: ['lin', 'tan'] })
    const { wang: _, ...contacts } = after.contacts
    const kept = changing.keepingPresent(directoryOf(weekly), { ...after, contacts }, 'sre', now)
    expect(kept).not.toHaveProperty('keep')
  })

  it('though windows move, to the end of the window they were in', () => {
    const office = { ...weekly, during: ['Mon-Fri 09:00-18:00'] }
    const kept = keepingPresent(office, { ...office, during: ['Mon-Fri 09:00-11:00'] }, now)
    expect([onCall(kept, [], now), kept.keep]).toEqual([
      'wang',
      { contacts: ['wang'], until: Date.parse('2026-11-25T18:00+08:00') },
    ])
  })

  it('in the order that goes on, where a name has several turns', () => {
    const twice = { ...weekly, rotation: ['wang', 'lin', 'wang', 'zhao'], start: '2026-11-23' }
    const kept = keepingPresent(twice, { ...twice, rotation: ['wang', 'zhao', 'wang', 'lin'] }, now)
    expect(asked.nextOnCall(directoryOf(kept), 'sre', now)).toEqual(['lin'])
  })

  it('whatever the rotations are, and again when it is applied again', () => {
    const schedule = fc.record({
      rotation: fc.shuffledSubarray(people, { minLength: 1 }),
      handoff: fc.constantFrom(
        '10:00',
        'Mon 10:00',
        'every 2 weeks Sun 00:30',
        'Mon,Fri 18:00',
        'monthly 15 08:00',
        'every hour',
        'every 5 hours 03:20',
      ),
      timezone: fc.constantFrom('Asia/Shanghai', 'America/New_York'),
      start: fc.constantFrom('2020-02-29', '2026-11-02', '2027-06-01'),
    })
    fc.assert(
      fc.property(schedule, schedule, (before, after) => {
        const kept = keepingPresent(before, after, now)
        expect(onCall(kept, [], now)).toBe(onCall(before, [], now))
        const { keep, ...later } = kept
        if (keep) expect(onCall(kept, [], keep.until)).toBe(onCall(later, [], keep.until))
        expect(keepingPresent(kept, after, now)).toEqual(kept)
      }),
      { numRuns: 25 },
    )
  })
})

describe('who changes when', () => {
  const told = (after: Schedule) =>
    changing
      .shiftChanges(directoryOf(weekly), directoryOf(after), 'sre', now)
      .map(
        ({ from, before, after }) =>
          `${new Date(from + 8 * 3_600_000).toISOString().slice(0, 16)} ${before} → ${after}`,
      )

  it('is nobody when nothing changes', () => {
    expect(told(weekly)).toEqual([])
  })

  it('names each shift that another person has, for eight weeks', () => {
    expect(told(keepingPresent(weekly, { ...weekly, rotation: ['lin', 'wang', 'zhao', 'tan'] }, now))).toEqual([
      '2026-12-07T10:00 lin → tan',
      '2026-12-14T10:00 wang → lin',
      '2026-12-21T10:00 zhao → wang',
      '2026-12-28T10:00 lin → zhao',
      '2027-01-04T10:00 wang → tan',
      '2027-01-11T10:00 zhao → lin',
      '2027-01-18T10:00 lin → wang',
    ])
  })

  it('says at once when somebody takes over at once', () => {
    expect(told({ ...weekly, rotation: ['zhao'] })[0]).toBe('2026-11-25T12:00 wang → zhao')
  })
})
