import type { Place } from '../../../shared/incidents/duty/duty.ts'
import type { Incident, IncidentEvent } from '../../../shared/incidents/incident.ts'
import { incidentMachine } from '../../../shared/incidents/machine.ts'
import { at } from '../../messages/notices.ts'

/** What an event at a time of the night makes of an incident. Throws where there is none then. */
export function take(incident: Incident | undefined, event: IncidentEvent, time: string): Incident {
  const { state } = incidentMachine.transition(incident, event, at(time))
  if (state === undefined) throw new Error('There is no incident')
  return state
}

/** The alert that begins it, as the queue of a region took it at a time. */
export const alertAt = (time: string, place: Place, number = 1024) => {
  const what = {
    dedupKey: 'web',
    project: 'pay',
    summary: 'web is down',
    source: 'probe',
    severity: 'critical',
  } as const
  const alert = { action: 'trigger', ...what, takenAt: at(time) } as const
  return { type: 'alert', alert, projectTitle: 'Pay', number, place } as const
}

/** The incident that begins at a time in a region. */
export function opened(place: Place, time: string): Incident {
  return take(undefined, alertAt(time, place), time)
}
