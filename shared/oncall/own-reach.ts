import { type PersonalReach, personalReaches } from '../contracts/reach.ts'
import { severityTable } from '../contracts/severity-table.ts'
import type { Severity } from '../contracts/words.ts'
import type { CalendarDays, Contact } from './plan.ts'
import { isWithin } from './window.ts'

/** What bears on how somebody wants to be reached. */
export interface OwnQuestion {
  severity: Severity
  now: number
  /** IANA name, of a contact who has none. */
  timezone: string
  calendars: Record<string, CalendarDays>
}

/** Mail wakes nobody. */
export function isLoud(channel: PersonalReach): boolean {
  return channel !== 'email'
}

/** Whether incidents of a severity may wait for anybody: those that never do come at any hour, and by the policy's channels. */
export function mayWait(severity: Severity): boolean {
  return severityTable.some(({ name, holdable }) => name === severity && holdable)
}

/** The window of their quiet hours in which somebody is now; undefined where they are in none, or it does not count. */
export function quietWindow(contact: Contact, { severity, now, timezone, calendars }: OwnQuestion): string | undefined {
  const { quiet = [], timezone: own = timezone, holidays = [] } = contact
  if (!mayWait(severity)) return undefined
  const place = { timezone: own, calendars: holidays.flatMap((name) => calendars[name] ?? []) }
  return quiet.find((window) => isWithin([window], now, place))
}

/** By what somebody is reached at once, and what takes over in which order when it fails. */
export interface OwnReach {
  channels: PersonalReach[]
  fallback: PersonalReach[]
}

/**
 * How somebody is reached who has the channels `usable`, of which the layer uses `wanted`: by all of these at once. An order of their
 * own has its first channel used at once, and the others take over; what never waits comes by the layer's channels all the same.
 */
export function ownReach(
  usable: PersonalReach[],
  wanted: PersonalReach[],
  order: PersonalReach[] | undefined,
  severity: Severity,
): OwnReach {
  const ordered = (order ?? []).filter((channel) => usable.includes(channel))
  const first = ordered.slice(0, 1)
  const byLayer = usable.filter((channel) => wanted.includes(channel))
  const isOwn = first.length > 0 && mayWait(severity)
  const atOnce = isOwn ? first : personalReaches.filter((one) => byLayer.includes(one) || first.includes(one))
  // A severity that does not ring phones at once does not ring them when a text fails either, unless they say so themselves.
  const spare = usable.filter((channel) => !wanted.includes(channel) && channel !== 'phone')
  const later = [...new Set([...ordered, ...(isOwn ? byLayer.filter((one) => one !== 'phone') : []), ...spare])]
  const channels = atOnce.length > 0 ? atOnce : spare.slice(0, 1)
  return { channels, fallback: later.filter((channel) => !channels.includes(channel)) }
}
