import { Temporal } from 'temporal-polyfill'
import { eachDay } from '../oncall/calendars/calendar.ts'
import type { CalendarDays } from '../oncall/plan.ts'
import { FileMistake } from './files.ts'

/** An entry that comes again each year is expanded for so many. */
const YEARS = 10

interface Entry {
  summary: string
  days: string[]
}

/**
 * The days off of an iCalendar file (RFC 5545): each day of each entry, be it yearly. Entries whose summary has `workingIf` in it are working
 * days instead. It is known until the end of its last year. Throws, saying why, for what is no calendar of days.
 */
export function readCalendarFile(text: string, workingIf?: string): CalendarDays {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  if (lines[0]?.trim() !== 'BEGIN:VCALENDAR')
    throw new FileMistake('no-calendar', {
      en: 'is no iCalendar file: it does not begin with BEGIN:VCALENDAR',
      zh: '不是 iCalendar 文件：开头不是 BEGIN:VCALENDAR',
    })
  const entries = entriesOf(lines)
  const isWorking = ({ summary }: Entry) => workingIf !== undefined && summary.includes(workingIf)
  const daysOf = (which: Entry[]) => [...new Set(which.flatMap(({ days }) => days))].sort()
  const last = daysOf(entries).at(-1)
  if (last === undefined) throw new FileMistake('no-days', { en: 'has no entries with a day', zh: '没有带日期的条目' })
  return {
    until: `${last.slice(0, 4)}-12-31`,
    off: daysOf(entries.filter((entry) => !isWorking(entry))),
    working: daysOf(entries.filter(isWorking)),
  }
}

function entriesOf(lines: string[]): Entry[] {
  const entries: Entry[] = []
  let open: Map<string, string> | undefined
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') open = new Map()
    else if (line === 'END:VEVENT' && open) {
      entries.push(entryOf(open))
      open = undefined
    } else {
      const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? []
      open?.set(name, value)
    }
  }
  return entries
}

/** The end of an entry is not in it (RFC 5545, 3.6.1); one that has none is a day. */
function entryOf(properties: Map<string, string>): Entry {
  const summary = properties.get('SUMMARY') ?? ''
  const start = dateOf(properties.get('DTSTART') ?? '', summary)
  const end = properties.has('DTEND') ? dateOf(properties.get('DTEND') ?? '', summary) : start.add({ days: 1 })
  const last = Temporal.PlainDate.compare(end, start) > 0 ? end.subtract({ days: 1 }) : start
  const rule = properties.get('RRULE')
  if (rule !== undefined && !/^FREQ=YEARLY(;INTERVAL=1)?(;BYMONTH=\d+)?(;BYMONTHDAY=\d+)?(;BYMONTH=\d+)?$/.test(rule))
    throw new FileMistake('repeats-otherwise', {
      en: `"${summary}" repeats by ${rule}: only FREQ=YEARLY is read, so list its days`,
      zh: `“${summary}”按 ${rule} 重复：只认 FREQ=YEARLY，请列出日期`,
    })
  const years = rule === undefined ? [0] : Array.from({ length: YEARS }, (_, index) => index)
  const days = years.flatMap((offset) =>
    eachDay(start.add({ years: offset }).toString(), last.add({ years: offset }).toString()),
  )
  return { summary, days }
}

function dateOf(value: string, summary: string): Temporal.PlainDate {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)(T|$)/.exec(value) ?? []
  if (year === undefined)
    throw new FileMistake('no-date', {
      en: `"${summary}" has no day: "${value}"`,
      zh: `“${summary}”没有日期：“${value}”`,
    })
  return Temporal.PlainDate.from(`${year}-${month}-${day}`)
}
