import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../contracts/words.ts'

/** An IANA zone such as `Asia/Shanghai` or `UTC`; an offset such as `+08:00` is none. */
export function isZone(text: string): boolean {
  return /^[A-Za-z]/.test(text) && succeeds(() => new Temporal.ZonedDateTime(0n, text))
}

/** `YYYY-MM-DD`, and a day that exists. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && succeeds(() => Temporal.PlainDate.from(text))
}

/** `YYYY-MM-DD HH:MM`, and a day that exists. */
export function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text) && succeeds(() => Temporal.PlainDateTime.from(text))
}

/** `09:00` for `9:00`, be it alone or behind a day. */
export function withWholeHour(text: string): string {
  return text.replace(/(^| )(\d:)/, '$10$2')
}

/**
 * When a clock on the wall of `zone` shows `local`. A time that daylight saving skips is the first instant after the gap; one
 * that comes twice is its `first` or its `last` occurrence.
 */
export function instantOf(local: Temporal.PlainDateTime, zone: string, occurrence: 'first' | 'last'): Instant {
  const disambiguation = occurrence === 'first' ? 'earlier' : 'later'
  const zoned = local.toZonedDateTime(zone, { disambiguation })
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds
  const beforeGap = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return (beforeGap.getTimeZoneTransition('next') ?? beforeGap).epochMilliseconds
}

/** Texts that are kept with their instants: more than a configuration has. */
const MOST_KEPT = 1_000
const kept = new Map<string, Instant>()

/** The same for a time in text, `YYYY-MM-DD HH:MM`. A configuration has few, which each step of each incident asks for. */
export function wallTime(text: string, zone: string, occurrence: 'first' | 'last'): Instant {
  const name = `${occurrence} ${zone} ${text}`
  const known = kept.get(name)
  if (known !== undefined) return known
  const at = instantOf(Temporal.PlainDateTime.from(text), zone, occurrence)
  if (kept.size === MOST_KEPT) kept.clear()
  kept.set(name, at)
  return at
}

/** What a clock on the wall of `zone` shows. */
export function localTime(at: Instant, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime()
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}
