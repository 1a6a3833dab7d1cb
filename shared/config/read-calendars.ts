import { daysOf } from '../oncall/calendars/calendar.ts'
import { publicHolidays } from '../oncall/calendars/registry.ts'
import type { CalendarDays } from '../oncall/plan.ts'

/** The calendars that a schedule's `holidays` may name. */
export function knownCalendars(): Record<string, CalendarDays> {
  return Object.fromEntries(Object.entries(publicHolidays).map(([name, years]) => [name, daysOf(years)]))
}
