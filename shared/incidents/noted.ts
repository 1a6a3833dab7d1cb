import type { Instant } from '../contracts/words.ts'
import type { ReasonedChange } from './decision-reason.ts'
import type { Incident, IncidentEvent } from './incident.ts'

/** Adds somebody's line to the history, also to that of what is over. */
export function note(
  incident: Incident,
  event: Extract<IncidentEvent, { type: 'note' }>,
  now: Instant,
): ReasonedChange {
  const { generation, by, text } = event
  const entry = { at: now, generation, kind: 'note' as const, by, text }
  const noted = incident.status === 'resolved' ? { ...incident, notedAt: now } : incident
  return { incident: noted, effects: [{ type: 'timeline', entry }], reason: 'note' }
}
