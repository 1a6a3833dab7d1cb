import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../contracts/words.ts'
import type { Override, Schedule } from './plan.ts'
import { onCall, shiftAt } from './rotation.ts'

/**
 * `after` with its `start` moved by as few shifts as it takes for whoever is in the middle of a shift to finish it: a name more or
 * less in a rotation counts every turn anew. It stays as it is when the rotation lacks the person, as nobody is kept who has left.
 */
export function keepingPresent(before: Schedule, after: Schedule, at: Instant): Schedule {
  const present = shiftAt(before, at).contact
  if (!after.rotation.includes(present)) return after
  const candidates = after.rotation.flatMap((_, shifts) => [moved(after, shifts), moved(after, -shifts)])
  return candidates.find((candidate) => shiftAt(candidate, at).contact === present) ?? after
}

/** Shifts later, or earlier. */
function moved(schedule: Schedule, shifts: number): Schedule {
  const days = shifts * (schedule.handoff.includes(' ') ? 7 : 1)
  return { ...schedule, start: Temporal.PlainDate.from(schedule.start).add({ days }).toString() }
}

/** From `from` on, UTC ms, somebody else is on call than would have been. */
export interface ShiftChange {
  from: Instant
  before: string
  after: string
}

/** As far as people plan: after so many weeks the two rotations are told by their lists. */
const LOOK_AHEAD_DAYS = 56
const DAY_MS = 86_400_000

/** Who changes when within eight weeks from `at`, overrides included. */
export function shiftChanges(
  before: { schedule: Schedule; overrides: Override[] },
  after: { schedule: Schedule; overrides: Override[] },
  at: Instant,
): ShiftChange[] {
  const changes: ShiftChange[] = []
  let last = ''
  for (let from = at; from < at + LOOK_AHEAD_DAYS * DAY_MS; from = nextHandoff([before, after], from)) {
    const change = {
      from,
      before: onCall(before.schedule, before.overrides, from),
      after: onCall(after.schedule, after.overrides, from),
    }
    const pair = `${change.before} ${change.after}`
    if (change.before !== change.after && pair !== last) changes.push(change)
    last = pair
  }
  return changes
}

/** The next end of a shift in either rotation. An override's own ends are not looked at: whoever has one is told in its line. */
function nextHandoff(sides: { schedule: Schedule }[], at: Instant): Instant {
  return Math.min(...sides.map(({ schedule }) => shiftAt(schedule, at).end))
}
