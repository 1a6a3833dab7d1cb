import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** When the certificates of a connection end. */
export interface Expiry {
  at: Instant
  /** `certificate`, or which one of its chain. */
  what: string
}

/**
 * The first of a verified chain to expire, without the root: a client has that itself, and nobody checks its end. What has
 * expired already is not part of the chain that was verified: servers go on sending old cross-signed ones.
 */
export function firstExpiry(socket: TLSSocket, now: Instant): Expiry {
  const [leaf, ...issuers] = chainOf(socket.getPeerCertificate(true))
  const first = { at: Date.parse(leaf?.valid_to ?? ''), what: 'certificate' }
  return issuers
    .filter((issuer) => issuer.issuerCertificate !== issuer && Date.parse(issuer.valid_to) > now)
    .map((issuer) => ({ at: Date.parse(issuer.valid_to), what: `intermediate certificate ${nameOf(issuer)}` }))
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
  return String(subject?.CN ?? subject?.O ?? 'without a name')
}

/** Whole days, or hours when there are less than two days. */
export function days(ms: number): string {
  return ms >= 2 * DAY_MS || ms % DAY_MS === 0 ? `${Math.floor(ms / DAY_MS)}d` : `${Math.floor(ms / HOUR_MS)}h`
}
