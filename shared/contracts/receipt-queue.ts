/** A queue of the vendor's with receipts of calls or texts, which a function reads for `acknowledge`. */
export interface ReceiptQueue {
  /** Its name: `Alicom-Queue-…-VoiceReport`. */
  queue: string
  /** The address that the vendor would otherwise post them to, or a reference to it. */
  to: string
  /** Of texts outside of mainland China, whose queues are kept elsewhere. */
  isIntl?: true
}
