import type { RecipientQueue, RecipientQueueEvent } from '../../delivery/recipient-queue/queue.ts'
import type { Incident, IncidentEvent } from '../../incidents/incident.ts'
import type { IncidentReference } from '../../incidents/reference.ts'
import type { Request } from '../../phoneline/phone-line.ts'
import type { Applied, Trigger } from '../../store/apply.ts'
import type { EngineIo } from '../io.ts'

/** How an effect of one machine gets to another. Handed in: those of incidents lead to phone lines, and theirs to incidents. */
export interface Dispatchers {
  dispatchToIncident(
    of: Pick<IncidentReference, 'project' | 'groupKey'>,
    trigger: Trigger<Incident, IncidentEvent>,
    io: EngineIo,
    options?: { written?: (incident: Incident) => void },
  ): Promise<Applied<Incident>>
  tellPhoneLine(phoneHash: string, type: 'requests' | 'cancels', of: Request, io: EngineIo): Promise<void>
  dispatchToRecipientQueue(
    recipient: string,
    trigger: Trigger<RecipientQueue, RecipientQueueEvent>,
    io: EngineIo,
    written?: () => void,
  ): Promise<void>
}

/** What the effects of incidents, phone lines and recipients' queues are carried out with. */
export interface Dispatching extends Dispatchers {
  io: EngineIo
}
