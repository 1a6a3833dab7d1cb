import { textReceipts } from '../registered/text-receipts.ts'
import type { TextReceipt, TextReply } from './text-receipts.ts'

/** What an event of any vendor says of a text. Undefined: no vendor's event; `ignored`: one that means nothing to us. */
export function textEventOf(event: unknown): (TextReceipt & { vendor: string }) | 'ignored' | undefined {
  for (const reader of Object.values(textReceipts)) {
    const meaning = 'readEvent' in reader ? reader.readEvent(event) : undefined
    if (meaning === 'ignored') return meaning
    if (meaning !== undefined) return { ...meaning, vendor: reader.vendor }
  }
  return undefined
}

/** The texts of people that an event of any vendor brings; undefined: it is no such event. */
export function textRepliesOf(event: unknown): TextReply[] | undefined {
  for (const reader of Object.values(textReceipts)) {
    const replies = 'readEvent' in reader ? reader.readReplies?.(event) : undefined
    if (replies !== undefined) return replies
  }
  return undefined
}
