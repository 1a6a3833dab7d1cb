import { DAY_MS, HOUR_MS } from '../contracts/milliseconds.ts'
import type { Instant } from '../contracts/words.ts'
import type { Roster } from './plan.ts'
import { shiftsBetween } from './shifts.ts'
import { isWithin, nextEdge } from './window.ts'

/** A hand-off of a schedule to other people. */
export interface HandedOver {
  at: Instant
  before: string[]
  /** Nobody: a gap begins. */
  contacts: string[]
  until: Instant
}

/** The hand-offs from just after `from` up to `to`; one to the same people is none. */
export function handoffsBetween(roster: Roster, name: string, from: Instant, to: Instant): HandedOver[] {
  const shifts = shiftsBetween(roster, name, from, to + 1)
  return shifts.flatMap(({ contacts, start, end }, index) => {
    const before = shifts[index - 1]?.contacts ?? []
    if (start <= from || start > to || String(before) === String(contacts)) return []
    return [{ at: start, before, contacts, until: end }]
  })
}

/** Somebody who takes over with the hand-off at `from` is to prove at `at` that they can be reached. */
export interface Proof {
  contact: string
  from: Instant
  at: Instant
}

/**
 * Who is to prove something from just after `from` up to `to`, each by the zone that `zoneOf` has for them. Whoever takes over several times
 * in a night proves it once, for the first; who was on call before and goes on has nothing to prove.
 */
export function proofsBetween(
  roster: Roster,
  name: string,
  zoneOf: (contact: string) => string,
  from: Instant,
  to: Instant,
): Proof[] {
  const proofs = handoffsBetween(roster, name, from, to + DAY_MS)
    .flatMap(({ at, before, contacts }) =>
      contacts
        .filter((contact) => !before.includes(contact))
        .map((contact) => ({ contact, from: at, at: proofAt({ at }, zoneOf(contact)) })),
    )
    .filter(({ at }) => from < at && at <= to)
  return [...new Map(proofs.toReversed().map((proof) => [`${proof.at} ${proof.contact}`, proof])).values()].toReversed()
}

/** When people who sleep at night are awake, by their own clock. */
const DAYLIGHT = '09:00-21:00'

/** When it is proven that somebody who takes over can be reached: as they do, or in the last hour of daylight before, by their zone. */
export function proofAt({ at }: Pick<HandedOver, 'at'>, timezone: string): Instant {
  const place = { timezone, calendars: [] }
  if (isWithin([DAYLIGHT], at, place)) return at
  // From the noon before at the latest, the next edge is the end of that day's light.
  for (let hours = 1; hours <= 24; hours++) {
    const earlier = at - hours * HOUR_MS
    if (isWithin([DAYLIGHT], earlier, place)) return nextEdge([DAYLIGHT], earlier, place) - HOUR_MS
  }
  return at
}
