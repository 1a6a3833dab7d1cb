import { cutBytes } from '../messages/cut.ts'
import type { Delivery } from './channel.ts'

/** When nothing was sent because the vendor could not be reached. */
const UNREACHABLE_RETRY_MS = 5_000

/** Codes and words of errors that come before the first byte of a request is sent. */
const beforeSending =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|connect ETIMEDOUT|EDNS|before secure TLS connection/

/** A certificate that does not hold: also before anything is sent, and no better at the next try. */
const untrusted =
  /CERT_|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS_CERT|certificate|Hostname\/IP does not match|ERR_SSL_|wrong version number/

/** An error's codes and messages, with those of its causes. */
export function errorText(error: unknown): string {
  const parts: string[] = []
  for (let at: unknown = error; at instanceof Error && parts.length < 20; at = at.cause) {
    const { code, originalCode } = at as { code?: unknown; originalCode?: unknown }
    parts.push(...[code, originalCode].filter((part) => typeof part === 'string'), at.message)
    if (at instanceof AggregateError) parts.push(...at.errors.map((inner) => String(inner?.code ?? inner)))
  }
  return parts.join(' ')
}

/**
 * What became of a request that ended in an error instead of an answer. Only errors known to come before sending are
 * `retry` (unreachable) or `failed` (certificate); after a reset or a time-out the vendor may have acted: `unknown`.
 * Reasons name the kind of error, never its message, which may hold the URL and with it a key.
 */
export function lost(error: unknown, vendor: string): Delivery {
  const text = errorText(error)
  if (untrusted.test(text)) return { status: 'failed', reason: `${vendor}: its certificate can't be trusted` }
  const early = beforeSending.exec(text)?.[0]
  if (early) return { status: 'retry', afterMs: UNREACHABLE_RETRY_MS, reason: `${vendor}: not reached (${early})` }
  const timedOut = /Abort|TimeoutError|timeout|ETIMEDOUT/i.test(text)
  const what = timedOut ? 'no answer in time' : 'connection lost before the answer'
  return { status: 'unknown', reason: `${vendor}: ${what}` }
}

/** A vendor's own words, short enough for a timeline. */
export const quoted = (text: unknown): string => (typeof text === 'string' ? cutBytes(text, 200) : '')
