import type { Incident } from '../incidents/incident.ts'
import { formatReference } from '../incidents/reference.ts'
import type { EngineIo } from './io.ts'

/**
 * Has an incident find out now whether it is to page, at whichever step it is then: what was read of it may lag, and a step that is being
 * taken has perhaps read before what has changed.
 */
export async function stepNow(incident: Incident, io: Pick<EngineIo, 'escalate'>): Promise<void> {
  await io.escalate({ v: 1, kind: 'step', incident: formatReference(incident) }, 0)
}
