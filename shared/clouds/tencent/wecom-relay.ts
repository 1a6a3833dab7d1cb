import { createHmac } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'

/**
 * What a relay passes on: what the vendor takes from an application's trusted addresses alone. Tokens are fetched from anywhere, so that no
 * secret goes by the relay.
 */
export const RELAYED = ['/cgi-bin/message/send', '/cgi-bin/message/update_template_card', '/cgi-bin/agent/get']

/** The fields of these go in the query: they are read, not posted. */
const READ = ['/cgi-bin/agent/get']

/** The request to the vendor at `base` itself. */
export function wecomRequest(
  { path, token, body }: Relayed,
  base: string,
): { method: 'GET' | 'POST'; url: string; body?: string } {
  const query = { access_token: token, ...(READ.includes(path) && Object(body)) }
  const url = `${base}${path}?${new URLSearchParams(query)}`
  return READ.includes(path) ? { method: 'GET', url } : { method: 'POST', url, body: JSON.stringify(body) }
}

/** The headers of a request to the relay, in lower case; the time is in Unix seconds. */
export const RELAY_TIME = 'x-fenghuo-time'
export const RELAY_SIGNATURE = 'x-fenghuo-signature'

/** What a relay is asked to pass on to the vendor, by one of `RELAYED`. */
export interface Relayed {
  path: string
  /** The application's access token. */
  token: string
  body: unknown
}

/** Why a relay has no answer of the vendor's; the words for each stand in the table of errors. */
export type RelayRefusal = 'relay-unsigned' | 'relay-refused' | 'relay-unreachable' | 'relay-no-answer'

/** A request to a relay, signed with the secret that it shares with us: HMAC-SHA256 over the time and the body. */
export function relayRequest(
  relayed: Relayed,
  { url, secret }: { url: string; secret: string },
  now: Instant,
): { url: string; body: string; headers: Record<string, string> } {
  const body = JSON.stringify(relayed)
  const time = String(Math.floor(now / 1_000))
  const signature = createHmac('sha256', secret).update(relaySigned(time)).update(body).digest('hex')
  const type = 'application/json; charset=utf-8'
  return { url, body, headers: { 'content-type': type, [RELAY_TIME]: time, [RELAY_SIGNATURE]: signature } }
}

/** What stands before the body in what is signed: a report of a probe, which is signed with a time, too, is no such request. */
export function relaySigned(time: string): string {
  return `${time}\nrelay\n`
}

/** What a relay says for itself; undefined: it is the vendor's answer, or nobody's. */
export function refusalOf(answer: unknown): { code: string; words: unknown } | undefined {
  const { relay, said } = Object(answer)
  return typeof relay === 'string' ? { code: relay, words: said } : undefined
}
