import { type ContactEvent, personOrKeep } from '../store/contact-links.ts'
import { actOnDesk } from './dispatch.ts'
import type { PathIo } from './io.ts'

/**
 * Takes a contact event to the desk whose call it is. Events are best effort, unordered and may repeat; one that overtakes the
 * answer to StartOutboundVoiceContact is kept until the contact is known.
 */
export async function takeContactEvent(event: ContactEvent, io: PathIo): Promise<'taken' | 'kept'> {
  const person = await personOrKeep(event, io)
  if (person === undefined) return 'kept'
  await actOnDesk(person, { event }, io)
  return 'taken'
}
