import { createHmac } from 'node:crypto'
import { isSameSecret } from '../contracts/same-secret.ts'
import type { Instant } from '../contracts/words.ts'

/** A signed time may be so far from ours: longer is a replay. */
const LEEWAY_MS = 5 * 60_000

/** The HMAC-SHA256 of `parts`, one after the other, in hex. */
export function signatureBy(secret: string, ...parts: (string | Buffer)[]): string {
  const hmac = createHmac('sha256', secret)
  for (const part of parts) hmac.update(part)
  return hmac.digest('hex')
}

/** Whether `given` is the hex HMAC-SHA256 of `parts`; compared in constant time. */
export function isSignedBy(secret: string, given: string, ...parts: (string | Buffer)[]): boolean {
  const bare = given
    .trim()
    .toLowerCase()
    .replace(/^sha256=/, '')
  return isSameSecret(bare, signatureBy(secret, ...parts))
}

/** Whether a time in Unix seconds is about now. */
export function isRecentlySigned(seconds: string, now: Instant): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(Number(seconds) * 1000 - now) <= LEEWAY_MS
}
