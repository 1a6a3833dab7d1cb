import type { Instant } from '../contracts/words.ts'
import type { Contact } from './plan.ts'
import { isWithin } from './window.ts'

/** When people are woken, by the clock of whoever is paged. */
const NIGHT = '22:00-08:00'

/** Whether an instant lies in the night of one of these people, by the name that messages have for them; `usual` is the zone of who has none. */
export function nightsOf(contacts: Contact[], usual: string): (name: string, at: Instant) => boolean {
  const zones = new Map(contacts.map(({ name, timezone = usual }) => [name, timezone]))
  return (name, at) => isWithin([NIGHT], at, { timezone: zones.get(name) ?? usual, calendars: [] })
}
