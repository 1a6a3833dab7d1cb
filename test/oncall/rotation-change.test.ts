import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../shared/oncall/plan.ts'
import { onCall } from '../../shared/oncall/rotation.ts'
import { keepingPresent, shiftChanges } from '../../shared/oncall/rotation-change.ts'

const weekly: Schedule = {
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

  it('moves nothing that need not move, and nobody who has left', () => {
    expect(keepingPresent(weekly, weekly, now)).toEqual(weekly)
    const withoutHer = { ...weekly, rotation: ['lin', 'tan'] }
    expect(onCall(weekly, [], now)).toBe('wang')
    expect(keepingPresent(weekly, withoutHer, now)).toEqual(withoutHer)
  })

  it('whatever the rotations are, and again when it is applied again', () => {
    const names = ['lin', 'wang', 'zhao', 'tan', 'chen']
    const schedule = fc.record({
      rotation: fc.shuffledSubarray(names, { minLength: 1 }),
      handoff: fc.constantFrom('10:00', 'Mon 10:00', 'Sun 00:30'),
      timezone: fc.constantFrom('Asia/Shanghai', 'America/New_York'),
      start: fc.constantFrom('2020-02-29', '2026-11-02', '2027-06-01'),
    })
    fc.assert(
      fc.property(schedule, schedule, (before, after) => {
        const kept = keepingPresent(before, after, now)
        const present = onCall(before, [], now)
        if (after.rotation.includes(present)) expect(onCall(kept, [], now)).toBe(present)
        expect(keepingPresent(kept, after, now)).toEqual(kept)
      }),
      { numRuns: 60 },
    )
  })
})

describe('who changes when', () => {
  const told = (after: Schedule, overrides: Parameters<typeof onCall>[1] = []) =>
    shiftChanges({ schedule: weekly, overrides: [] }, { schedule: after, overrides }, now).map(
      ({ from, before, after }) => `${new Date(from + 8 * 3_600_000).toISOString().slice(0, 16)} ${before} → ${after}`,
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
