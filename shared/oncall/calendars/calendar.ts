import { Temporal } from 'temporal-polyfill'
import type { CalendarDays } from '../plan.ts'

/** One year's public holidays, as they were published. */
export interface YearOfHolidays {
  year: number
  /** Where it is published, and when. */
  source: string
  holidays: Holiday[]
}

interface Holiday {
  name: string
  /** First and last day off; one day alone is both. */
  off: [first: string, last: string]
  /** Saturdays and Sundays that make up for it. */
  working?: string[]
}

/** The days of years that follow each other; known until the end of the last one. */
export function daysOf(years: YearOfHolidays[]): CalendarDays {
  const holidays = years.flatMap((each) => each.holidays)
  const last = Math.max(...years.map(({ year }) => year))
  return {
    until: `${last}-12-31`,
    off: holidays.flatMap(({ off }) => eachDay(...off)),
    working: holidays.flatMap(({ working }) => working ?? []),
  }
}

/** `2026-01-01` to `2026-01-03` are three days. */
export function eachDay(first: string, last: string): string[] {
  const from = Temporal.PlainDate.from(first)
  const count = from.until(last, { largestUnit: 'days' }).days + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => from.add({ days: index }).toString())
}
