import { dateAndTime } from '../shared/messages/times.ts'
import type { ShiftChange } from '../shared/oncall/rotation-change.ts'
import { several } from './table.ts'

/** So many of the shifts that change are told for each schedule. */
const TOLD_SHIFTS = 6

/** Who is on call instead of whom, and from when: `  sre: from 2026-11-30 10:00 chen instead of lin`. */
export function shiftLines(schedule: string, changes: ShiftChange[], timezone: string): string[] {
  const lines = changes
    .slice(0, TOLD_SHIFTS)
    .map(
      ({ from, before, after }) =>
        `  ${schedule}: from ${dateAndTime(from, timezone)} ${namesText(after)} instead of ${namesText(before)}`,
    )
  const more = changes.length - lines.length
  return more > 0 ? [...lines, `  ${schedule}: and ${several(more, 'further shift')} within eight weeks`] : lines
}

/** `lin + wang`, or `nobody`. */
export function namesText(names: string[]): string {
  return names.length === 0 ? 'nobody' : names.join(' + ')
}
