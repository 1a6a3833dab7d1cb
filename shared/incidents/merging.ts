import type { Instant } from '../contracts/words.ts'
import type { ReasonedChange } from './decision-reason.ts'
import type { Incident, IncidentEffect, IncidentEvent } from './incident.ts'
import { stepAt } from './life.ts'
import { parseReference } from './reference.ts'
import type { Merging } from './timeline-entry.ts'

type MergeEvent = Extract<IncidentEvent, { type: 'merge' }>
type Merged = Pick<Incident, 'mergedInto'>

/**
 * Merges an incident into another, or takes it out again: it finds out at once whether it pages, and keeps its own life. The other one gets
 * a line for each of its members, and changes in nothing else.
 */
export function takeMerge(incident: Incident, event: MergeEvent, now: Instant): ReasonedChange {
  const { number, by, via } = event
  const into = event.what === 'into' ? event.into : undefined
  const { mergedInto: before, ...rest } = incident
  const isElsewhere = before?.region !== undefined && before.region !== incident.duty?.own
  if (into === before?.incident && !(isElsewhere && into)) return { incident, effects: [], reason: 'merged already' }
  const line = (generation: number, what: Merging, number: number) =>
    ({ at: now, generation, kind: 'merged', what, number, action: { at: now, via, by } }) as const
  const member = (of: string, what: Merging): IncidentEffect => {
    return { type: 'member', of, entry: line(parseReference(of).generation, what, incident.number) }
  }
  const effects: IncidentEffect[] = [
    { type: 'timeline', entry: line(incident.generation, event.what, number) },
    // A member has its line where it was merged: lives are each region's own.
    ...(before === undefined || isElsewhere ? [] : [member(before.incident, 'member-gone')]),
    ...(into === undefined ? [] : [member(into, 'member')]),
  ]
  const next: Incident = {
    ...rest,
    ...(into !== undefined && { mergedInto: { incident: into, number, by: by.name } }),
  }
  // Who has it has it: it is looked at when that ends. What another region pages is looked at there, and waits here for its word.
  if (next.status !== 'open' || next.escalation.phase === 'guarded')
    return { incident: next, effects, reason: 'merged' }
  const stepped = { ...next, step: next.step + 1 }
  return { incident: stepped, effects: [...effects, stepAt(stepped, now)], reason: 'merged' }
}

/**
 * What ours is merged into, as a region that pages it has that. Whoever has said so in both keeps the life of this region; what was said
 * elsewhere is as it is there now.
 */
export function mergedAs(theirs: Merged, ours: Merged, region: string): Merged {
  const [there, here] = [theirs.mergedInto, ours.mergedInto]
  if (there === undefined) return {}
  const isSaidHere = here !== undefined && here.region === undefined && keyOf(here) === keyOf(there)
  return { mergedInto: isSaidHere ? here : { region, ...there } }
}

function keyOf({ incident }: NonNullable<Merged['mergedInto']>): string {
  const { project, groupKey } = parseReference(incident)
  return `${project}#${groupKey}`
}
