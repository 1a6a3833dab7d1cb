import type { Language } from '../shared/contracts/words.ts'
import { dateAndTime } from '../shared/messages/times.ts'
import type { ShiftChange } from '../shared/oncall/rotation-change.ts'
import { applyWords } from './words/apply.ts'
import { several } from './words/counts.ts'

/** So many of the shifts that change are told for each schedule. */
const TOLD_SHIFTS = 6

/** Who is on call instead of whom, and from when: `  sre: from 2026-11-30 10:00 chen instead of lin`. */
export function shiftLines(schedule: string, changes: ShiftChange[], timezone: string, language: Language): string[] {
  const say = applyWords[language]
  const lines = changes
    .slice(0, TOLD_SHIFTS)
    .map(({ from, before, after }) => `  ${say.shift(schedule, dateAndTime(from, timezone), after, before)}`)
  const more = changes.length - lines.length
  return more > 0 ? [...lines, `  ${say.more(schedule, several(more, 'shift', language))}`] : lines
}

/** `lin + wang`, or `nobody`. */
export function namesText(names: string[], language: Language): string {
  return names.length === 0 ? applyWords[language].nobody : names.join(' + ')
}
