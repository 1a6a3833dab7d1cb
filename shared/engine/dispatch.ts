import type { Delivered, Entry } from '../contracts/machine.ts'
import {
  type RecipientQueue,
  type RecipientQueueEffect,
  type RecipientQueueEvent,
  recipientQueueMachine,
} from '../delivery/recipient-queue/queue.ts'
import { reserveWindow } from '../delivery/recipient-queue/rate-window.ts'
import type { IncidentRecord } from '../incidents/effects.ts'
import type { Incident, IncidentEffect, IncidentEvent, NoticeEffect } from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { formatReference, type IncidentReference, parseReference } from '../incidents/reference.ts'
import { isWanted } from '../phoneline/call.ts'
import { phoneLineMachine } from '../phoneline/machine.ts'
import type { PhoneLine, PhoneLineEffect, PhoneLineEvent, Request } from '../phoneline/phone-line.ts'
import { type Applied, type ApplyIo, apply, type Trigger } from '../store/apply.ts'
import { eventInCall, linkContact } from '../store/contact-links.ts'
import { incidentKey, phoneLineKey, recipientKey } from '../store/keys.ts'
import { recordRow } from '../store/records.ts'
import type { Row, RowKey } from '../store/table.ts'
import { coalesce } from './coalesce.ts'
import { type EngineIo, invocationOf, MAX_DELAY_MS } from './io.ts'

/** A recipient's queue that could not be written is asked again after so long, doubled from try to try. */
const HAND_ON_AGAIN_MS = 2_000
const LONGEST_PAUSE_MS = 300_000

// Incidents and phone lines speak to each other through their effects, so both are carried out here.

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
  io.log({ event: 'incident', incident: acted.state ? formatReference(acted.state) : key.pk, reason: acted.reason })
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
  if ((event.type !== 'acknowledge' && event.type !== 'resolve') || event.via === 'phone') return
  const incident = formatReference({ ...of, generation: event.generation })
  await io.escalate({ v: 1, kind: 'step', incident, step: 1 }, Math.max(0, io.leaseUntil - io.now()) + 1_000)
}

/** Reads, decides, writes and delivers for one person's phone line. */
export async function dispatchToPhoneLine(
  phoneHash: string,
  trigger: Trigger<PhoneLine, PhoneLineEvent>,
  io: EngineIo,
): Promise<Applied<PhoneLine>> {
  const acted = await apply(phoneLineMachine(phoneHash), phoneLineKey(phoneHash), trigger, phoneLineIo(phoneHash, io))
  io.log({ event: 'phone line', phoneHash, seq: acted.state?.seq, reason: acted.reason })
  return acted
}

/** Reads, decides, writes and delivers for one recipient's queue. */
export async function dispatchToRecipientQueue(
  recipient: string,
  trigger: Trigger<RecipientQueue, RecipientQueueEvent>,
  io: EngineIo,
): Promise<void> {
  const acted = await apply(
    recipientQueueMachine(recipient),
    recipientKey(recipient),
    trigger,
    recipientQueueIo(recipient, io),
  )
  io.log({
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
  return coalesce(io, `${type} ${phoneHash}`, of, (take) =>
    dispatchToPhoneLine(phoneHash, { gather: async () => ({ type, of: take() }) }, io),
  )
}

function incidentIo(key: RowKey, io: EngineIo): ApplyIo<Incident, IncidentEvent, IncidentEffect> {
  return {
    table: io.incidents,
    ...invocationOf(io),
    carries: (carrier) => carrier !== 'gateway' || io.gateway !== undefined,
    prefetch(effect) {
      if (effect.type === 'notice') io.gateway?.prefetch?.(effect)
    },
    deliver: (effect, entry, incident) => deliver(ofIncident, effect, entry, incident, io),
    record: (entries) => io.incidents.put(entries.flatMap((entry) => recordRow(key, entry))),
    nudge: (incident, delayMs) =>
      io.escalate(
        { v: 1, kind: 'step', incident: formatReference(incident), step: Math.max(1, incident.step) },
        Math.min(delayMs, MAX_DELAY_MS),
      ),
  }
}

/** How the effects of an incident are carried out. */
const ofIncident: Deliveries<Exclude<IncidentEffect, IncidentRecord>, Incident, IncidentEvent> = {
  async cancel({ phoneHash, incident, step }, _, __, io) {
    await tellPhoneLine(phoneHash, 'cancels', { incident, step }, io)
    return { status: 'done' }
  },
  async call({ phoneHash, incident, step, severity }, _, __, io) {
    await io.escalate({ v: 1, kind: 'call', phoneHash, incident, step, severity }, 0)
    return { status: 'done' }
  },
  async step({ at, incident, step }, _, __, io) {
    const delayMs = Math.max(0, at - io.now())
    // Beyond the queue's longest delay watch sends the message when the time comes.
    if (delayMs <= MAX_DELAY_MS) await io.escalate({ v: 1, kind: 'step', incident, step }, delayMs)
    return { status: 'done' }
  },
  async notice(effect, entry, incident, io) {
    const delivered = await gatewayOf(io).notice(effect, entry, incident)
    if (delivered.status !== 'waits') return delivered
    const { recipient, pace, afterMs, repeat } = delivered
    const handed: NoticeEffect = repeat ? { ...effect, repeat } : effect
    try {
      await coalesce(io, `recipient ${recipient}`, handed, (take) =>
        dispatchToRecipientQueue(
          recipient,
          { gather: async () => ({ type: 'notices', of: take(), pace, afterMs }) },
          io,
        ),
      )
    } catch (error) {
      invocationOf(io).failed(error)
      // Nobody knows whether the queue has it: from now on it is handed on as what may have been posted.
      const againMs = Math.min(HAND_ON_AGAIN_MS * 2 ** entry.tries, LONGEST_PAUSE_MS)
      return { status: 'later', afterMs: againMs, uncertain: true }
    }
    return { status: 'done' }
  },
}

function phoneLineIo(phoneHash: string, io: EngineIo): ApplyIo<PhoneLine, PhoneLineEvent, PhoneLineEffect> {
  return {
    table: io.incidents,
    ...invocationOf(io),
    carries: (carrier) => carrier !== 'gateway' || io.gateway !== undefined,
    deliver: (effect, entry, line) => deliver(ofPhoneLine, effect, entry, line, io),
    nudge: (line, delayMs) => io.escalate({ v: 1, kind: 'phone-line', phoneHash, seq: Math.max(1, line.seq) }, delayMs),
  }
}

/** How the effects of a phone line are carried out. */
const ofPhoneLine: Deliveries<PhoneLineEffect, PhoneLine, PhoneLineEvent> = {
  async dial(effect, { uncertain }, line, io) {
    const gateway = gatewayOf(io)
    // It was called off before anybody dialled.
    if (uncertain === 0 && !isWanted(line, effect.seq))
      return { status: 'done', events: [{ type: 'withdrawn', seq: effect.seq }] }
    return gateway.dial(effect, uncertain > 0)
  },
  async stop(effect, { tries }, _, io) {
    return gatewayOf(io).stop(effect, tries)
  },
  async link(effect, _, __, io) {
    const events = await linkContact(effect, io)
    return { status: 'done', events: events.map((event) => eventInCall(event, effect.seq)) }
  },
  async acknowledge({ type: _, incident, ...by }, __, ___, io) {
    const { generation, ...of } = parseReference(incident)
    await dispatchToIncident(of, { event: { type: 'acknowledge', generation, via: 'phone', ...by } }, io)
    return { status: 'done' }
  },
  async outcome({ type: _, incident, ...call }, __, ___, io) {
    const { generation, ...of } = parseReference(incident)
    // Whoever took the incident while the vendor was being asked has perhaps not called it off yet, or crashed before.
    const isLate = (now: Incident | undefined) =>
      call.outcome === 'ringing' && !(now?.generation === generation && now.status === 'open')
    let callingOff: Promise<void> | undefined
    const written = (now: Incident) => {
      // At once: what else the incident has to have carried out may include a slow robot.
      if (!isLate(now)) return
      callingOff = tellPhoneLine(call.phoneHash, 'cancels', { incident, step: call.step }, io)
      // A failure is met below; one that comes before would end the whole process.
      callingOff.catch(() => {})
    }
    const event = { type: 'call', generation, ...call } as const
    const { state: now } = await dispatchToIncident(of, { event }, io, { written })
    await callingOff
    if (!isLate(now)) return { status: 'done' }
    return { status: 'done', events: [{ type: 'cancel', incident, step: call.step }] }
  },
  async deadline({ at, phoneHash, seq }, _, __, io) {
    const delayMs = Math.min(Math.max(0, at - io.now()), MAX_DELAY_MS)
    await io.escalate({ v: 1, kind: 'phone-line', phoneHash, seq }, delayMs)
    return { status: 'done' }
  },
}

function recipientQueueIo(
  recipient: string,
  io: EngineIo,
): ApplyIo<RecipientQueue, RecipientQueueEvent, RecipientQueueEffect> {
  return {
    table: io.incidents,
    ...invocationOf(io),
    carries: (carrier) => carrier !== 'gateway' || io.gateway !== undefined,
    deliver: (effect, entry, queue) => deliver(ofRecipientQueue, effect, entry, queue, io),
    nudge: ({ seq }, delayMs) => io.escalate({ v: 1, kind: 'post', recipient, seq: Math.max(1, seq) }, delayMs),
  }
}

/** How the effects of a recipient's queue are carried out. */
const ofRecipientQueue: Deliveries<RecipientQueueEffect, RecipientQueue, RecipientQueueEvent> = {
  async turn({ recipient, pace, seq, at }, _, __, io) {
    const delayMs = Math.max(0, at - io.now())
    // Beyond the queue's longest delay watch sends the message when the time comes.
    if (delayMs <= MAX_DELAY_MS) await io.escalate({ v: 1, kind: 'post', recipient, seq }, delayMs)
    // Without them others may post around the queue, which then takes what is left.
    await reserveWindow(recipient, pace, at, io).catch(invocationOf(io).failed)
    return { status: 'done' }
  },
  async post(_, { uncertain }, queue, io) {
    return gatewayOf(io).post(queue, uncertain > 0)
  },
  async told({ type: _, ...told }, __, ___, io) {
    const { generation: _generation, ...of } = parseReference(told.effect.incident)
    await dispatchToIncident(of, { event: { type: 'delivered', ...told } }, io)
    return { status: 'done' }
  },
}

/** How one type of effects is carried out. */
type Delivery<F, S, E> = (effect: F, entry: Entry<F>, state: S, io: EngineIo) => Promise<Delivered<E>>

/** How each type of a machine's effects is carried out. */
type Deliveries<F extends { type: string }, S, E> = {
  [Type in F['type']]: Delivery<Extract<F, { type: Type }>, S, E>
}

async function deliver<F extends { type: string }, S, E>(
  deliveries: Record<string, Delivery<never, S, E>>,
  effect: F,
  entry: Entry<F>,
  state: S,
  io: EngineIo,
): Promise<Delivered<E>> {
  const delivery = deliveries[effect.type]
  if (delivery === undefined) throw new Error(`A ${effect.type} is put on record`)
  return delivery(effect as never, entry as Entry<never>, state, io)
}

/** What reaches out to people, in a function that may. */
export function gatewayOf({ gateway }: EngineIo): NonNullable<EngineIo['gateway']> {
  if (gateway === undefined) throw new Error('This function does not speak to vendors')
  return gateway
}
