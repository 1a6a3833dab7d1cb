import type { Instant } from '../../contracts/words.ts'
import type { Change, Incident } from '../incident.ts'
import { stepAt, unstarted } from '../life.ts'
import { CLOCKS_MS, type Duty, dutyAt, firstOf, guardOf, type Heard, type Place } from './duty.ts'
import { beganAt } from './same-life.ts'

/** The opening of an incident as it is in this region: the first one pages at once. `before` is the generation before. */
export function openedHere(
  { incident, effects }: Change,
  place: Place | undefined,
  before: Incident | undefined,
  now: Instant,
): Change {
  if (place === undefined) return { incident, effects }
  const here = waiting({ ...incident, duty: dutyAt(place, heardBefore(incident, before)) }, place, now)
  return { incident: here.incident, effects: [...here.effects, ...effects.filter(({ type }) => type !== 'step')] }
}

/**
 * How far the others were heard before an incident began. After hours of sleep a word of this life may have been read before what ended the
 * last one: it was taken for that one's, and is about whichever began when it did. Or words have begun and ended here what our own queue
 * brings only now.
 */
function heardBefore(incident: Incident, before: Incident | undefined): Duty['heard'] {
  const { openedAt, generation: life } = incident
  const heard = Object.entries(before?.duty?.heard ?? {}).map(([region, last]): [string, Heard] => {
    const { since } = last
    if (before === undefined || since === undefined) return [region, last]
    const isOfBefore = last.life !== undefined && Math.abs(since - before.openedAt) <= CLOCKS_MS
    const mayBeThis = isOfBefore ? beganBeforeClosed(incident, before) : !beganAfter(incident, last)
    const isOfThis = Math.abs(since - openedAt) <= CLOCKS_MS && mayBeThis
    const { over: _, ...known } = last
    return [region, isOfThis ? { ...known, life, step: 0 } : last]
  })
  return Object.fromEntries(heard)
}

/**
 * Whether somebody has closed the life before long after this one was heard of: whatever the clocks say, both are one. Where our own queue had
 * brought nothing of that life, what it brings from before its end is the beginning of it.
 */
function beganBeforeClosed(incident: Incident, { resolved, ...before }: Incident): boolean {
  if (resolved?.by === undefined) return false
  const isUnheard = before.lastAlertAt <= beganAt(before)
  return beganAt(incident) < resolved.at - (isUnheard ? 0 : CLOCKS_MS)
}

/** Whether this may have begun after the end of a life of which only that was heard. Its end by an alert comes to our own queue, too. */
function beganAfter(incident: Incident, { over }: Heard): boolean {
  return over !== undefined && beganAt(incident) > over.at - (over.by === undefined ? CLOCKS_MS : 0)
}

/** An incident at its beginning: the first region begins at once, each other one waits for a word of those before it. */
export function waiting(incident: Incident, place: Place, now: Instant): Change {
  if (firstOf(place) === place.own) return { incident, effects: [stepAt(incident, now)] }
  const deadlineAt = now + guardOf(place)
  const next: Incident = { ...incident, escalation: { ...incident.escalation, phase: 'guarded', deadlineAt } }
  return { incident: next, effects: [stepAt(next, deadlineAt)] }
}

/** The end of what is not known here: generation 0, as of a resolve that came before its trigger. */
export function endOfUnknown(theirs: Incident, place: Place, now: Instant): Incident {
  const { duty: _, acknowledged: __, ackEnd: ___, ...said } = theirs
  return {
    ...said,
    generation: 0,
    number: 0,
    step: 0,
    lastAlertAt: beganAt(theirs),
    lastAlert: { source: theirs.source },
    escalation: unstarted('over', now),
    notified: [],
    calls: 0,
    texts: 0,
    duty: dutyAt(place),
  }
}
