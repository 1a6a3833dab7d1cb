import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import { nobodyOnCall } from '../../messages/calendar.ts'
import { feedEvents } from '../../oncall/feed.ts'
import type { Feed } from '../../oncall/feed-address.ts'
import { icalendar } from '../../oncall/icalendar.ts'
import type { Directory } from '../../oncall/plan.ts'

export interface CalendarIo {
  language: Language
  /** The people of a project. Rejects when their table does. */
  directory(project: string): Promise<Directory>
  now(): Instant
  log(entry: LogEntry): void
}

/** `unavailable`: trouble of ours; a calendar's program keeps what it has and asks again. */
export type CalendarAnswer = { result: 'taken'; calendar: string } | { result: 'not-found' | 'unavailable' }

/** Reads the shifts of a schedule or contact as an iCalendar file (RFC 5545). `not-found`: the project has none of that name. Never rejects. */
export async function takeCalendarRequest({ project, name }: Feed, io: CalendarIo): Promise<CalendarAnswer> {
  try {
    const events = feedEvents(await io.directory(project), name, nobodyOnCall[io.language], io.now())
    if (events === undefined) return { result: 'not-found' }
    return { result: 'taken', calendar: icalendar(`${project} ${name}`, events, io.now()) }
  } catch (error) {
    io.log({ level: 'error', event: 'calendar', error: String(error) })
    return { result: 'unavailable' }
  }
}
