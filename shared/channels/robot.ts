import { createHash } from 'node:crypto'
import type { Delivery } from './channel.ts'
import { type ErrorTable, refusal } from './errors.ts'

/** Reads `{errcode, errmsg}` of a group robot; undefined when the answer is nothing of the kind. */
export function readErrcode(answer: unknown, vendor: string, errors: ErrorTable): Delivery | undefined {
  const { errcode, errmsg } = (answer ?? {}) as { errcode?: unknown; errmsg?: unknown }
  if (typeof errcode !== 'number') return undefined
  if (errcode === 0) return { status: 'sent' }
  return refusal(vendor, String(errcode), errmsg, errors[errcode])
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
  return second.status === 'shrink' ? { status: 'failed', failure: second.failure } : second
}
