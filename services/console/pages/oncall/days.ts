import type { Instant } from '../../../../shared/contracts/words.ts'
import { instantOf, localTime } from '../../../../shared/oncall/clock.ts'
import type { Shift } from '../../../../shared/oncall/shifts.ts'

/** Who has a part of a day. */
export interface Part {
  /** When it begins; absent: it goes on from the day before. */
  at?: Instant
  contacts: string[]
}

export interface Day {
  start: Instant
  /** `30`, or `12-1` on the first of a month. */
  name: string
  isToday: boolean
  parts: Part[]
}

/** The Monday of the week that a time is in, by a zone. */
export function mondayOf(at: Instant, timezone: string): Instant {
  const day = localTime(at, timezone).toPlainDate()
  return instantOf(day.subtract({ days: day.dayOfWeek - 1 }).toPlainDateTime(), timezone, 'first')
}

/** The days of four weeks from the Monday before now, a week each; days are as long as the zone's clocks have them. */
export function weeksOf(shifts: Shift[], now: Instant, timezone: string): Day[][] {
  const today = localTime(now, timezone).toPlainDate()
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  return Array.from({ length: 4 }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => {
      const date = monday.add({ days: 7 * week + day })
      const start = instantOf(date.toPlainDateTime(), timezone, 'first')
      const end = instantOf(date.add({ days: 1 }).toPlainDateTime(), timezone, 'first')
      return {
        start,
        name: date.day === 1 || (week === 0 && day === 0) ? `${date.month}-${date.day}` : String(date.day),
        isToday: date.equals(today),
        parts: partsOf(shifts, start, end),
      }
    }),
  )
}

function partsOf(shifts: Shift[], start: Instant, end: Instant): Part[] {
  const parts: Part[] = []
  for (const shift of shifts) {
    if (shift.end <= start || shift.start >= end) continue
    // A new shift of the same people is none that anybody would see.
    if (parts.length > 0 && String(parts.at(-1)?.contacts) === String(shift.contacts)) continue
    parts.push({ contacts: shift.contacts, ...(shift.start > start && { at: shift.start }) })
  }
  return parts
}
