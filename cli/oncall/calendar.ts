import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../../shared/contracts/words.ts'
import { instantOf } from '../../shared/oncall/clock.ts'
import type { Shift } from '../../shared/oncall/shifts.ts'

/** A day has so many columns: half an hour each. */
const COLUMNS = 48
const HOURS = [0, 6, 12, 18]

/** `A lin`, `B wang + tan`: who a letter stands for, in the order of their first shift. */
type Legend = Map<string, string>

/**
 * A schedule's days as lines of a terminal: a letter for each half hour of the clock on the wall, `·` where nobody is on call, and below
 * them who the letters are.
 */
export function calendarLines(shifts: Shift[], first: Temporal.PlainDate, days: number, timezone: string): string[] {
  const legend: Legend = new Map()
  const head =
    ' '.repeat(LABEL) +
    HOURS.map((hour) =>
      String(hour)
        .padStart(2, '0')
        .padEnd(COLUMNS / 4),
    ).join('')
  const lines = Array.from({ length: days }, (_, index) =>
    dayLine(shifts, first.add({ days: index }), timezone, legend),
  )
  const told = [...legend].map(([names, letter]) => `${letter} ${names}`)
  return [head.trimEnd(), ...lines, ' '.repeat(LABEL) + told.join('   ')]
}

/** `Mon 11-23  `. */
const LABEL = 11
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function dayLine(shifts: Shift[], date: Temporal.PlainDate, timezone: string, legend: Legend): string {
  const letters = Array.from({ length: COLUMNS }, (_, column) => {
    const time = Temporal.PlainTime.from({ hour: Math.floor(column / 2), minute: (column % 2) * 30 })
    return letterAt(shifts, instantOf(date.toPlainDateTime(time), timezone, 'first'), legend)
  })
  return `${weekdays[date.dayOfWeek - 1]} ${date.toString().slice(5)}`.padEnd(LABEL) + letters.join('')
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function letterAt(shifts: Shift[], at: Instant, legend: Legend): string {
  const contacts = shifts.find(({ start, end }) => start <= at && at < end)?.contacts ?? []
  if (contacts.length === 0) return '·'
  const names = contacts.join(' + ')
  // More than the letters there are: nobody reads such a week by letters.
  if (!legend.has(names)) legend.set(names, LETTERS[legend.size] ?? '?')
  return legend.get(names) ?? '?'
}
