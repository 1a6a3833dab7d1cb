import type { TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'
import { Fault } from '../run/fault.ts'

const DAY_MS = 86_400_000

const untrusted: Record<string, string> = {
  CERT_REVOKED: 'certificate revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate not trusted: self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate not trusted: self-signed issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate not trusted: issuer unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate not trusted: issuer unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate not trusted: issuer unknown, or intermediate certificate missing',
}

/** Why the certificate of a connected, unauthorized socket does not hold. */
export function certificateFault(socket: TLSSocket, host: string, now: Instant): Fault {
  const code = String(socket.authorizationError)
  const certificate = socket.getPeerCertificate()
  switch (code) {
    case 'CERT_HAS_EXPIRED': {
      const ageMs = now - Date.parse(certificate.valid_to)
      return new Fault(ageMs > 0 ? `certificate expired ${age(ageMs)} ago` : 'certificate chain expired')
    }
    case 'CERT_NOT_YET_VALID':
      return new Fault(`certificate not valid before ${certificate.valid_from}`)
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return new Fault(`certificate is for ${namesOf(certificate.subjectaltname)}, not ${host}`)
    default:
      return new Fault(untrusted[code] ?? `certificate not trusted: ${code}`)
  }
}

/** Days if there are any, else hours. */
function age(ms: number): string {
  return ms >= DAY_MS ? `${Math.floor(ms / DAY_MS)}d` : `${Math.floor(ms / 3_600_000)}h`
}

/** The first of `DNS:a.example, DNS:b.example`, and how many more there are. */
function namesOf(subjectAltName: string | undefined): string {
  if (subjectAltName === undefined) return 'no name'
  const [first = 'no name', ...others] = subjectAltName
    .split(', ')
    .map((entry) => entry.replace(/^(DNS|IP Address):/, ''))
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
