import type { ContactEvent } from '../store/contact-links.ts'
import type { ReadContactEvent } from './channel.ts'
import { readConnectEvent } from './connect/events.ts'

/**
 * The `events` of every voice route, by its type. They stand apart from the registry because the function that takes them also
 * answers people on the phone: it must start without the SDKs of those who send.
 */
export const contactEvents: Record<string, ReadContactEvent> = {
  connect: readConnectEvent,
}

/** What an event of any vendor means for a call. Undefined: no vendor's event; `ignored`: one that means nothing to us. */
export function contactEventOf(event: unknown): ContactEvent | 'ignored' | undefined {
  for (const read of Object.values(contactEvents)) {
    const meaning = read(event)
    if (meaning !== undefined) return meaning
  }
  return undefined
}
