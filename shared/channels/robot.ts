import { createHash } from 'node:crypto'
import type { ErrorTable } from '../contracts/vendor-errors.ts'
import type { Delivery } from './channel.ts'
import { refusal } from './errors.ts'

/** What a robot says of a post: 0 is the only code of success. A text is the code of whoever stands between it and us. */
export interface RobotAnswer {
  code: number | string
  words: unknown
}

/** Reads a robot's `{errcode, errmsg}`; undefined when the answer is nothing of the kind. */
export function errcodeOf(answer: unknown): RobotAnswer | undefined {
  const { errcode, errmsg } = Object(answer)
  return typeof errcode === 'number' ? { code: errcode, words: errmsg } : undefined
}

/** What became of a post. */
export function posted(answer: RobotAnswer | undefined, vendor: string, errors: ErrorTable): Delivery | undefined {
  if (answer === undefined || answer.code === 0) return answer && { status: 'sent' }
  return refusal(vendor, String(answer.code), answer.words, errors)
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
