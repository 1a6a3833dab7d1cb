import type { IncidentEvent } from '../incidents/incident.ts'
import { parseReference } from '../incidents/reference.ts'
import { dispatchToIncident } from './dispatch.ts'
import type { EngineIo } from './io.ts'

type Merge = Extract<IncidentEvent, { type: 'merge' }>

/** Tells an incident, by its reference, that the one of a `number` is merged into it, or is no more. It changes in nothing else. */
export async function tellMerged(
  reference: string,
  told: Pick<Merge, 'number' | 'by' | 'via'> & { what: 'member' | 'member-gone' },
  io: EngineIo,
): Promise<void> {
  const { generation, ...of } = parseReference(reference)
  await dispatchToIncident(of, { event: { type: 'merge', generation, ...told } }, io)
}
