import type { Shape } from '../contracts/versions.ts'
import type { PhoneLineEvent } from '../phoneline/phone-line.ts'
import type { StoreIo } from './io.ts'
import { contactKey } from './keys.ts'
import { held, stateIn } from './shape.ts'
import type { Row } from './table.ts'

/** What a vendor tells of a call by itself, some also which key was pressed. */
export type ContactEvent =
  | Extract<PhoneLineEvent, { type: 'connected' | 'disconnected' }>
  | Omit<Extract<PhoneLineEvent, { type: 'key' }>, 'seq'>

/** Whose call it is, and which of theirs. */
interface OwnCall {
  phoneHash: string
  seq: number
}

/** What is known of a contact: whose call it is, once the vendor's answer is here, and events that came before that. */
interface ContactLink {
  call?: OwnCall
  events: ContactEvent[]
}

/** The version, and form, in which whose call a contact is is kept. */
export const contactLinkShape: Shape<ContactLink> = { current: 1 }

/** An event of a contact that nobody knows yet is kept so long. */
const KEPT_EVENT_MS = 3_600_000

/** A contact is known for as long as the queue keeps messages. */
const KEPT_LINK_MS = 15 * 86_400_000

/** Remembers whose call a contact is, and gives the events that came before. */
export function linkContact(of: OwnCall & { contactId: string }, io: StoreIo): Promise<ContactEvent[]> {
  return onceMore(() => link(of, io))
}

/** Which call the contact of an event is; while nobody knows, the event is kept for who links the contact. */
export function callOrKeep(event: ContactEvent, io: StoreIo): Promise<OwnCall | undefined> {
  return onceMore(() => keep(event, io))
}

/** What ended in an error has perhaps been written: then its repeat finds that it is there, and needs no message to come again. */
function onceMore<T>(work: () => Promise<T>): Promise<T> {
  return work().catch(work)
}

async function link(
  { phoneHash, seq, contactId }: OwnCall & { contactId: string },
  io: StoreIo,
): Promise<ContactEvent[]> {
  // The event that overtakes is rare: the item is read only if there turns out to be one.
  for (let row: Row | undefined; ; row = await io.incidents.get(contactKey(contactId))) {
    const { call, events } = contactOf(row, io)
    if (call?.phoneHash === phoneHash && call.seq === seq) return events
    if (await write(contactId, { call: { phoneHash, seq }, events }, io.now() + KEPT_LINK_MS, row, io)) return events
  }
}

async function keep(event: ContactEvent, io: StoreIo): Promise<OwnCall | undefined> {
  for (;;) {
    const row = await io.incidents.get(contactKey(event.contactId))
    const { call, events } = contactOf(row, io)
    if (call !== undefined || events.some((kept) => isSame(kept, event))) return call
    const kept = { events: [...events, event] }
    if (await write(event.contactId, kept, io.now() + KEPT_EVENT_MS, row, io)) return undefined
  }
}

/** An event for the phone line of the call that its contact is. */
export function eventInCall(event: ContactEvent, seq: number): PhoneLineEvent {
  return event.type === 'key' ? { ...event, seq } : event
}

/** Of the same type; of keys, too, those that decide the same, and of ends those that tell how it went. */
function isSame(kept: ContactEvent, event: ContactEvent): boolean {
  if (kept.type === 'disconnected' && event.type === 'disconnected') return kept.untold === event.untold
  if (kept.type !== 'key' || event.type !== 'key') return kept.type === event.type
  return kept.decision === event.decision
}

function contactOf(row: Row | undefined, { incidents }: StoreIo): ContactLink {
  return stateIn(row, contactLinkShape, incidents) ?? { events: [] }
}

function write(
  contactId: string,
  contact: ContactLink,
  until: number,
  known: Row | undefined,
  io: StoreIo,
): Promise<boolean> {
  const before = known?.version ?? 0
  const expiresAt = Math.floor(until / 1000)
  const row = { ...contactKey(contactId), version: before + 1, ...held(contact, contactLinkShape), expiresAt }
  return io.incidents.putIfVersion(row, before)
}
