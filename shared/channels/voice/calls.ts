import type { CallInput } from '../../contracts/call-input.ts'
import type { ContactEvent } from '../../store/contact-links.ts'
import { callReaders } from '../registered/call-readers.ts'
import type { CallReader } from './call-reader.ts'

/** What an event of any vendor means for a call. Undefined: no vendor's event; `ignored`: one that means nothing to us. */
export function contactEventOf(event: unknown): ContactEvent | 'ignored' | undefined {
  return firstOf(({ events }) => events?.(event))
}

/** What a call of any route asks. Undefined: this is no such question. */
export function callInputOf(event: unknown): CallInput | undefined {
  return firstOf(({ input }) => input?.(event))
}

function firstOf<T>(read: (reader: CallReader) => T | undefined): T | undefined {
  for (const reader of Object.values(callReaders)) {
    const meaning = read(reader)
    if (meaning !== undefined) return meaning
  }
  return undefined
}
