import { Temporal } from 'temporal-polyfill'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { instantOf } from '../../shared/oncall/clock.ts'
import type { Shift } from '../../shared/oncall/shifts.ts'
import { width } from '../table.ts'

/** A day has so many columns: half an hour each. */
const COLUMNS = 48
const HOURS = [0, 6, 12, 18]

/** `A lin`, `B wang + tan`: who a letter stands for, in the order of their first shift. */
type Legend = Map<string, string>

/**
 * A schedule's days as lines of a terminal: a letter for each half hour of the clock on the wall, `·` where nobody is on call, and below
 * them who the letters are.
 */
export function calendarLines(
  shifts: Shift[],
  first: Temporal.PlainDate,
  days: number,
  timezone: string,
  language: Language,
): string[] {
  const legend: Legend = new Map()
  const head =
    ' '.repeat(LABEL) +
    HOURS.map((hour) =>
      String(hour)
        .padStart(2, '0')
        .padEnd(COLUMNS / 4),
    ).join('')
  const lines = Array.from({ length: days }, (_, index) =>
    dayLine(shifts, first.add({ days: index }), timezone, legend, language),
  )
  const told = [...legend].map(([names, letter]) => `${letter} ${names}`)
  return [head.trimEnd(), ...lines, ' '.repeat(LABEL) + told.join('   ')]
}

/** `Mon 11-23  `. */
const LABEL = 11
const weekdays: Record<Language, string[]> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
}

function dayLine(
  shifts: Shift[],
  date: Temporal.PlainDate,
  timezone: string,
  legend: Legend,
  language: Language,
): string {
  const letters = Array.from({ length: COLUMNS }, (_, column) => {
    const time = Temporal.PlainTime.from({ hour: Math.floor(column / 2), minute: (column % 2) * 30 })
    return letterAt(shifts, instantOf(date.toPlainDateTime(time), timezone, 'first'), legend)
  })
  const label = `${weekdays[language][date.dayOfWeek - 1]} ${date.toString().slice(5)}`
  return label + ' '.repeat(LABEL - width(label)) + letters.join('')
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
