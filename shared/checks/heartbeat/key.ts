import { createHmac } from 'node:crypto'
import { isSameSecret } from '../../contracts/same-secret.ts'

/** Characters of base64url: 192 bits, so that nobody tries them all. */
const KEY_CHARACTERS = 32

/** What a job shows when it reports by HTTP: it stands for one check, and is worth nothing for another. */
export function heartbeatKey(check: string, secret: string): string {
  return createHmac('sha256', secret).update(`heartbeat:${check}`).digest('base64url').slice(0, KEY_CHARACTERS)
}

/** Whether a key is that of a check; compared in constant time. */
export function isHeartbeatKey(given: string, check: string, secret: string): boolean {
  return isSameSecret(given, heartbeatKey(check, secret))
}

/** Where a job reports, below the address of the function that hears it. */
export function heartbeatUrl(base: string, check: string, secret: string): string {
  return `${base.replace(/\/+$/, '')}/heartbeat/${check}?key=${heartbeatKey(check, secret)}`
}
