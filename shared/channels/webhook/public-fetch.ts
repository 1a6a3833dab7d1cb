import { Resolver } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { privateHost } from '../../checks/network/private-host.ts'
import { isPublicAddress } from './public-address.ts'

/** An answer is read for why it was refused, no further, bytes. */
const MOST_BYTES = 16_384

/** A question to DNS that gets no answer is asked once more, after so long, ms. */
const ASK_AGAIN_MS = 1_000
const QUESTIONS = 2

/** The host is one that only its own network reaches. */
export class PrivateTarget extends Error {}

/**
 * `fetch` over HTTPS to public addresses alone: the name is resolved first, refused if any of its addresses is private, and the
 * connection goes to an address that was looked at, whatever the name means a moment later. Follows no redirect, and waits for no slow name
 * longer than for an answer. Rejects for what is no answer, whoever wrote it.
 */
export async function publicFetch(
  url: URL,
  { headers, body, signal }: { headers: Record<string, string>; body: string; signal: AbortSignal },
): Promise<Response> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isInside = isIP(host) ? !isPublicAddress(host) : privateHost(host) !== undefined
  if (url.protocol !== 'https:' || isInside) throw new PrivateTarget(url.protocol)
  const addresses = isIP(host) ? [] : await addressesOf(host, signal)
  if (addresses.some((address) => !isPublicAddress(address))) throw new PrivateTarget('resolved')
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  const [first] = found
  const pinned: LookupFunction = (_, { all }, done) => {
    if (first === undefined) return done(new Error('ENOTFOUND'), '', 0)
    return all ? done(null, found) : done(null, first.address, first.family)
  }
  return new Promise((resolved, rejected) => {
    let isAnswered = false
    // A connection of its own: what is kept of a stranger's would wait in the process that calls people, and be dead when it is thawed.
    const sent = request(url, { method: 'POST', headers, signal, lookup: pinned, agent: false }, (answer) => {
      isAnswered = true
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= MOST_BYTES) chunks.push(chunk)
        else answer.destroy()
      })
      // What a listener throws ends the process, and with it all that is sent beside this.
      const done = (): void => {
        try {
          resolved(responseOf(answer, Buffer.concat(chunks).toString()))
        } catch (error) {
          rejected(error)
        }
      }
      answer.once('end', done)
      answer.once('close', done)
      answer.on('error', rejected)
    })
    sent.on('error', rejected)
    // An answer with which the receiver changes the protocol (101) is told of by nothing else.
    sent.once('close', () => {
      if (!isAnswered) rejected(new Error('closed without an answer'))
    })
    sent.end(body)
  })
}

/** Throws for a status that HTTP does not have: some servers answer 999. */
function responseOf({ statusCode: status = 502, headers }: IncomingMessage, text: string): Response {
  const after = headers['retry-after']
  return new Response([204, 205, 304].includes(status) ? null : text, {
    status,
    headers: after ? { 'retry-after': after } : {},
  })
}

/**
 * All addresses of a name, by DNS itself: the system's look-up takes a thread, of which a process has four, and a handful of dead names would
 * hold up whoever is called meanwhile. Rejects when there is none.
 */
async function addressesOf(host: string, signal: AbortSignal): Promise<string[]> {
  const names = new Resolver({ timeout: ASK_AGAIN_MS, tries: QUESTIONS })
  const stop = () => names.cancel()
  signal.addEventListener('abort', stop, { once: true })
  const [four, six] = await Promise.allSettled([names.resolve4(host), names.resolve6(host)])
  signal.removeEventListener('abort', stop)
  const addresses = [four, six].flatMap((found) => (found.status === 'fulfilled' ? found.value : []))
  if (addresses.length > 0 || four.status === 'fulfilled') return addresses
  // Nothing was sent, as `lost` tells by EDNS.
  throw new Error(`${(four.reason as { code?: string }).code} EDNS`, { cause: four.reason })
}
