import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../contracts/words.ts'
import { isDate, isTime, localTime, wallTime, withWholeHour } from './clock.ts'
import { dayNumber } from './handoff.ts'

/**
 * The wall-clock time that somebody means by `Sat 18:00` or `18:00` (the next one after an instant), `now`, `2026-12-05` or
 * `2026-12-05 18:00`, as `YYYY-MM-DD HH:MM`. Undefined for anything else.
 */
export function timeMeant(text: string, after: Instant, timezone: string): string | undefined {
  const local = localTime(after, timezone)
  const written = withWholeHour(text.trim().replace(/(?<=\d)T/, ' ')).replace(/(:\d\d):00$/, '$1')
  if (written === 'now') return shown(local)
  if (isDate(written)) return `${written} 00:00`
  if (isTime(written)) return written
  const [, day, hour = '', minute = ''] = /^(?:([A-Z][a-z]{2}) )?(\d{1,2}):(\d\d)$/.exec(written) ?? []
  const number = day === undefined ? undefined : dayNumber(day)
  if (Number(hour) > 23 || Number(minute) > 59 || hour === '' || (day !== undefined && number === undefined))
    return undefined
  const today = local.toPlainDate()
  const ahead = number === undefined ? 0 : (number - today.dayOfWeek + 7) % 7
  const meant = today.add({ days: ahead }).toPlainDateTime({ hour: Number(hour), minute: Number(minute) })
  const isPast = Temporal.PlainDateTime.compare(meant, local) <= 0
  return shown(isPast ? meant.add({ days: number === undefined ? 1 : 7 }) : meant)
}

/** The same as an instant, the first that the clock shows so; also what names its own offset, as `2026-12-05T18:00:00+08:00`. */
export function instantMeant(text: string, after: Instant, timezone: string): Instant | undefined {
  const at = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  const meant = timeMeant(text, after, timezone)
  return meant === undefined ? undefined : wallTime(meant, timezone, 'first')
}

function shown(time: Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'minute' }).replace('T', ' ')
}
