import type { PlainFailureClass } from '../contracts/failure.ts'
import type { Delivery } from './channel.ts'
import { quotation } from './network.ts'

/** What a vendor's code means. */
export interface ErrorMeaning {
  class: PlainFailureClass
  /** Refused for now, nothing was sent: not to be asked again before, ms. */
  afterMs?: number
  /** The vendor lost track of its own sending: the message may be on its way. */
  isLost?: true
}

/** A vendor's codes. Those that a table lacks are refusals for good, too. */
export type ErrorTable = Readonly<Record<string, ErrorMeaning>>

/** What became of a message that the vendor refused with `code` and `words`. */
export function refusal(
  vendor: string,
  code: string,
  words: unknown,
  { class: kind, afterMs, isLost }: ErrorMeaning = { class: 'refused' },
): Extract<Delivery, { failure: unknown }> {
  const failure = { class: kind, vendor, code, ...quotation(words) }
  if (afterMs !== undefined) return { status: 'retry', afterMs, failure }
  return { status: isLost ? 'unknown' : 'failed', failure }
}
