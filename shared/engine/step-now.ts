import type { Incident } from '../incidents/incident.ts'
import { formatReference } from '../incidents/reference.ts'
import type { EngineIo } from './io.ts'

/** Has an incident take its step now, in which it finds out whether it is to page. */
export async function stepNow(incident: Incident, io: Pick<EngineIo, 'escalate'>): Promise<void> {
  await io.escalate({ v: 1, kind: 'step', incident: formatReference(incident), step: incident.step }, 0)
}
