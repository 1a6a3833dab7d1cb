import type { Incident } from '../../incidents/incident.ts'
import { formatReference } from '../../incidents/reference.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import type { Action, ActionRequest, Outcome } from './action.ts'
import { mergeableInto } from './mergeable.ts'

type Who = Pick<ActionRequest, 'by' | 'via'>

/**
 * Merges an incident into another, or takes it out again. What another region pages is `unmoved`: numbers and lives are each region's own,
 * so it is done there.
 */
export async function takeMerge(
  action: Extract<Action, { do: 'merge' | 'split' }>,
  incident: Incident,
  who: Who,
  io: EngineIo,
): Promise<Outcome> {
  const { generation, mergedInto, escalation } = incident
  if (escalation.phase === 'guarded') return { result: 'unmoved', incident }
  const found = action.do === 'merge' ? await mergeableInto(action.into, incident, io) : undefined
  if (found === undefined ? mergedInto === undefined : 'why' in found) return { result: 'changed', incident }
  const into = found !== undefined && 'into' in found ? found.into : undefined
  const merging =
    into === undefined
      ? ({ what: 'out-of', number: mergedInto?.number ?? 0 } as const)
      : ({ what: 'into', number: into.number, into: formatReference(into) } as const)
  const event = { type: 'merge', generation, ...who, ...merging } as const
  const { state = incident, changed } = await dispatchToIncident(incident, { event }, io)
  return { result: changed ? 'done' : 'changed', incident: state }
}
