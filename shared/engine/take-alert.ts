import type { DatedAlert, Incident, IncidentEvent } from '../incidents/incident.ts'
import { startsAnew } from '../incidents/machine.ts'
import type { IncidentReference } from '../incidents/reference.ts'
import type { Acted } from '../store/apply.ts'
import { actOnIncident } from './dispatch.ts'
import type { PathIo } from './io.ts'

/** Numbers start here: four digits that a speaker can say. */
const FIRST_NUMBER = 1000

/** Delivers what an incident's outbox holds and this function may deliver. */
export async function deliverIncident(of: Pick<IncidentReference, 'project' | 'groupKey'>, io: PathIo): Promise<void> {
  await actOnIncident(of, 'deliver', io)
}

/** Applies an alert to the incident of its group key, which it may open. */
export async function takeAlert(alert: DatedAlert, projectTitle: string, io: PathIo): Promise<Acted<Incident>> {
  const of = { project: alert.project, groupKey: alert.dedupKey }
  let allotted: number | undefined
  const gather = async (incident: Incident | undefined): Promise<IncidentEvent> => {
    const opens = alert.action === 'trigger' && (incident === undefined || startsAnew(incident, alert))
    if (!opens || (incident !== undefined && alert.at <= incident.lastAlertAt))
      return { type: 'alert', alert, projectTitle }
    allotted ??= await allotNumber(io)
    return { type: 'alert', alert, projectTitle, number: allotted }
  }
  return actOnIncident(of, { gather }, io)
}

/** Numbers are given out before the incident is written; one lost to a crash or a conflict is skipped. */
async function allotNumber(io: PathIo): Promise<number> {
  const count = await io.incidents.count({ pk: 'counter', sk: 'incident' }, {})
  if (count === undefined) throw new Error('The counter of incident numbers refused to count')
  return FIRST_NUMBER + count
}
