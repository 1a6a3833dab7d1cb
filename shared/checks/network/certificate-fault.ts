import type { PeerCertificate } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'
import { Fault, fact } from '../run/fault.ts'
import type { Distrust, NetworkFault } from './faults.ts'
import { weakKey } from './weak-key.ts'

const untrusted: Record<string, Distrust> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'issuer-unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'issuer-unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'chain-incomplete',
}

/** Why a certificate does not hold for `host`; `code` is Node's `authorizationError`. Loaded when one does not. */
export function certificateFault(code: string, certificate: PeerCertificate, host: string, now: Instant): Fault {
  return new Fault(wrongWith(code, certificate, host, now))
}

function wrongWith(code: string, certificate: PeerCertificate, host: string, now: Instant): NetworkFault {
  switch (code) {
    case 'CERT_HAS_EXPIRED': {
      const agoMs = now - Date.parse(certificate.valid_to)
      if (agoMs > 0) return fact('certificate-expired', { agoMs })
      return fact('certificate-chain-expired')
    }
    case 'CERT_NOT_YET_VALID':
      return fact('certificate-not-yet-valid', { from: certificate.valid_from })
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return fact('certificate-of-other', { ...namesOf(certificate.subjectaltname), host })
    case 'CERT_REVOKED':
      return fact('certificate-revoked')
  }
  // Node has no code for what OpenSSL finds too weak.
  const weak = code === 'UNSPECIFIED' ? weakKey(certificate) : undefined
  if (weak !== undefined) return weak
  const why = untrusted[code] ?? (isBySha1(certificate) ? 'weak-signature' : undefined)
  if (why === undefined) return fact('certificate-not-trusted', { said: code })
  return fact('certificate-untrusted', { why })
}

/** sha1WithRSAEncryption (RFC 8017, appendix C) and ecdsa-with-SHA1 (RFC 3279, section 2.2.3), as a certificate holds them. */
const bySha1 = ['06092a864886f70d010105', '06072a8648ce3d0401']

function isBySha1({ raw }: PeerCertificate): boolean {
  return bySha1.some((oid) => raw?.includes(Buffer.from(oid, 'hex')))
}

/** The first of `DNS:a.example, DNS:b.example`, and how many more there are. */
function namesOf(subjectAltName: string | undefined): { name?: string; more: number } {
  const [name, ...others] = subjectAltName?.split(', ').map((entry) => entry.replace(/^(DNS|IP Address):/, '')) ?? []
  return { ...(name === undefined ? {} : { name }), more: others.length }
}
