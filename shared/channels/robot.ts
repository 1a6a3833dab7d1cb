import { createHash } from 'node:crypto'
import type { Delivery } from './channel.ts'
import { quoted } from './network.ts'

/** What a robot's code means. Codes that a table lacks are refusals too: only 0 says that the group has the message. */
export type Meaning = { status: 'retry'; afterMs: number; means: string } | { status: 'failed'; means: string }

/** Reads `{errcode, errmsg}` of a group robot; undefined when the answer is nothing of the kind. */
export function readErrcode(answer: unknown, vendor: string, codes: Record<number, Meaning>): Delivery | undefined {
  const { errcode, errmsg } = (answer ?? {}) as { errcode?: unknown; errmsg?: unknown }
  if (typeof errcode !== 'number') return undefined
  if (errcode === 0) return { status: 'sent' }
  const meaning = codes[errcode]
  const said = quoted(errmsg)
  const reason = `${vendor} ${errcode}: ${[meaning?.means, said].filter(Boolean).join(', ') || 'refused'}`
  if (meaning?.status === 'retry') return { status: 'retry', afterMs: meaning.afterMs, reason }
  return { status: 'failed', reason }
}

/** Stands for a secret where it must not be shown: the first 16 hex digits of its SHA-256. */
export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16)

/**
 * Sends with `maxBytes`; when the vendor says that is too long, once more with less. Still too long is a failure: the
 * contact's next channel takes over.
 */
export async function shrinking(maxBytes: number, send: (maxBytes: number) => Promise<Delivery>): Promise<Delivery> {
  const first = await send(maxBytes)
  if (first.status !== 'shrink') return first
  const second = await send(first.maxBytes)
  return second.status === 'shrink' ? { status: 'failed', reason: second.reason } : second
}
