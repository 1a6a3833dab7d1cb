import type { Instant } from '../contracts/words.ts'
import type { Incident, IncidentEffect } from './incident.ts'

/** A generation that another one follows is kept; if nobody told of its end, that is it. */
export function pastOf(previous: Incident | undefined, now: Instant): IncidentEffect[] {
  if (previous === undefined || previous.generation === 0) return []
  const { number, generation, status } = previous
  const end: IncidentEffect[] = status === 'resolved' ? [] : [{ type: 'number', number, generation, endedAt: now }]
  return [{ type: 'past', incident: previous }, ...end]
}
