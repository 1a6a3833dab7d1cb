import { oneLine } from '../messages/cut.ts'
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
 * A failure names the kind of error, never its message, which may hold the URL and with it a key.
 */
export function lost(error: unknown, vendor?: string): Extract<Delivery, { failure: unknown }> {
  const by = vendor === undefined ? {} : { vendor }
  const text = errorText(error)
  if (untrusted.test(text)) return { status: 'failed', failure: { class: 'certificate', ...by } }
  const early = beforeSending.exec(text)?.[0]
  if (early)
    return { status: 'retry', afterMs: UNREACHABLE_RETRY_MS, failure: { class: 'unreachable', ...by, code: early } }
  const timedOut = /Abort|TimeoutError|timeout|ETIMEDOUT/i.test(text)
  return { status: 'unknown', failure: { class: timedOut ? 'timeout' : 'lost-answer', ...by } }
}

/** The longest quotation of a vendor's words, in characters. */
const QUOTED_CHARACTERS = 200

/** A vendor's own words on one line, short enough for a timeline. */
export const quoted = (text: unknown): string => (typeof text === 'string' ? oneLine(text, QUOTED_CHARACTERS) : '')

/** What a failure quotes of a vendor: nothing if it said nothing. */
export function quotation(text: unknown): { said?: string } {
  const said = quoted(text)
  return said === '' ? {} : { said }
}
