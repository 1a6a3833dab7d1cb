import { lookup as resolve } from 'node:dns/promises'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { privateHost } from '../../checks/network/private-host.ts'
import { isPublicAddress } from './public-address.ts'

/** An answer is read for why it was refused, no further, bytes. */
const MOST_BYTES = 16_384

/** The host is one that only its own network reaches. */
export class PrivateTarget extends Error {}

/**
 * `fetch` over HTTPS to public addresses alone: the name is resolved first, refused if any of its addresses is private, and the
 * connection goes to an address that was looked at, whatever the name means a moment later. Follows no redirect, and waits for no slow name
 * longer than for an answer.
 */
export async function publicFetch(
  url: URL,
  { headers, body, signal }: { headers: Record<string, string>; body: string; signal: AbortSignal },
  lookup: (host: string) => Promise<{ address: string; family: number }[]> = (host) => resolve(host, { all: true }),
): Promise<Response> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isInside = isIP(host) ? !isPublicAddress(host) : privateHost(host) !== undefined
  if (url.protocol !== 'https:' || isInside) throw new PrivateTarget(url.protocol)
  const addresses = isIP(host) ? [] : await Promise.race([lookup(host), aborted(signal)])
  if (addresses.some(({ address }) => !isPublicAddress(address))) throw new PrivateTarget('resolved')
  const [first] = addresses
  const pinned: LookupFunction = (_, { all }, done) => {
    if (first === undefined) return done(new Error('ENOTFOUND'), '', 0)
    return all ? done(null, addresses) : done(null, first.address, first.family)
  }
  return new Promise((resolved, rejected) => {
    const sent = request(url, { method: 'POST', headers, signal, lookup: pinned }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= MOST_BYTES) chunks.push(chunk)
        else answer.destroy()
      })
      const done = (): void => {
        const { statusCode: status = 502, headers } = answer
        const after = headers['retry-after']
        const text = Buffer.concat(chunks).toString()
        resolved(
          new Response([204, 205, 304].includes(status) ? null : text, {
            status,
            headers: after ? { 'retry-after': after } : {},
          }),
        )
      }
      answer.once('end', done)
      answer.once('close', done)
      answer.once('error', rejected)
    })
    sent.once('error', rejected)
    sent.end(body)
  })
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, rejected) => {
    signal.addEventListener('abort', () => rejected(signal.reason), { once: true })
  })
}
