import type { Carrier } from '../contracts/machine.ts'
import {
  type RecipientQueue,
  type RecipientQueueEffect,
  type RecipientQueueEvent,
  recipientQueueMachine,
} from '../delivery/recipient-queue/queue.ts'
import { isByHand } from '../incidents/duty/tell-peers.ts'
import type { Incident, IncidentEffect, IncidentEvent } from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { formatReference, type IncidentReference } from '../incidents/reference.ts'
import { phoneLineMachine } from '../phoneline/machine.ts'
import type { PhoneLine, PhoneLineEffect, PhoneLineEvent, Request } from '../phoneline/phone-line.ts'
import { type Applied, type ApplyIo, apply, type Trigger } from '../store/apply.ts'
import { incidentKey, phoneLineKey, recipientKey } from '../store/keys.ts'
import type { Row, RowKey } from '../store/table.ts'
import { coalesce } from './coalesce.ts'
import type { Dispatchers } from './effects/dispatchers.ts'
import { incidentEffects } from './effects/incident.ts'
import { phoneLineEffects } from './effects/phone-line.ts'
import { recipientQueueEffects } from './effects/recipient-queue.ts'
import { carriedOut, recordRows } from './effects/table.ts'
import { type EngineIo, invocationOf, MAX_DELAY_MS } from './io.ts'

// Incidents, phone lines and recipients' queues get to each other through their effects, which are handed these functions.
const dispatchers: Dispatchers = { dispatchToIncident, tellPhoneLine, dispatchToRecipientQueue }

/**
 * Reads, decides, writes and delivers for one incident; `known` spares the read when the caller has just read the item, `written` is
 * told of the new state before anything is carried out.
 */
export async function dispatchToIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  trigger: Trigger<Incident, IncidentEvent>,
  io: EngineIo,
  { known, written }: { known?: { row: Row | undefined }; written?: (incident: Incident) => void } = {},
): Promise<Applied<Incident>> {
  const key = incidentKey(of)
  await nudgeAfterwards(of, trigger, io)
  const applyIo = { ...incidentIo(key, io), ...(written === undefined ? {} : { written }) }
  const acted = await apply(incidentMachine, key, trigger, applyIo, known)
  const incident = acted.state ? formatReference(acted.state) : key.pk
  io.log({ level: 'info', event: 'incident', incident, reason: acted.reason })
  return acted
}

/**
 * Nobody sends once more what a person did by link or command. Should this process die before it has called the phones off, the
 * incident is looked at as soon as that is certain; the step of the message is long over.
 */
async function nudgeAfterwards(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  trigger: Trigger<Incident, IncidentEvent>,
  io: EngineIo,
): Promise<void> {
  if (trigger === 'deliver' || 'gather' in trigger) return
  const { event } = trigger
  if (!isByHand(event) || event.via === 'phone') return
  const incident = formatReference({ ...of, generation: event.generation })
  await io.escalate({ v: 1, kind: 'step', incident, step: 1 }, Math.max(0, io.leaseUntil - io.now()) + 1_000)
}

/** Reads, decides, writes and delivers for one person's phone line; `written` is called before anything is carried out. */
export async function dispatchToPhoneLine(
  phoneHash: string,
  trigger: Trigger<PhoneLine, PhoneLineEvent>,
  io: EngineIo,
  written: () => void = () => {},
): Promise<Applied<PhoneLine>> {
  const applyIo = { ...phoneLineIo(phoneHash, io), written }
  const acted = await apply(phoneLineMachine(phoneHash), phoneLineKey(phoneHash), trigger, applyIo)
  io.log({ level: 'info', event: 'phone line', phoneHash, seq: acted.state?.seq, reason: acted.reason })
  return acted
}

/** Reads, decides, writes and delivers for one recipient's queue; `written` is called before anything is carried out. */
export async function dispatchToRecipientQueue(
  recipient: string,
  trigger: Trigger<RecipientQueue, RecipientQueueEvent>,
  io: EngineIo,
  written: () => void = () => {},
): Promise<void> {
  const applyIo = { ...recipientQueueIo(recipient, io), written }
  const acted = await apply(recipientQueueMachine(recipient), recipientKey(recipient), trigger, applyIo)
  io.log({
    level: 'info',
    event: 'recipient queue',
    seq: acted.state?.seq,
    waiting: acted.state?.waiting.length,
    reason: acted.reason,
  })
}

/**
 * Asks a person's phone line to call, or not to call, about an incident. A storm asks for a hundred at the same moment. Requests and
 * cancels go apart, so that a phone line that takes no more requests still takes cancels.
 */
export function tellPhoneLine(
  phoneHash: string,
  type: 'requests' | 'cancels',
  of: Request,
  io: EngineIo,
): Promise<void> {
  return coalesce(io, `${type} ${phoneHash}`, of, (take, next) =>
    dispatchToPhoneLine(phoneHash, { gather: async () => ({ type, of: take() }) }, io, next),
  )
}

/** What the machines of the incidents table have in common. */
function inIncidentsTable(io: EngineIo) {
  // Where there are no other regions any more, whoever speaks to vendors drops the word to them.
  const carriers = { anybody: true, gateway: io.gateway !== undefined, peers: (io.peers ?? io.gateway) !== undefined }
  const carries = (carrier: Carrier) => carriers[carrier]
  return { table: io.incidents, ...invocationOf(io), carries }
}

function incidentIo(key: RowKey, io: EngineIo): ApplyIo<Incident, IncidentEvent, IncidentEffect> {
  return {
    ...inIncidentsTable(io),
    ...carriedOut(incidentEffects, { io, ...dispatchers }),
    record: (entries) => io.incidents.put(recordRows(incidentEffects, key, entries)),
    nudge: (incident, delayMs) =>
      io.escalate(
        { v: 1, kind: 'step', incident: formatReference(incident), step: Math.max(1, incident.step) },
        Math.min(delayMs, MAX_DELAY_MS),
      ),
  }
}

function phoneLineIo(phoneHash: string, io: EngineIo): ApplyIo<PhoneLine, PhoneLineEvent, PhoneLineEffect> {
  return {
    ...inIncidentsTable(io),
    ...carriedOut(phoneLineEffects, { io, ...dispatchers }),
    nudge: (line, delayMs) => io.escalate({ v: 1, kind: 'phone-line', phoneHash, seq: Math.max(1, line.seq) }, delayMs),
  }
}

function recipientQueueIo(
  recipient: string,
  io: EngineIo,
): ApplyIo<RecipientQueue, RecipientQueueEvent, RecipientQueueEffect> {
  return {
    ...inIncidentsTable(io),
    ...carriedOut(recipientQueueEffects, { io, ...dispatchers }),
    nudge: ({ seq }, delayMs) => io.escalate({ v: 1, kind: 'post', recipient, seq: Math.max(1, seq) }, delayMs),
  }
}
