import type { CallInput } from '../../contracts/call-input.ts'
import type { PhoneKeys } from '../../contracts/phone-keys.ts'
import type { ContactEvent } from '../../store/contact-links.ts'

/** How the calls of a kind of voice route are read. What takes them answers people on the phone: no SDK of those who send. */
export interface CallReader {
  /** The keys that its calls take, in the order in which menus name them. */
  keys: PhoneKeys
  /**
   * What the vendor tells of its calls by itself, keys too where it asks nothing during a call; absent: it tells nothing this way.
   * Undefined: none of its events; `ignored`: one that means nothing to us.
   */
  events?(event: unknown): ContactEvent | 'ignored' | undefined
  /** What the vendor posts of its calls to an address of ours; absent: it posts nothing. */
  receipts?: Receipts
  /** What a call asks while it goes on, waiting for words to say; absent: its vendor asks nothing. Undefined: no such question. */
  input?(event: unknown): CallInput | undefined
}

/** What a vendor posts of one call. */
export interface Receipt {
  /** The name that we gave the call when we asked for it; absent: the vendor doesn't bring it back. */
  name?: string
  /** `rings`: the vendor has taken up the call. */
  event: ContactEvent | { type: 'rings'; contactId: string }
}

/** How what a vendor posts is read. The address is its own, unguessable, and the only thing that keeps others out. */
export interface Receipts {
  /** Whose they are: routes of one vendor share their receipts. */
  vendor: string
  /** In the order in which they are to be taken. Undefined: nothing of the vendor's. */
  read(body: unknown): Receipt[] | undefined
  /** What the vendor wants to hear once they are taken. */
  answer: object
}
