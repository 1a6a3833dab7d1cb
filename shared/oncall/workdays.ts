import type { Temporal } from 'temporal-polyfill'
import type { CalendarDays } from './plan.ts'

/**
 * Whether people work on a day: Monday to Friday unless a calendar says otherwise. Of several calendars, one that has it as a working
 * day goes before one that has it off.
 */
export function isWorkday(date: Temporal.PlainDate, calendars: CalendarDays[]): boolean {
  const text = date.toString()
  if (calendars.some(({ working }) => working.includes(text))) return true
  if (calendars.some(({ off }) => off.includes(text))) return false
  return date.dayOfWeek <= 5
}
