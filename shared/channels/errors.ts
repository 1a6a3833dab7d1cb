import type { Failure } from '../contracts/failure.ts'
import { type ErrorMeaning, type ErrorTable, meaningOf } from '../contracts/vendor-errors.ts'
import type { Delivery } from './channel.ts'
import { quotation } from './network.ts'

/** What becomes of a message that the vendor is not asked to send. */
export function failedBy(vendor: string): (failure: Failure) => Delivery {
  return (failure) => ({ status: 'failed', failure: { ...failure, vendor } })
}

/** What became of a message that the vendor refused with `code` and `words`. */
export function refusal(
  vendor: string,
  code: string,
  words: unknown,
  errors: ErrorTable,
): Extract<Delivery, { failure: unknown }> {
  const quoted = quotation(words)
  const meaning: ErrorMeaning = meaningOf(errors, code, quoted.said) ?? { class: 'refused' }
  const { afterMs } = meaning
  const failure = { class: meaning.class, vendor, code, ...quoted }
  if (afterMs !== undefined) return { status: 'retry', afterMs, failure }
  return { status: meaning.isLost ? 'unknown' : 'failed', failure }
}
