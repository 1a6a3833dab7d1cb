import { MINUTE_MS } from '../contracts/milliseconds.ts'
import type { Instant, Language } from '../contracts/words.ts'

/** Making one takes as long as reading from a table. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${timezone} ${Object.keys(options)}`
  const known = formats.get(name)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hourCycle: 'h23', ...options })
  formats.set(name, made)
  return made
}

/** `02:13` in the zone. */
export const clockTime = (at: Instant, timezone: string): string =>
  format(timezone, { hour: '2-digit', minute: '2-digit' }).format(at)

/** `2026-11-22` in the zone. */
export function day(at: Instant, timezone: string): string {
  const parts = format(timezone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at)
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** `02:13`, or `11-22 02:13` when that is another day in the zone than `reference`. */
export function timeSeenFrom(reference: Instant, at: Instant, timezone: string): string {
  const date = day(at, timezone)
  const time = clockTime(at, timezone)
  return date === day(reference, timezone) ? time : `${date.slice(5)} ${time}`
}

/** `2026-11-22 02:13` in the zone. */
export const dateAndTime = (at: Instant, timezone: string): string => `${day(at, timezone)} ${clockTime(at, timezone)}`

/** `UTC+8`, `UTC+5:30`, `UTC`. */
export function utcOffset(at: Instant, timezone: string): string {
  const parts = format(timezone, { timeZoneName: 'shortOffset' }).formatToParts(at)
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC').replace(/\+0$/, '')
}

const units = [
  { ms: 86_400_000, zh: '天', en: 'd', spoken: 'day' },
  { ms: 3_600_000, zh: '小时', en: 'h', spoken: 'hour' },
  { ms: MINUTE_MS, zh: '分钟', en: 'min', spoken: 'minute' },
  { ms: 1_000, zh: '秒', en: 's', spoken: 'second' },
]

type Part = { count: number; unit: (typeof units)[number] }

/** The largest unit and, above minutes, the next one too: 1 h 5 min, but 1 min and not 1 min 12 s. */
function parts(ms: number): Part[] {
  const first = units.findIndex((unit) => ms >= unit.ms)
  const from = first < 0 ? units.length - 1 : first
  const shown = units.slice(from, (units[from]?.ms ?? 0) > MINUTE_MS ? from + 2 : from + 1)
  let rest = Math.max(0, ms)
  const counted = shown.map((unit) => {
    const count = Math.floor(rest / unit.ms)
    rest -= count * unit.ms
    return { count, unit }
  })
  return counted.filter((part, index) => index === 0 || part.count > 0)
}

/** `48 秒`, `12 分钟`, `1 小时 5 分钟`; `48 s`, `12 min`, `1 h 5 min`. Rounded down. */
export const duration = (ms: number, language: Language): string =>
  parts(ms)
    .map(({ count, unit }) => `${count} ${unit[language]}`)
    .join(' ')

/** The same for a text message or a Chinese voice, which want no spaces: `12分钟`. */
export const shortDuration = (ms: number, language: Language): string => duration(ms, language).replaceAll(' ', '')

/** `2 hours and 5 minutes`. */
export const spokenDuration = (ms: number): string =>
  parts(ms)
    .map(({ count, unit }) => `${count} ${unit.spoken}${count === 1 ? '' : 's'}`)
    .join(' and ')

/** `213ms`, `5.0s`. */
export const latency = (ms: number): string => (ms < 1000 ? `${Math.round(ms)}ms` : `${(ms / 1000).toFixed(1)}s`)
