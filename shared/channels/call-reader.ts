import type { CallInput } from '../contracts/call-input.ts'
import type { PhoneKeys } from '../contracts/phone-keys.ts'
import type { ContactEvent } from '../store/contact-links.ts'

/** How the calls of a kind of voice route are read. What takes them answers people on the phone: no SDK of those who send. */
export interface CallReader {
  /** The keys that its calls take, in the order in which menus name them. */
  keys: PhoneKeys
  /**
   * What the vendor tells of its calls by itself, keys too where it asks nothing during a call. Undefined: none of its events;
   * `ignored`: one that means nothing to us.
   */
  events(event: unknown): ContactEvent | 'ignored' | undefined
  /** What a call asks while it goes on, waiting for words to say; absent: its vendor asks nothing. Undefined: no such question. */
  input?(event: unknown): CallInput | undefined
}
