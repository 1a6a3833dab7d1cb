import { Temporal } from 'temporal-polyfill'
import { invalid } from './fault.ts'

/** When a timer fires. */
export interface Timetable {
  /** The first time after `ms`, milliseconds since 1970-01-01 UTC; undefined when there is none for years. */
  next(ms: number): number | undefined
}

type Field = Set<number>
const MINUTE_MS = 60_000
const HORIZON_DAYS = 366 * 5
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']

/**
 * The vendor's timer syntax ("Time triggers"): `@every 5m` or `@every 1h`, counted from `since`, or six fields second,
 * minute, hour, day of month, month and day of week (MON to SUN, or 1 to 7), in UTC or behind `CRON_TZ=Area/City `. The
 * second is one number: there is nothing below a minute.
 *
 * @throws {Fault} InvalidArgument saying what is wrong
 */
export function timetable(expression: string, since: number): Timetable {
  const every = /^@every ([1-9]\d{0,5})([mh])$/.exec(expression)
  if (every) return interval(Number(every[1]) * (every[2] === 'h' ? 60 : 1) * MINUTE_MS, since)
  if (expression.startsWith('@'))
    throw invalid(`cronExpression: ${expression} is not @every followed by minutes (m) or hours (h)`)
  const [, zone = 'UTC', fields = ''] = /^(?:CRON_TZ=(\S+) )?(.*)$/s.exec(expression) ?? []
  checkZone(zone)
  return calendar(fields, zone)
}

function interval(ms: number, since: number): Timetable {
  return { next: (after) => since + (Math.floor(Math.max(0, after - since) / ms) + 1) * ms }
}

function checkZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  } catch {
    throw invalid(`cronExpression: ${zone} is no time zone`)
  }
}

function calendar(expression: string, zone: string): Timetable {
  const parts = expression.split(' ')
  if (parts.length !== 6) throw invalid(`cronExpression: six fields are wanted, "${expression}" has ${parts.length}`)
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = parts
  if (!/^\d+$/.test(second)) throw invalid(`cronExpression: the second must be one number, ${second} is not`)
  const seconds = field(second, 0, 59)
  const minutes = field(minute, 0, 59)
  const hours = field(hour, 0, 23)
  const days = field(question(day), 1, 31)
  const months = field(month, 1, 12, MONTHS)
  if (weekday.includes('/')) throw invalid('cronExpression: the day of week takes no /')
  const weekdays = field(question(weekday), 1, 7, WEEKDAYS)
  const open = (text: string) => text === '*' || text === '?'

  /** With both days restricted either is enough, as in every cron. */
  function fits(date: Temporal.PlainDate): boolean {
    if (!months.has(date.month)) return false
    const [byDay, byWeekday] = [days.has(date.day), weekdays.has(date.dayOfWeek)]
    return open(day) || open(weekday) ? byDay && byWeekday : byDay || byWeekday
  }

  function* times(date: Temporal.PlainDate): Generator<number> {
    for (const h of sorted(hours))
      for (const m of sorted(minutes))
        for (const s of sorted(seconds)) {
          const local = date.toPlainDateTime({ hour: h, minute: m, second: s })
          const zoned = local.toZonedDateTime(zone)
          // An hour that summer time leaves out does not come.
          if (zoned.toPlainDateTime().equals(local)) yield zoned.epochMilliseconds
        }
  }

  return {
    next(after) {
      let date = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate()
      for (let n = 0; n < HORIZON_DAYS; n++, date = date.add({ days: 1 })) {
        if (!fits(date)) continue
        for (const at of times(date)) if (at > after) return at
      }
    },
  }
}

function question(text: string): string {
  return text === '?' ? '*' : text
}

function sorted(values: Field): number[] {
  return [...values].sort((one, other) => one - other)
}

function field(text: string, min: number, max: number, names: string[] = []): Field {
  const values: Field = new Set()
  for (const item of text.split(',')) {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(item)
    if (!match) throw invalid(`cronExpression: ${text} is no field`)
    const [, star, from = '', to, step] = match
    const first = star ? min : number(from, min, max, names)
    const last = star || (step && !to) ? max : number(to ?? from, min, max, names)
    if (last < first || step === '0') throw invalid(`cronExpression: ${item} is empty`)
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value)
  }
  return values
}

function number(text: string, min: number, max: number, names: string[]): number {
  const named = names.indexOf(text.toUpperCase())
  const value = named < 0 ? Number(text) : named + 1
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalid(`cronExpression: ${text} is not from ${min} to ${max}`)
  }
  return value
}
