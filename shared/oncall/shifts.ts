import { ownProperty } from '../contracts/own-property.ts'
import type { Instant } from '../contracts/words.ts'
import { onCall } from './on-call.ts'
import { overrideSpan, overridesOf } from './override.ts'
import type { Roster, Schedule } from './plan.ts'
import { layersOf, placeOf, turnAt, validity } from './rotation.ts'
import { nextEdge } from './window.ts'

/** Who is on call from `start` to just before `end`, UTC ms; nobody is a gap. */
export interface Shift {
  contacts: string[]
  start: Instant
  end: Instant
}

/**
 * The shifts of a schedule that touch the time from `from` to `to`, whole ones: the first may begin before it, and the last end after it.
 * They lie side by side. A hand-off to the same people is a new shift.
 */
export function shiftsBetween(roster: Roster, name: string, from: Instant, to: Instant): Shift[] {
  const shifts: (Shift & { source: string })[] = []
  if (ownProperty(roster.schedules, name) === undefined) return []
  for (let at = beginBefore(roster, name, from); at < to + LONGEST_MS; ) {
    const { contacts, source } = onCall(roster, name, at)
    const end = nextChange(roster, name, at)
    const last = shifts.at(-1)
    if (last?.source === source && String(last.contacts) === String(contacts)) last.end = end
    else if (at >= to) break
    else shifts.push({ contacts, source, start: at, end })
    at = end
  }
  return shifts.filter(({ end }) => end > from).map(({ contacts, start, end }) => ({ contacts, start, end }))
}

/** The end of a shift is not looked for further beyond what was asked for. */
const LONGEST_MS = 400 * 86_400_000

/** The next instant at which anything may be otherwise than at this one. */
function nextChange(roster: Roster, name: string, at: Instant, asked: string[] = []): Instant {
  const schedule = asked.includes(name) ? undefined : ownProperty(roster.schedules, name)
  if (schedule === undefined) return Number.POSITIVE_INFINITY
  const layers = layersOf(schedule).flatMap((layer) => [
    turnAt(layer, at).end,
    ...Object.values(validity(layer)),
    ...(layer.during === undefined ? [] : [nextEdge(layer.during, at, placeOf(layer, schedule, roster))]),
  ])
  const overrides = overridesOf(roster, name).flatMap((each) => Object.values(overrideSpan(each, schedule.timezone)))
  const fallbacks = (schedule.then ?? []).map((entry) => nextChange(roster, entry, at, [...asked, name]))
  const kept = schedule.keep?.until ?? at
  return Math.min(...[...layers, ...overrides, ...fallbacks, kept].filter((instant) => instant > at))
}

/** An instant at which some shift begins, before the one that has `at`: of the present turns and overrides, the first begin. */
function beginBefore(roster: Roster, name: string, at: Instant): Instant {
  const schedule = ownProperty(roster.schedules, name)
  if (schedule === undefined) return at
  const turns = turnsWithin(roster, schedule, at, [name])
  const present = overridesOf(roster, name)
    .map((each) => overrideSpan(each, schedule.timezone))
    .filter(({ start, end }) => start <= at && at < end)
  return Math.min(at, ...turns, ...present.map(({ start }) => start))
}

function turnsWithin(roster: Roster, schedule: Schedule, at: Instant, asked: string[]): Instant[] {
  const own = layersOf(schedule).map((layer) => turnAt(layer, at).start)
  const others = (schedule.then ?? []).filter((entry) => !asked.includes(entry))
  return [
    ...own,
    ...others.flatMap((entry) => {
      const found = ownProperty(roster.schedules, entry)
      return found === undefined ? [] : turnsWithin(roster, found, at, [...asked, entry])
    }),
  ]
}

/** The gaps that touch the time between two instants, whole. */
export function gapsBetween(
  roster: Roster,
  name: string,
  from: Instant,
  to: Instant,
): { start: Instant; end: Instant }[] {
  const gaps: { start: Instant; end: Instant }[] = []
  for (const { contacts, start, end } of shiftsBetween(roster, name, from, to)) {
    if (contacts.length > 0) continue
    const last = gaps.at(-1)
    if (last?.end === start) last.end = end
    else gaps.push({ start, end })
  }
  return gaps
}
