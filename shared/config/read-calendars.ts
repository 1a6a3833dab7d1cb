import * as z from 'zod'
import { mistake, wrong } from '../contracts/mistake.ts'
import { daysOf, eachDay } from '../oncall/calendars/calendar.ts'
import { publicHolidays } from '../oncall/calendars/registry.ts'
import { isDate } from '../oncall/clock.ts'
import type { CalendarDays } from '../oncall/plan.ts'
import { contactName, date } from '../oncall/schema.ts'
import { readCalendarFile } from './calendar-file.ts'
import { FileMistake } from './files.ts'
import type { Reader } from './reader.ts'

const DAYS = /^\d{4}-\d{2}-\d{2}(\/\d{4}-\d{2}-\d{2})?$/

const notDays = wrong('no-date', (input) => ({
  en: `"${input}" is no day: write it as 2027-01-01, or several as 2027-01-01/2027-01-03`,
  zh: `“${input}”不是日期：写 2027-01-01，几天写 2027-01-01/2027-01-03`,
}))

const days = z
  .string()
  .regex(DAYS, { ...notDays, abort: true })
  .refine((text) => text.split('/').every(isDate), notDays)

/** Days that a calendar has, as a file of calendar programs or as a list. */
export const calendar = z.strictObject({
  file: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'An iCalendar file beside this one: each day of its entries is off.',
      zh: '与本文件同目录的 iCalendar 文件：其中每一天都是休息日。',
      examples: ['holidays/office.ics'],
    }),
  workingIf: z
    .string()
    .min(1)
    .exactOptional()
    .meta({
      description: 'Entries of the file with this in their summary are working days instead.',
      zh: '文件中标题含此文字的条目是工作日。',
      examples: ['补班'],
    }),
  off: z
    .array(days)
    .exactOptional()
    .meta({ description: 'Days off.', zh: '休息日。', examples: [['2027-01-01', '2027-02-06/2027-02-08']] }),
  working: z
    .array(date)
    .exactOptional()
    .meta({
      description: 'Saturdays and Sundays on which people work.',
      zh: '上班的周六和周日。',
      examples: [['2027-02-14']],
    }),
  until: z.exactOptional(date).meta({
    description: 'The last day that it knows.',
    zh: '日历所知的最后一天。',
    absent: { en: 'the end of the year of its last day', zh: '最后一个日期所在年的年底' },
    examples: ['2027-12-31'],
  }),
})

/**
 * The calendars that a schedule's `holidays` may name: those that everybody has, and those of `calendars`; one of a name that there is
 * already adds its days.
 */
export function readCalendars(reader: Reader): Record<string, CalendarDays> {
  const known = Object.fromEntries(
    Object.entries(publicHolidays).map(([name, years]) => [name, daysOf(years)] as const),
  )
  for (const name of reader.names(contactName, ['calendars'])) {
    const read = readCalendar(reader, ['calendars', name])
    if (read !== undefined) known[name] = known[name] === undefined ? read : joined(known[name], read)
  }
  return known
}

function readCalendar(reader: Reader, path: [string, string]): CalendarDays | undefined {
  const written = reader.read(calendar, path)
  if (written === undefined) return undefined
  const listed = {
    off: (written.off ?? []).flatMap((text) => eachDay(text.split('/')[0] ?? '', text.split('/').at(-1) ?? '')),
    working: written.working ?? [],
  }
  const file = written.file === undefined ? undefined : readFile(reader, path, written.workingIf)
  if (written.file !== undefined && file === undefined) return undefined
  const all = [...listed.off, ...listed.working, ...(file?.off ?? []), ...(file?.working ?? [])].sort()
  const last = written.until ?? (all.length > 0 ? `${all.at(-1)?.slice(0, 4)}-12-31` : undefined)
  if (last === undefined) {
    const words = {
      en: 'has no days: name a `file`, or list days as `off`',
      zh: '没有日期：写 `file`，或用 `off` 列出',
    }
    reader.note(path, mistake('no-days', words), 'key')
    return undefined
  }
  const own = { until: last, ...listed }
  return file === undefined ? own : { ...joined(own, file), until: last }
}

function readFile(reader: Reader, path: [string, string], workingIf: string | undefined): CalendarDays | undefined {
  const text = reader.text([...path, 'file'])
  if (text === undefined) return undefined
  try {
    return readCalendarFile(text, workingIf)
  } catch (error) {
    if (!(error instanceof FileMistake)) throw error
    reader.note([...path, 'file'], error.mistake)
    return undefined
  }
}

function joined(one: CalendarDays, other: CalendarDays): CalendarDays {
  return {
    until: one.until > other.until ? one.until : other.until,
    off: [...new Set([...one.off, ...other.off])].sort(),
    working: [...new Set([...one.working, ...other.working])].sort(),
  }
}
