import { actOnDesk } from './acts.ts'
import type { PathIo } from './io.ts'
import { type ContactEvent, keepEvent, personOf } from './links.ts'

/**
 * Takes a contact event to the desk whose call it is. Events are best effort, unordered and may repeat; one that overtakes the
 * answer to StartOutboundVoiceContact is kept until the contact is known.
 */
export async function takeContactEvent(event: ContactEvent, io: PathIo): Promise<'taken' | 'kept'> {
  const person = await personOf(event.contactId, io)
  if (person !== undefined) {
    await actOnDesk(person, { event }, io)
    return 'taken'
  }
  await keepEvent(event, io)
  // The link may have been written in between: whoever comes second sees the other's item.
  const linked = await personOf(event.contactId, io)
  if (linked === undefined) return 'kept'
  await actOnDesk(linked, { event }, io)
  return 'taken'
}
