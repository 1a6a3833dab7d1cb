import { type ContactEvent, callOrKeep, eventInCall } from '../../store/contact-links.ts'
import { dispatchToPhoneLine } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'

/**
 * Takes a contact event to the phone line whose call it is. Events are best effort, unordered and may repeat; one that overtakes the
 * answer to StartOutboundVoiceContact is kept until the contact is known.
 */
export async function takeContactEvent(event: ContactEvent, io: EngineIo): Promise<'taken' | 'kept'> {
  const call = await callOrKeep(event, io)
  if (call === undefined) return 'kept'
  await dispatchToPhoneLine(call.phoneHash, { event: eventInCall(event, call.seq) }, io)
  return 'taken'
}
