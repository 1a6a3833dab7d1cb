import type { DeskEvent } from '../escalation/desk.ts'
import type { Row } from '../state/table.ts'
import { actOnDesk } from './desks.ts'
import type { PathIo } from './io.ts'

/** What a Connect contact event says of a call. */
export type ContactEvent =
  | { type: 'connected'; contactId: string }
  | { type: 'disconnected'; contactId: string; answered: boolean; reason?: string }

/** An event of a contact that nobody knows yet is kept so long. */
const KEPT_EVENT_MS = 3_600_000

/** A contact is known for as long as its incident's history. */
const KEPT_LINK_MS = 15 * 86_400_000

/**
 * Takes a contact event to the desk whose call it is. Events are best effort, unordered and may repeat; one that overtakes the
 * answer to StartOutboundVoiceContact is kept until the contact is known.
 */
export async function takeContactEvent(event: ContactEvent, io: PathIo): Promise<'taken' | 'kept'> {
  const pk = contactKey(event.contactId)
  const desk = await personOf(pk, io)
  if (desk !== undefined) {
    await actOnDesk(desk, { event }, io)
    return 'taken'
  }
  await io.incidents.put([
    { pk, sk: `event#${event.type}`, state: JSON.stringify(event), expiresAt: seconds(io.now() + KEPT_EVENT_MS) },
  ])
  // The link may have been written in between: whoever comes second sees the other's item.
  const linked = await personOf(pk, io)
  if (linked === undefined) return 'kept'
  await actOnDesk(linked, { event }, io)
  return 'taken'
}

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

async function personOf(pk: string, io: PathIo): Promise<string | undefined> {
  const row = await io.incidents.get({ pk, sk: 'desk' })
  return row?.state === undefined ? undefined : (JSON.parse(row.state) as { person: string }).person
}

function contactKey(contactId: string): string {
  return `contact#${contactId}`
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
