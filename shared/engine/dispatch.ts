import type { Delivered, Entry } from '../contracts/machine.ts'
import type { Incident, IncidentEffect, IncidentEvent } from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { formatReference, type IncidentReference, parseReference } from '../incidents/reference.ts'
import { isWanted } from '../phoneline/call.ts'
import { phoneLineMachine } from '../phoneline/machine.ts'
import type { PhoneLine, PhoneLineEffect, PhoneLineEvent, Request } from '../phoneline/phone-line.ts'
import { type Applied, type ApplyIo, apply, type Trigger } from '../store/apply.ts'
import { linkContact } from '../store/contact-links.ts'
import { incidentKey, phoneLineKey } from '../store/keys.ts'
import { recordRow } from '../store/records.ts'
import type { RowKey } from '../store/table.ts'
import { coalesce } from './coalesce.ts'
import { type EngineIo, invocationOf, MAX_DELAY_MS } from './io.ts'

// Incidents and phone lines speak to each other through their effects, so both are carried out here.

/** Reads, decides, writes and delivers for one incident. */
export async function dispatchToIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  trigger: Trigger<Incident, IncidentEvent>,
  io: EngineIo,
): Promise<Applied<Incident>> {
  const key = incidentKey(of)
  const acted = await apply(incidentMachine, key, trigger, incidentIo(key, io))
  io.log({ event: 'incident', incident: acted.state ? formatReference(acted.state) : key.pk, reason: acted.reason })
  return acted
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
    delivers: (effect) => effect.type !== 'notice' || io.gateway !== undefined,
    prefetch(effect) {
      if (effect.type === 'notice') io.gateway?.prefetch?.(effect)
    },
    deliver: (effect, entry, incident) => deliverOfIncident(effect, entry, incident, io),
    record: (entries) => io.incidents.put(entries.flatMap((entry) => recordRow(key, entry))),
    nudge: (incident, delayMs) =>
      io.escalate(
        { v: 1, kind: 'step', incident: formatReference(incident), step: Math.max(1, incident.step) },
        delayMs,
      ),
  }
}

async function deliverOfIncident(
  effect: IncidentEffect,
  entry: Entry<IncidentEffect>,
  incident: Incident,
  io: EngineIo,
): Promise<Delivered<IncidentEvent>> {
  switch (effect.type) {
    case 'cancel':
      await tellPhoneLine(effect.phoneHash, 'cancels', { incident: effect.incident, step: effect.step }, io)
      return { status: 'done' }
    case 'call': {
      const { phoneHash, incident, step } = effect
      await io.escalate({ v: 1, kind: 'call', phoneHash, incident, step }, 0)
      return { status: 'done' }
    }
    case 'step': {
      const delayMs = Math.max(0, effect.at - io.now())
      // Beyond the queue's longest delay watch sends the message when the time comes.
      if (delayMs <= MAX_DELAY_MS)
        await io.escalate({ v: 1, kind: 'step', incident: effect.incident, step: effect.step }, delayMs)
      return { status: 'done' }
    }
    case 'notice':
      if (io.gateway === undefined) throw new Error('This function does not speak to vendors')
      return io.gateway.notice(effect, { ...entry, effect }, incident)
    case 'number':
    case 'timeline':
    case 'past':
      throw new Error(`A ${effect.type} is put on record`)
  }
}

function phoneLineIo(phoneHash: string, io: EngineIo): ApplyIo<PhoneLine, PhoneLineEvent, PhoneLineEffect> {
  return {
    table: io.incidents,
    ...invocationOf(io),
    delivers: (effect) => (effect.type !== 'dial' && effect.type !== 'stop') || io.gateway !== undefined,
    deliver: (effect, entry, line) => deliverOfPhoneLine(effect, entry, line, io),
    nudge: (line, delayMs) => io.escalate({ v: 1, kind: 'phone-line', phoneHash, seq: Math.max(1, line.seq) }, delayMs),
  }
}

async function deliverOfPhoneLine(
  effect: PhoneLineEffect,
  entry: Entry<PhoneLineEffect>,
  line: PhoneLine,
  io: EngineIo,
): Promise<Delivered<PhoneLineEvent>> {
  switch (effect.type) {
    case 'dial':
      if (io.gateway === undefined) throw new Error('This function does not place calls')
      // It was called off before anybody dialled.
      if (entry.uncertain === 0 && !isWanted(line, effect.seq))
        return { status: 'done', events: [{ type: 'withdrawn', seq: effect.seq }] }
      return io.gateway.dial(effect, entry.uncertain > 0)
    case 'stop':
      if (io.gateway === undefined) throw new Error('This function does not stop calls')
      return io.gateway.stop(effect, entry.tries)
    case 'link':
      return { status: 'done', events: await linkContact(effect, io) }
    case 'acknowledge': {
      const { generation, ...of } = parseReference(effect.incident)
      const event = { type: 'acknowledge', generation, via: 'phone', phoneHash: effect.phoneHash } as const
      await dispatchToIncident(of, { event }, io)
      return { status: 'done' }
    }
    case 'outcome': {
      const { generation, ...of } = parseReference(effect.incident)
      const { phoneHash, step, outcome, failure } = effect
      const event = {
        type: 'call',
        generation,
        phoneHash,
        step,
        outcome,
        ...(failure === undefined ? {} : { failure }),
      } as const
      const { state: now } = await dispatchToIncident(of, { event }, io)
      // Whoever took the incident while the vendor was being asked has perhaps not called it off yet, or crashed before.
      const isOpen = now?.generation === generation && now.status === 'open'
      if (outcome !== 'ringing' || isOpen) return { status: 'done' }
      return { status: 'done', events: [{ type: 'cancel', incident: effect.incident, step }] }
    }
    case 'look': {
      const delayMs = Math.min(Math.max(0, effect.at - io.now()), MAX_DELAY_MS)
      await io.escalate({ v: 1, kind: 'phone-line', phoneHash: effect.phoneHash, seq: effect.seq }, delayMs)
      return { status: 'done' }
    }
  }
}
