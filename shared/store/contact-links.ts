import type { Shape } from '../contracts/versions.ts'
import type { PhoneLineEvent } from '../phoneline/phone-line.ts'
import type { StoreIo } from './io.ts'
import { contactKey } from './keys.ts'
import { held, stateIn } from './shape.ts'
import type { Row } from './table.ts'

/** What a Connect contact event says of a call. */
export type ContactEvent = Extract<PhoneLineEvent, { type: 'connected' | 'disconnected' }>

/** What is known of a contact: whose call it is, once the vendor's answer is here, and events that came before that. */
interface ContactLink {
  phoneHash?: string
  events: ContactEvent[]
}

export const contactLinkShape: Shape<ContactLink> = { current: 1 }

/** An event of a contact that nobody knows yet is kept so long. */
const KEPT_EVENT_MS = 3_600_000

/** A contact is known for as long as the queue keeps messages. */
const KEPT_LINK_MS = 15 * 86_400_000

/** Remembers whose call a contact is, and gives the events that came before. */
export async function linkContact(
  { phoneHash, contactId }: { phoneHash: string; contactId: string },
  io: StoreIo,
): Promise<ContactEvent[]> {
  // The event that overtakes is rare: the item is read only if there turns out to be one.
  for (let row: Row | undefined; ; row = await io.incidents.get(contactKey(contactId))) {
    const { events } = contactOf(row, io)
    if (await write(contactId, { phoneHash, events }, io.now() + KEPT_LINK_MS, row, io)) return events
  }
}

/** Whose call the contact of an event is; while nobody knows, the event is kept for who links the contact. */
export async function phoneHashOrKeep(event: ContactEvent, io: StoreIo): Promise<string | undefined> {
  for (;;) {
    const row = await io.incidents.get(contactKey(event.contactId))
    const { phoneHash, events } = contactOf(row, io)
    if (phoneHash !== undefined || events.some(({ type }) => type === event.type)) return phoneHash
    const kept = { events: [...events, event] }
    if (await write(event.contactId, kept, io.now() + KEPT_EVENT_MS, row, io)) return undefined
  }
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
