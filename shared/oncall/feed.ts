import { ownProperty } from '../contracts/own-property.ts'
import type { Instant } from '../contracts/words.ts'
import { type CalendarEvent, utc } from './icalendar.ts'
import type { Directory } from './plan.ts'
import { shiftsBetween } from './shifts.ts'

/** A calendar shows so much of what was and of what comes. */
const PAST_MS = 14 * 86_400_000
const AHEAD_MS = 84 * 86_400_000

/**
 * The shifts of a schedule, or those of a contact in every schedule; undefined when the directory has neither. A shift is the same entry
 * while it begins at the same time, whoever has it. `nobody` is what a gap is called; in a contact's own calendar there are none.
 */
export function feedEvents(
  directory: Directory,
  name: string,
  nobody: string,
  now: Instant,
): CalendarEvent[] | undefined {
  const isContact = ownProperty(directory.contacts, name) !== undefined
  if (!isContact && ownProperty(directory.schedules, name) === undefined) return undefined
  const schedules = isContact ? Object.keys(directory.schedules) : [name]
  return schedules.flatMap((schedule) =>
    shiftsBetween(directory, schedule, now - PAST_MS, now + AHEAD_MS)
      .filter(({ contacts }) => !isContact || contacts.includes(name))
      .map(({ contacts, start, end }) => ({
        uid: `${schedule}-${utc(start)}${isContact ? `-${name}` : ''}@fenghuo`,
        start,
        end,
        summary: `${schedule}: ${contacts.map((one) => nameOf(directory, one)).join(', ') || nobody}`,
      })),
  )
}

function nameOf({ contacts }: Directory, name: string): string {
  return ownProperty(contacts, name)?.name ?? name
}
