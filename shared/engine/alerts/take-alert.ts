import type { Instant } from '../../contracts/words.ts'
import { isClosedFor } from '../../incidents/closed-by-hand.ts'
import type { DatedAlert, Incident, IncidentEvent } from '../../incidents/incident.ts'
import { isLate, startsAnew } from '../../incidents/machine.ts'
import type { IncidentReference } from '../../incidents/reference.ts'
import type { Applied } from '../../store/apply.ts'
import { lastNumberKey } from '../../store/keys.ts'
import type { Row } from '../../store/table.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { placeNow } from '../regions/duty.ts'

/** Numbers start here: four digits that a speaker can say. */
const FIRST_NUMBER = 1000

/** Delivers what an incident's outbox holds and this function may deliver. */
export async function deliverIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  io: EngineIo,
): Promise<void> {
  await dispatchToIncident(of, 'deliver', io)
}

/** What whoever takes an alert has read of its incident before. */
export interface Foreknown {
  row: Row | undefined
  /** For what it opens, if one was given out. */
  number?: number | undefined
  /** Told as soon as the incident is written. It must not throw. */
  written?: () => void
}

/** Applies an alert to the incident of its group key, which it may open; `known` if its item has just been read. */
export async function takeAlert(
  alert: DatedAlert,
  projectTitle: string,
  io: EngineIo,
  known?: Foreknown,
): Promise<Applied<Incident>> {
  const of = { project: alert.project, groupKey: alert.dedupKey }
  let allotted = known?.number
  const gather = async (incident: Incident | undefined): Promise<IncidentEvent> => {
    if (!opensAnIncident(incident, alert, io.now())) return { type: 'alert', alert, projectTitle }
    const [number, place] = await Promise.all([allotted ?? allotNumber(io), placeNow(io)])
    allotted = number
    return { type: 'alert', alert, projectTitle, number, ...(place && { place }) }
  }
  return dispatchToIncident(of, { gather }, io, known && { known, ...(known.written && { written: known.written }) })
}

/** Whether an alert begins a generation of an incident. */
export function opensAnIncident(incident: Incident | undefined, alert: DatedAlert, now: Instant): boolean {
  if (alert.action !== 'trigger' || incident === undefined) return alert.action === 'trigger'
  return startsAnew(incident, alert) && !isLate(incident, alert) && !isClosedFor(incident, alert, now)
}

/**
 * Gives out numbers of incidents, in order, before the incidents are written; one that is lost to a crash or a conflict is skipped. Each
 * of several regions has numbers of its own: divided by how many there are they leave its place in the order.
 */
export async function allotNumbers(many: number, { incidents, place }: EngineIo): Promise<number[]> {
  const regions = place?.order.length ?? 1
  const own = place?.order.indexOf(place.own) ?? 0
  const count = await incidents.count(lastNumberKey(), { by: many * regions })
  if (count === undefined) throw new Error('The counter of incident numbers refused to count')
  const from = FIRST_NUMBER + count - many * regions + 1
  const first = from + ((((own - from) % regions) + regions) % regions)
  return Array.from({ length: many }, (_, index) => first + index * regions)
}

/** The same for one. */
export async function allotNumber(io: EngineIo): Promise<number> {
  const [number] = await allotNumbers(1, io)
  if (number === undefined) throw new Error('One number was to be given out')
  return number
}
