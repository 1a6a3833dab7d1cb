import type { PeerCertificate, TLSSocket } from 'node:tls'
import { Fault, fact } from '../run/fault.ts'
import type { NetworkFault } from './faults.ts'

/** Shorter keys are refused by OpenSSL's security level 2, the default of OpenSSL 3.2 and later (`SSL_CTX_set_security_level`), so of Node 24; bits. */
const LEAST_BITS = { RSA: 2_048, DH: 2_048, EC: 224 }

/**
 * Throws a fault for a key of the target's that a newer client refuses. What Node itself refuses differs by its version: probes take
 * all that level 1 takes, and judge here, so that every cloud comes to the same.
 */
export function refuseWeakKey(socket: TLSSocket, certificate: PeerCertificate): void {
  const exchange = socket.getEphemeralKeyInfo()
  // Its size is not told of a session that goes on, nor of TLS 1.3 with groups that have none.
  const ofExchange = exchange !== null && 'type' in exchange && exchange.type === 'DH' ? exchange.size : undefined
  const fault = weakness(ofExchange, 'DH') ?? weakKey(certificate)
  if (fault !== undefined) throw new Fault(fault)
}

/** What is wrong with the key of a certificate; undefined if nothing. */
export function weakKey({ bits, modulus, asn1Curve }: PeerCertificate): NetworkFault | undefined {
  if (modulus !== undefined) return weakness(bits, 'RSA')
  return asn1Curve === undefined ? undefined : weakness(bits, 'EC')
}

function weakness(bits: number | undefined, of: keyof typeof LEAST_BITS): NetworkFault | undefined {
  const least = LEAST_BITS[of]
  return bits === undefined || bits >= least ? undefined : fact('key-too-weak', { of, bits, least })
}
