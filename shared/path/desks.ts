import { type Desk, type DeskEffect, type DeskEvent, deskMachine } from '../escalation/desk.ts'
import { parseReference } from '../incidents/reference.ts'
import { type Acted, type ActIo, act, type Occasion } from '../state/act.ts'
import type { Delivered, Entry } from '../state/machine.ts'
import type { RowKey } from '../state/table.ts'
import { linkContact } from './contacts.ts'
import { actOnIncident } from './incidents.ts'
import { logFailure, MAX_DELAY_MS, type PathIo } from './io.ts'

/** Reads, decides, writes and delivers for one person's desk. */
export async function actOnDesk(person: string, occasion: Occasion<Desk, DeskEvent>, io: PathIo): Promise<Acted<Desk>> {
  const acted = await act(deskMachine(person), deskKey(person), occasion, deskIo(person, io))
  io.log({ event: 'desk', person, seq: acted.state?.seq, reason: acted.reason })
  return acted
}

export function deskKey(person: string): RowKey {
  return { pk: `desk#${person}`, sk: 'state' }
}

function deskIo(person: string, io: PathIo): ActIo<Desk, DeskEvent, DeskEffect> {
  return {
    table: io.incidents,
    now: io.now,
    leaseUntil: io.leaseUntil,
    failed: logFailure(io),
    delivers: (effect) => (effect.type !== 'dial' && effect.type !== 'stop') || io.hands !== undefined,
    deliver: (effect, entry) => deliver(effect, entry, io),
    nudge: (desk, delayMs) => io.escalate({ v: 1, kind: 'desk', person, seq: Math.max(1, desk.seq) }, delayMs),
  }
}

async function deliver(effect: DeskEffect, entry: Entry<DeskEffect>, io: PathIo): Promise<Delivered<DeskEvent>> {
  switch (effect.type) {
    case 'dial':
      if (io.hands === undefined) throw new Error('This function does not place calls')
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
      await actOnIncident(of, { event }, io)
      return { status: 'done' }
    }
    case 'look': {
      const delayMs = Math.min(Math.max(0, effect.at - io.now()), MAX_DELAY_MS)
      await io.escalate({ v: 1, kind: 'desk', person: effect.person, seq: effect.seq }, delayMs)
      return { status: 'done' }
    }
  }
}
