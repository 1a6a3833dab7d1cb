import type { Instant } from '../contracts/words.ts'
import type { ReasonedChange } from './decision-reason.ts'
import type { Incident, IncidentEffect, IncidentEvent } from './incident.ts'
import { stepAt } from './life.ts'

type MergeEvent = Extract<IncidentEvent, { type: 'merge' }>

/**
 * Merges an incident into another, or takes it out again: it finds out at once whether it pages, and keeps its own life. The other one is
 * told of its members, and changes in nothing else.
 */
export function takeMerge(
  incident: Incident,
  { what, number, into, by, via }: MergeEvent,
  now: Instant,
): ReasonedChange {
  const line: IncidentEffect = {
    type: 'timeline',
    entry: { at: now, generation: incident.generation, kind: 'merged', what, number, action: { at: now, via, by } },
  }
  if (what === 'member' || what === 'member-gone') return { incident, effects: [line], reason: 'merged' }
  const { mergedInto: before, ...rest } = incident
  if ((what === 'into' ? into : undefined) === before?.incident)
    return { incident, effects: [], reason: 'merged already' }
  const next: Incident = {
    ...rest,
    ...(what === 'into' && into !== undefined && { mergedInto: { incident: into, number, by: by.name } }),
  }
  // Who has it has it: it is looked at when that ends. What another region pages is looked at there, and waits here for its word.
  if (next.status !== 'open' || next.escalation.phase === 'guarded')
    return { incident: next, effects: [line], reason: 'merged' }
  const stepped = { ...next, step: next.step + 1 }
  return { incident: stepped, effects: [line, stepAt(stepped, now)], reason: 'merged' }
}
