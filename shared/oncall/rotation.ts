import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../contracts/words.ts'
import { instantOf, localTime } from './clock.ts'
import type { Override, Schedule } from './plan.ts'

/** Somebody's time on call: from `start` to just before `end`, UTC ms. */
interface Shift {
  contact: string
  start: Instant
  end: Instant
}

/** Who is on call at an instant, by the rotation or by an override of it; of two overrides at once the later listed counts. */
export function onCall(schedule: Schedule, overrides: Override[], at: Instant): string {
  const standIn = overrides.findLast((override) => {
    const { start, end } = overrideSpan(override, schedule.timezone)
    return start <= at && at < end
  })
  return standIn?.contact ?? shiftAt(schedule, at).contact
}

/**
 * Who is next: the first after the present shift's contact, in the rotation's order, who is not on call already. With `reached`,
 * who has been reached in this round already, the first after the last of those; once all have been, they begin anew. Undefined when
 * the rotation has nobody else.
 */
export function nextOnCall(
  schedule: Schedule,
  overrides: Override[],
  at: Instant,
  reached: string[] = [],
): string | undefined {
  const current = onCall(schedule, overrides, at)
  const turn = shiftNumber(schedule, at)
  const turns = schedule.rotation.map((_, offset) => contactOfTurn(schedule, turn + offset))
  const last = reached.findLast((name) => turns.includes(name))
  const from = last === undefined || last === current ? 1 : turns.indexOf(last) + 1
  const others = [...turns.slice(from), ...turns.slice(0, from)].filter((name) => name !== current)
  return others.find((name) => !reached.includes(name)) ?? turns.slice(1).find((name) => name !== current)
}

/** The rotation's shift around an instant, without overrides. It works for times before the start, too. */
export function shiftAt(schedule: Schedule, at: Instant): Shift {
  const turn = shiftNumber(schedule, at)
  return {
    contact: contactOfTurn(schedule, turn),
    start: handoffAt(schedule, turn),
    end: handoffAt(schedule, turn + 1),
  }
}

/** From an override's first instant to just before its end, UTC ms. */
export function overrideSpan(override: Override, timezone: string): { start: Instant; end: Instant } {
  return {
    start: instantOf(Temporal.PlainDateTime.from(override.from), timezone, 'first'),
    end: instantOf(Temporal.PlainDateTime.from(override.to), timezone, 'last'),
  }
}

/** When the first contact's first shift begins, UTC ms. */
export function startOf(schedule: Schedule): Instant {
  return handoffAt(schedule, 0)
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The wall-clock time of turn 0, and how many days a shift has. */
function rhythm(schedule: Schedule): { first: Temporal.PlainDateTime; days: number } {
  const [time, weekday] = schedule.handoff.split(' ').reverse()
  const start = Temporal.PlainDate.from(schedule.start)
  const at = (date: Temporal.PlainDate) => date.toPlainDateTime(Temporal.PlainTime.from(time ?? ''))
  if (!weekday) return { first: at(start), days: 1 }
  // The first contact has the week in which the start lies: from the hand-off on that day or the last one before it.
  const daysSince = (start.dayOfWeek - (weekdays.indexOf(weekday) + 1) + 7) % 7
  return { first: at(start.subtract({ days: daysSince })), days: 7 }
}

/** Shifts are wall-clock lengths counted from the start, so a hand-off keeps its hour through daylight saving. */
function handoffAt(schedule: Schedule, turn: number): Instant {
  const { first, days } = rhythm(schedule)
  return instantOf(first.add({ days: turn * days }), schedule.timezone, 'first')
}

function shiftNumber(schedule: Schedule, at: Instant): number {
  const { first, days } = rhythm(schedule)
  const elapsed = localTime(at, schedule.timezone).since(first, { largestUnit: 'hours' }).total('hours')
  // The wall clock is a good guess; around a change of the clocks it can be one shift off.
  let turn = Math.floor(elapsed / (24 * days))
  while (handoffAt(schedule, turn) > at) turn--
  while (handoffAt(schedule, turn + 1) <= at) turn++
  return turn
}

function contactOfTurn(schedule: Schedule, turn: number): string {
  const count = schedule.rotation.length
  const name = schedule.rotation[((turn % count) + count) % count]
  if (name === undefined) throw new RangeError('a rotation needs at least one contact')
  return name
}
