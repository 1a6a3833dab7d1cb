import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'

/** When the certificates of a connection end. */
export interface Expiry {
  at: Instant
  /** Which one of its chain; absent: the target's own. */
  of?: string
}

/**
 * The first of a verified chain to expire, without the root: a client has that itself, and nobody checks its end. What has
 * expired already is not part of the chain that was verified: servers go on sending old cross-signed ones.
 */
export function firstExpiry(socket: TLSSocket, now: Instant): Expiry {
  const [leaf, ...issuers] = chainOf(socket.getPeerCertificate(true))
  const first: Expiry = { at: Date.parse(leaf?.valid_to ?? '') }
  return issuers
    .filter((issuer) => issuer.issuerCertificate !== issuer && Date.parse(issuer.valid_to) > now)
    .map((issuer): Expiry => ({ at: Date.parse(issuer.valid_to), of: nameOf(issuer) }))
    .reduce((earliest, expiry) => (expiry.at < earliest.at ? expiry : earliest), first)
}

/** From the target's own certificate to the root, which is its own issuer. */
function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  for (
    let next: DetailedPeerCertificate | undefined = leaf;
    next && !chain.includes(next);
    next = next.issuerCertificate
  )
    chain.push(next)
  return chain
}

function nameOf({ subject }: DetailedPeerCertificate): string {
  return String(subject?.CN ?? subject?.O ?? '?')
}
