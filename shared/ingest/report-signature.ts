import { createHmac } from 'node:crypto'
import type { Instant } from '../contracts/words.ts'
import { isRecentlySigned, isSignedBy } from './hmac.ts'

/** Where probes post their reports, below the address of `ingest`. */
export const REPORTS_PATH = '/reports'

/** The headers of a posted report, in lower case; the time is in Unix seconds. */
const VANTAGE = 'x-fenghuo-vantage'
const TIME = 'x-fenghuo-time'
const SIGNATURE = 'x-fenghuo-signature'

/** Signs a report of a vantage: HMAC-SHA256 over the time, the vantage and the body, so that neither can be another's. */
export function signedReport(vantage: string, body: string, secret: string, now: Instant): Record<string, string> {
  const time = String(Math.floor(now / 1_000))
  const signature = createHmac('sha256', secret).update(`${time}\n${vantage}\n${body}`).digest('hex')
  return { [VANTAGE]: vantage, [TIME]: time, [SIGNATURE]: signature }
}

/**
 * Who signed a report: one of the vantages whose `secrets` are known, within five minutes of now. Undefined: nobody, or too long ago.
 * Every secret of the vantage is compared, each in constant time.
 */
export function signerOf(
  headers: Record<string, string | undefined>,
  body: string | Buffer,
  secrets: Readonly<Record<string, readonly string[]>>,
  now: Instant,
): string | undefined {
  const { [VANTAGE]: vantage = '', [TIME]: time = '', [SIGNATURE]: signature = '' } = headers
  if (!isRecentlySigned(time, now)) return undefined
  const known = Object.hasOwn(secrets, vantage) ? (secrets[vantage] ?? []) : []
  const right = known.filter((secret) => isSignedBy(secret, signature, `${time}\n${vantage}\n`, body))
  return right.length > 0 ? vantage : undefined
}
