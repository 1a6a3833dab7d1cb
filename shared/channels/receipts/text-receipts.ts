import type { Failure } from '../../contracts/failure.ts'

/** What a carrier says of one text. */
export interface TextReceipt {
  /** As the vendor named it when it took the text. */
  id: string
  /** Why it did not arrive; absent: it has. */
  failure?: Failure
}

/** What somebody has written to a number of ours. */
export interface TextReply {
  /** E.164. */
  phone: string
  text: string
  /** The same for every time that the vendor brings it. */
  once: string
}

/** How what a vendor posts of its texts is read, by the address that only it was told: one `receipts.ts` in the folder of a channel. */
export interface TextReceipts {
  /** The type of the channel. */
  vendor: string
  /** Undefined: nothing of the vendor's. */
  readTexts(body: unknown): TextReceipt[] | undefined
  /** Undefined: no texts of people. Absent: it brings none. */
  readReplies?(body: unknown): TextReply[] | undefined
  /** What the vendor wants to hear once they are taken. */
  answer: object
}

/** How what a vendor tells of its texts by the events of its cloud is read: it needs no address of ours. */
export interface TextEvents {
  /** The type of the channel. */
  vendor: string
  /** Undefined: no event of the vendor's; `ignored`: one that means nothing to us. */
  readEvent(event: unknown): TextReceipt | 'ignored' | undefined
  /** Undefined: no texts of people. */
  readReplies?(event: unknown): TextReply[] | undefined
}

/** What the `receipts.ts` of a channel says: by which way what became of its texts comes. */
export type TextReceiptReader = TextReceipts | TextEvents
