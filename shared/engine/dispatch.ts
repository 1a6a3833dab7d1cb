import type { Delivered, Entry } from '../contracts/machine.ts'
import type { Incident, IncidentEffect, IncidentEvent } from '../incidents/incident.ts'
import { incidentMachine } from '../incidents/machine.ts'
import { formatReference, type IncidentReference, parseReference } from '../incidents/reference.ts'
import { isWanted } from '../phoneline/call.ts'
import { deskMachine } from '../phoneline/machine.ts'
import type { Desk, DeskEffect, DeskEvent, Request } from '../phoneline/phone-line.ts'
import { type Acted, type ActIo, act, type Occasion } from '../store/apply.ts'
import { linkContact } from '../store/contact-links.ts'
import { deskKey, incidentKey } from '../store/keys.ts'
import { recordRow } from '../store/records.ts'
import type { RowKey } from '../store/table.ts'
import { together } from './coalesce.ts'
import { invocationOf, MAX_DELAY_MS, type PathIo } from './io.ts'

// Incidents and desks speak to each other through their effects, so both are carried out here.

/** Reads, decides, writes and delivers for one incident. */
export async function actOnIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  occasion: Occasion<Incident, IncidentEvent>,
  io: PathIo,
): Promise<Acted<Incident>> {
  const key = incidentKey(of)
  const acted = await act(incidentMachine, key, occasion, incidentIo(key, io))
  io.log({ event: 'incident', incident: acted.state ? formatReference(acted.state) : key.pk, reason: acted.reason })
  return acted
}

/** Reads, decides, writes and delivers for one person's desk. */
export async function actOnDesk(person: string, occasion: Occasion<Desk, DeskEvent>, io: PathIo): Promise<Acted<Desk>> {
  const acted = await act(deskMachine(person), deskKey(person), occasion, deskIo(person, io))
  io.log({ event: 'desk', person, seq: acted.state?.seq, reason: acted.reason })
  return acted
}

/**
 * Asks a person's desk to call, or not to call, about an incident. A storm asks for a hundred at the same moment. Requests and
 * cancels go apart, so that a desk that takes no more requests still takes cancels.
 */
export function askDesk(person: string, type: 'requests' | 'cancels', of: Request, io: PathIo): Promise<void> {
  return together(io, `${type} ${person}`, of, (take) =>
    actOnDesk(person, { gather: async () => ({ type, of: take() }) }, io),
  )
}

function incidentIo(key: RowKey, io: PathIo): ActIo<Incident, IncidentEvent, IncidentEffect> {
  return {
    table: io.incidents,
    ...invocationOf(io),
    delivers: (effect) => effect.type !== 'notice' || io.hands !== undefined,
    beforehand(effect) {
      if (effect.type === 'notice') io.hands?.beforehand?.(effect)
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
  io: PathIo,
): Promise<Delivered<IncidentEvent>> {
  switch (effect.type) {
    case 'cancel':
      await askDesk(effect.person, 'cancels', { incident: effect.incident, step: effect.step }, io)
      return { status: 'done' }
    case 'call': {
      const { person, incident, step } = effect
      await io.escalate({ v: 1, kind: 'call', person, incident, step }, 0)
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
      if (io.hands === undefined) throw new Error('This function does not speak to vendors')
      return io.hands.notice(effect, { ...entry, effect }, incident)
    case 'number':
    case 'timeline':
      throw new Error(`A ${effect.type} is put on record`)
  }
}

function deskIo(person: string, io: PathIo): ActIo<Desk, DeskEvent, DeskEffect> {
  return {
    table: io.incidents,
    ...invocationOf(io),
    delivers: (effect) => (effect.type !== 'dial' && effect.type !== 'stop') || io.hands !== undefined,
    deliver: (effect, entry, desk) => deliverOfDesk(effect, entry, desk, io),
    nudge: (desk, delayMs) => io.escalate({ v: 1, kind: 'desk', person, seq: Math.max(1, desk.seq) }, delayMs),
  }
}

async function deliverOfDesk(
  effect: DeskEffect,
  entry: Entry<DeskEffect>,
  desk: Desk,
  io: PathIo,
): Promise<Delivered<DeskEvent>> {
  switch (effect.type) {
    case 'dial':
      if (io.hands === undefined) throw new Error('This function does not place calls')
      // It was called off before anybody dialled.
      if (entry.uncertain === 0 && !isWanted(desk, effect.seq))
        return { status: 'done', events: [{ type: 'withdrawn', seq: effect.seq }] }
      return io.hands.dial(effect, entry.uncertain > 0)
    case 'stop':
      if (io.hands === undefined) throw new Error('This function does not stop calls')
      return io.hands.stop(effect, entry.tries)
    case 'link':
      return { status: 'done', events: await linkContact(effect, io) }
    case 'acknowledge': {
      const { generation, ...of } = parseReference(effect.incident)
      const event = { type: 'acknowledge', generation, how: 'phone', person: effect.person } as const
      await actOnIncident(of, { event }, io)
      return { status: 'done' }
    }
    case 'outcome': {
      const { generation, ...of } = parseReference(effect.incident)
      const { person, step, outcome, reason } = effect
      const event = {
        type: 'call',
        generation,
        person,
        step,
        outcome,
        ...(reason === undefined ? {} : { reason }),
      } as const
      const { state: now } = await actOnIncident(of, { event }, io)
      // Whoever took the incident while the vendor was being asked has perhaps not called it off yet, or crashed before.
      const isOpen = now?.generation === generation && now.status === 'open'
      if (outcome !== 'ringing' || isOpen) return { status: 'done' }
      return { status: 'done', events: [{ type: 'cancel', incident: effect.incident, step }] }
    }
    case 'look': {
      const delayMs = Math.min(Math.max(0, effect.at - io.now()), MAX_DELAY_MS)
      await io.escalate({ v: 1, kind: 'desk', person: effect.person, seq: effect.seq }, delayMs)
      return { status: 'done' }
    }
  }
}
