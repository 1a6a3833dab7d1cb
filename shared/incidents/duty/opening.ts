import type { Instant } from '../../contracts/words.ts'
import type { Change, Incident } from '../incident.ts'
import { stepAt } from '../life.ts'
import { dutyAt, guardOf, type Place } from './duty.ts'

/** The opening of an incident as it is in this region: the first one pages at once. `before` is the generation before. */
export function openedHere(
  { incident, effects }: Change,
  place: Place | undefined,
  before: Incident | undefined,
  now: Instant,
): Change {
  if (place === undefined) return { incident, effects }
  const here = waiting({ ...incident, duty: dutyAt(place, before?.duty?.heard) }, place, now)
  return { incident: here.incident, effects: [...here.effects, ...effects.filter(({ type }) => type !== 'step')] }
}

/** An incident at its beginning: the first region begins at once, each other one waits for a word of those before it. */
export function waiting(incident: Incident, place: Place, now: Instant): Change {
  if (place.order[0] === place.own) return { incident, effects: [stepAt(incident, now)] }
  const deadlineAt = now + guardOf(place)
  const next: Incident = { ...incident, escalation: { ...incident.escalation, phase: 'guarded', deadlineAt } }
  return { incident: next, effects: [stepAt(next, deadlineAt)] }
}
