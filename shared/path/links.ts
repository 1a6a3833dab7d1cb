import type { DeskEvent } from '../escalation/desk.ts'
import type { Row } from '../state/table.ts'
import type { PathIo } from './io.ts'

/** What a Connect contact event says of a call. */
export type ContactEvent = Extract<DeskEvent, { type: 'connected' | 'disconnected' }>

/** An event of a contact that nobody knows yet is kept so long. */
const KEPT_EVENT_MS = 3_600_000

/** A contact is known for as long as the queue keeps messages. */
const KEPT_LINK_MS = 15 * 86_400_000

/** Remembers whose call a contact is, and gives the events that came before, in order. */
export async function linkContact(
  { person, seq, contactId }: { person: string; seq: number; contactId: string },
  io: PathIo,
): Promise<DeskEvent[]> {
  const pk = contactKey(contactId)
  const link: Row = {
    pk,
    sk: 'desk',
    state: JSON.stringify({ person, seq }),
    expiresAt: seconds(io.now() + KEPT_LINK_MS),
  }
  await io.incidents.put([link])
  const kept = await io.incidents.query(pk, 'event#')
  return kept.flatMap((row) => (row.state === undefined ? [] : [JSON.parse(row.state) as ContactEvent]))
}

/** Keeps an event of a contact that nobody knows yet. */
export async function keepEvent(event: ContactEvent, io: PathIo): Promise<void> {
  const expiresAt = seconds(io.now() + KEPT_EVENT_MS)
  const pk = contactKey(event.contactId)
  await io.incidents.put([{ pk, sk: `event#${event.type}`, state: JSON.stringify(event), expiresAt }])
}

/** Whose call a contact is; undefined while nobody has said so. */
export async function personOf(contactId: string, io: PathIo): Promise<string | undefined> {
  const row = await io.incidents.get({ pk: contactKey(contactId), sk: 'desk' })
  return row?.state === undefined ? undefined : (JSON.parse(row.state) as { person: string }).person
}

function contactKey(contactId: string): string {
  return `contact#${contactId}`
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
