import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'

/** When the certificates of a connection end. */
export interface Expiry {
  at: Instant
  /** Which one of its chain; absent: the target's own. */
  of?: string
}

/**
 * The first of a verified chain to expire. What has expired already is not part of the chain that was verified: servers go on
 * sending old cross-signed ones.
 */
export function firstExpiry([leaf, ...issuers]: DetailedPeerCertificate[], now: Instant): Expiry {
  const first: Expiry = { at: Date.parse(leaf?.valid_to ?? '') }
  return issuers
    .filter((issuer) => Date.parse(issuer.valid_to) > now)
    .map((issuer): Expiry => ({ at: Date.parse(issuer.valid_to), of: nameOf(issuer) }))
    .reduce((earliest, expiry) => (expiry.at < earliest.at ? expiry : earliest), first)
}

/**
 * From the target's own certificate on, without the root, which is its own issuer: a client has that itself, and nobody checks its
 * end or its strength.
 */
export function chainOf(socket: TLSSocket): DetailedPeerCertificate[] {
  const leaf = socket.getPeerCertificate(true)
  const chain = [leaf]
  for (
    let next: DetailedPeerCertificate | undefined = leaf.issuerCertificate;
    next && next.issuerCertificate !== next && !chain.includes(next);
    next = next.issuerCertificate
  )
    chain.push(next)
  return chain
}

function nameOf({ subject }: DetailedPeerCertificate): string {
  return String(subject?.CN ?? subject?.O ?? '?')
}
