import { Temporal } from 'temporal-polyfill'

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const DAY = `(?:${days.join('|')})`
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]\\d'

/** All forms of a hand-off: daily, weekly, on several days a week, every n hours, days, weeks or months, and monthly. */
export const HANDOFF = new RegExp(
  `^(?:(?:${DAY}(?:,${DAY})* )?${TIME}|every (?:hour|[1-9]\\d{0,2} hours)(?: ${TIME})?|every [1-9]\\d{0,2} days ${TIME}` +
    `|every [1-9]\\d? weeks ${DAY} ${TIME}|(?:monthly|every [1-9]\\d? months) (?:[1-9]|[12]\\d|3[01]) ${TIME})$`,
)

/** When people hand over, by the clock on the wall. Turn 0 is the one in which the start lies. */
export interface Handoff {
  /** When a turn begins. */
  wallClock(turn: number): Temporal.PlainDateTime
  /** A turn that begins near a time: by how much it is off, whoever asks finds out. */
  turnNear(local: Temporal.PlainDateTime): number
  /** The start that begins so many turns later, or earlier. */
  startMovedBy(turns: number): string
}

/** 1 is Monday. Undefined for what is no day. */
export function dayNumber(text: string): number | undefined {
  const index = days.indexOf(text)
  return index < 0 ? undefined : index + 1
}

/** Whether people hand over by the hour: then a start may have a time, by which all hand-offs go. */
export function isByHours(handoff: string): boolean {
  return /^every (?:hour|\d+ hours)\b/.test(handoff)
}

/**
 * Reads a hand-off that `HANDOFF` takes. Turns are wall-clock lengths counted from the start, months by the calendar: the 31st is a
 * shorter month's last day.
 */
export function parseHandoff(handoff: string, start: string): Handoff {
  const [kind = '', ...words] = handoff.split(' ')
  const time = Temporal.PlainTime.from(words.at(-1)?.includes(':') ? (words.at(-1) ?? '') : readTime(kind))
  const date = Temporal.PlainDate.from(start)
  const count = kind === 'every' ? Number(words[0]) : 1
  if (kind === 'monthly' || words[1] === 'months') return monthly(date, time, count, Number(words.at(-2)))
  if (words[1] === 'weeks') return onWeekdays(date, time, count, [words[2] ?? ''])
  const first = start.includes(':') ? Temporal.PlainDateTime.from(start) : date.toPlainDateTime(time)
  if (isByHours(handoff)) return everySo(first, time, 'hours', Number.isNaN(count) ? 1 : count)
  if (kind === 'every' || kind.includes(':')) return everySo(first, time, 'days', count)
  return onWeekdays(date, time, 1, kind.split(','))
}

/** `every 4 hours` begins at midnight. */
function readTime(text: string): string {
  return text.includes(':') ? text : '00:00'
}

function everySo(
  first: Temporal.PlainDateTime,
  time: Temporal.PlainTime,
  unit: 'hours' | 'days',
  count: number,
): Handoff {
  const hours = count * (unit === 'days' ? 24 : 1)
  return {
    wallClock: (turn) => first.add({ [unit]: turn * count }),
    turnNear: (local) => Math.floor(local.since(first, { largestUnit: 'hours' }).total('hours') / hours),
    startMovedBy: (turns) => startAt(first.add({ [unit]: turns * count }), time),
  }
}

/** A day alone begins at the hand-off's own time. */
function startAt(local: Temporal.PlainDateTime, time: Temporal.PlainTime): string {
  const date = local.toPlainDate().toString()
  return local.toPlainTime().equals(time) ? date : `${date} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

/** The first turn has the days in which the start lies: from the hand-off on that day or the last one before it. */
function onWeekdays(date: Temporal.PlainDate, time: Temporal.PlainTime, weeks: number, names: string[]): Handoff {
  const numbers = [...new Set(names.map((name) => dayNumber(name) ?? 1))].sort((a, b) => a - b)
  const index = numbers.findLastIndex((number) => number <= date.dayOfWeek)
  // Before the week's first hand-off it is still the last one's turn of the week before.
  const monday = date.subtract({ days: date.dayOfWeek - 1 + (index < 0 ? 7 : 0) })
  const firstIndex = index < 0 ? numbers.length - 1 : index
  const wallClock = (turn: number) => {
    const position = firstIndex + turn
    const week = Math.floor(position / numbers.length)
    const number = numbers[position - week * numbers.length] ?? 1
    return monday.add({ days: week * weeks * 7 + number - 1 }).toPlainDateTime(time)
  }
  return {
    wallClock,
    startMovedBy: (turns) => wallClock(turns).toPlainDate().toString(),
    turnNear(local) {
      const elapsed = local.toPlainDate().since(monday, { largestUnit: 'days' }).days
      return Math.floor(elapsed / (7 * weeks)) * numbers.length
    },
  }
}

function monthly(date: Temporal.PlainDate, time: Temporal.PlainTime, months: number, day: number): Handoff {
  const on = (month: Temporal.PlainYearMonth) => month.toPlainDate({ day: Math.min(day, month.daysInMonth) })
  const month = date.toPlainYearMonth()
  const first = Temporal.PlainDate.compare(on(month), date) > 0 ? month.subtract({ months: 1 }) : month
  const dateOf = (turn: number) => on(first.add({ months: turn * months }))
  return {
    wallClock: (turn) => dateOf(turn).toPlainDateTime(time),
    startMovedBy: (turns) => dateOf(turns).toString(),
    turnNear({ year, month: of }) {
      return Math.floor(((year - first.year) * 12 + of - first.month) / months)
    },
  }
}
