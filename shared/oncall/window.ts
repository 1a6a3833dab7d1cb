import type { Temporal } from 'temporal-polyfill'
import { DAY_MS } from '../contracts/milliseconds.ts'
import type { Instant } from '../contracts/words.ts'
import { instantOf, localTime } from './clock.ts'
import { dayNumber } from './handoff.ts'
import type { CalendarDays } from './plan.ts'
import { isWorkday } from './workdays.ts'

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const DAYS = `(?:workdays|offdays|${DAY}(?:[-,]${DAY})*)`
const FROM = '(?:[01]?\\d|2[0-3]):[0-5]\\d'
const TO = '(?:(?:[01]?\\d|2[0-3]):[0-5]\\d|24:00)'

/** `Mon-Fri 09:00-18:00`, `18:00-09:00`, `Sat,Sun`, `workdays 09:00-18:00`, or from one day to another: `Fri 18:00-Mon 09:00`. */
export const WINDOW = new RegExp(`^(?:${DAYS}|(?:${DAYS} )?${FROM}-${TO}|${DAY} ${FROM}-${DAY} ${TO})$`)

/** Where wall clocks and working days are those of. */
export interface Place {
  timezone: string
  calendars: CalendarDays[]
}

/** It begins on each day that `on` takes, and ends so many days later. */
interface Window {
  on(date: Temporal.PlainDate, calendars: CalendarDays[]): boolean
  from: string
  to: string
  days: number
}

/** Whether an instant is in one of the windows. */
export function isWithin(windows: string[], at: Instant, place: Place): boolean {
  const date = localTime(at, place.timezone).toPlainDate()
  return windows.map(parseWindow).some((window) =>
    // The day is looked at from both sides: at a change of the clocks an end may lie beyond its day.
    spans(window, date, -window.days - 1, 0, place).some(({ start, end }) => start <= at && at < end),
  )
}

/** A Monday. */
const ANY_WEEK = Date.UTC(2024, 0, 1)
const WEEK_DAYS = 7

/** Whether windows cover all of a week, where only Saturdays and Sundays are days off. */
export function leavesNoTime(windows: string[]): boolean {
  const place = { timezone: 'UTC', calendars: [] }
  for (let at = ANY_WEEK; at < ANY_WEEK + WEEK_DAYS * DAY_MS; at = nextEdge(windows, at, place))
    if (!isWithin(windows, at, place)) return false
  return true
}

/** As far as edges are looked for: longer than any run of days off. Beyond it, nothing is known to change. */
const AHEAD_DAYS = 14

/** The next begin or end of a window after an instant, or an instant before it at which nothing changes. */
export function nextEdge(windows: string[], at: Instant, place: Place): Instant {
  const date = localTime(at, place.timezone).toPlainDate()
  return Math.min(...windows.map((text) => edgeOf(parseWindow(text), at, date, place)))
}

/** Days are looked at one by one, and those which begin after an edge that was found, not at all: each costs two readings of a zone. */
function edgeOf(window: Window, at: Instant, date: Temporal.PlainDate, place: Place): Instant {
  let edge = at + AHEAD_DAYS * DAY_MS
  for (let day = -window.days - 1; day <= AHEAD_DAYS + 1 && edge > at + (day - 2) * DAY_MS; day++) {
    const edges = spans(window, date, day, day, place).flatMap(({ start, end }) => [start, end])
    edge = Math.min(edge, ...edges.filter((each) => each > at))
  }
  return edge
}

/** What a window covers that begins on the days around a date; an hour that comes twice begins with its first and ends with its last. */
function spans({ on, from, to, days }: Window, date: Temporal.PlainDate, first: number, last: number, place: Place) {
  const found: { start: Instant; end: Instant }[] = []
  for (let offset = first; offset <= last; offset++) {
    const day = date.add({ days: offset })
    if (!on(day, place.calendars)) continue
    const start = instantOf(day.toPlainDateTime(from), place.timezone, 'first')
    const end = instantOf(day.add({ days }).toPlainDateTime(to), place.timezone, 'last')
    if (start < end) found.push({ start, end })
  }
  return found
}

function parseWindow(text: string): Window {
  const whole = /^(\S+) (\d+:\d+)-([A-Z]\w+) (\d+:\d+)$/.exec(text)
  if (whole) {
    const [, first = '', from = '', last = '', to = ''] = whole
    const apart = ((dayNumber(last) ?? 1) - (dayNumber(first) ?? 1) + 7) % 7
    return clocks(from, to, (days) => ({ on: onDays(first), days: apart === 0 ? days * 7 : apart }))
  }
  const [times, days] = text.split(' ').reverse()
  if (times === undefined || !times.includes(':')) return { on: onDays(text), from: '00:00', to: '00:00', days: 1 }
  const [from = '', to = ''] = times.split('-')
  return clocks(from, to, (overnight) => ({ on: days === undefined ? () => true : onDays(days), days: overnight }))
}

/** `rest` is told whether the second time is on the next day, 1, or on the same one, 0. */
function clocks(from: string, to: string, rest: (days: number) => Pick<Window, 'on' | 'days'>): Window {
  const [begin, end] = [padded(from), padded(to)]
  const made = rest(end <= begin ? 1 : 0)
  return end === '24:00'
    ? { ...made, from: begin, to: '00:00', days: made.days + 1 }
    : { ...made, from: begin, to: end }
}

const padded = (time: string) => time.padStart('HH:MM'.length, '0')

function onDays(text: string): Window['on'] {
  if (text === 'workdays') return (date, calendars) => isWorkday(date, calendars)
  if (text === 'offdays') return (date, calendars) => !isWorkday(date, calendars)
  const numbers = new Set(text.split(',').flatMap(rangeOf))
  return ({ dayOfWeek }) => numbers.has(dayOfWeek)
}

/** `Sat-Mon` goes over the end of the week. */
function rangeOf(text: string): number[] {
  const [first, last] = text.split('-').map((day) => dayNumber(day) ?? 1)
  if (first === undefined || last === undefined) return first === undefined ? [] : [first]
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => ((first - 1 + index) % 7) + 1)
}
