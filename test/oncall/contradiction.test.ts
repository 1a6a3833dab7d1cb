import { expect, it } from 'vitest'
import { contradiction } from '../../shared/oncall/contradiction.ts'
import type { Override, Schedule } from '../../shared/oncall/plan.ts'

const schedule = (timezone: string): Schedule => ({
  rotation: ['lin'],
  handoff: '10:00',
  start: '2026-11-23',
  timezone,
})
const schedules = { sre: schedule('Asia/Shanghai'), dba: schedule('America/New_York') }
const spell = { from: '2026-11-25 00:00', to: '2026-11-26 00:00' }
const of = { schedule: 'sre', ...spell }
const standIn: Override = { ...of, contact: 'zhao' }

it.each<[Override, Override, ReturnType<typeof contradiction>, string]>([
  [standIn, { ...of, contact: 'chen' }, 'two-stand-ins', 'two people for all turns'],
  [standIn, { ...of, contact: 'chen', for: 'lin' }, 'two-stand-ins', 'one for all leaves no turn to another'],
  [{ ...standIn, for: 'lin' }, { ...of, contact: 'chen', for: 'wang' }, undefined, 'each for somebody else'],
  [
    standIn,
    { ...of, contact: 'chen', from: '2026-11-26 00:00', to: '2026-11-27 00:00' },
    undefined,
    'one after the other',
  ],
  [
    standIn,
    { ...of, contact: 'chen', from: '2026-11-25 23:59', to: '2026-11-27 00:00' },
    'two-stand-ins',
    'for a minute',
  ],
  [standIn, { ...of, schedule: 'dba', contact: 'chen' }, undefined, 'of another schedule'],
  [standIn, { ...of, add: 'chen' }, undefined, 'somebody more'],
  [standIn, { ...of, remove: 'zhao' }, 'not-there', 'taken off again'],
  [standIn, { ...spell, away: 'zhao' }, 'not-there', 'by who is away'],
  [{ ...standIn, for: 'lin' }, { ...spell, away: 'lin' }, undefined, 'for who is away'],
  [{ ...of, add: 'zhao' }, { ...of, remove: 'zhao' }, 'not-there', 'added and taken off'],
  [{ ...of, swap: ['lin', 'wang'] }, { ...spell, away: 'wang' }, 'not-there', 'a swap with who is away'],
  [{ ...of, swap: ['lin', 'wang'] }, { ...of, swap: ['wang', 'tan'] }, 'swapped-otherwise', 'one in two swaps'],
  [{ ...of, swap: ['lin', 'wang'] }, { ...standIn, for: 'lin' }, 'swapped-otherwise', 'a stand-in for one of a swap'],
  [{ ...of, swap: ['lin', 'wang'] }, { ...of, swap: ['zhao', 'tan'] }, undefined, 'two swaps of others'],
  [{ ...spell, away: 'lin' }, { ...spell, away: 'lin' }, undefined, 'leave is leave'],
])('%j and %j: %s, %s', (one, other, expected) => {
  expect(contradiction(one, other, schedules)).toBe(expected)
  expect(contradiction(other, one, schedules)).toBe(expected)
})

it('leave is read in the zone of the schedule that somebody stands in for', () => {
  const away: Override = { away: 'zhao', from: '2026-11-01 00:00', to: '2026-11-01 01:30' }
  const later: Override = { schedule: 'dba', contact: 'zhao', from: '2026-11-01 01:30', to: '2026-11-02 00:00' }
  // 01:30 comes twice in New York: leave ends with the last one, and whoever stands in begins with the first.
  expect(contradiction(away, later, schedules)).toBe('not-there')
  expect(contradiction(away, { ...later, schedule: 'sre' }, schedules)).toBeUndefined()
})
