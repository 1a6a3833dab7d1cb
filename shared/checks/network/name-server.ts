import dns from 'node:dns/promises'
import { Fault, fact } from '../run/fault.ts'
import type { DnsFailure, NetworkFault } from './faults.ts'
import { parseHostPort } from './host-port.ts'
import { refuseMetadata } from './metadata-address.ts'
import type { Reach } from './reach.ts'

const DNS_PORT = 53

/** A lost question is asked again after this long; each time the wait doubles. */
const ASK_AGAIN_MS = 1_000

/** DNS servers that can be asked: those of the system, or one that is given. */
export type NameServer = Pick<dns.Resolver, 'resolve' | 'resolve4' | 'resolve6'>

/**
 * The system's DNS servers, or the one at `server`, which is asked until `scope` ends. Throws a fault for one in a cloud's
 * metadata range, and an `unknown` one for what is no address.
 */
export function nameServer(
  server: string | undefined,
  reach: Pick<Reach, 'allowMetadata'>,
  scope: AbortSignal,
): NameServer {
  if (server === undefined) return dns
  const address = parseHostPort(server, DNS_PORT)?.host
  if (address === undefined) throw new Fault(fact('dns-server-unusable'), 'unknown')
  if (!reach.allowMetadata) refuseMetadata([address])
  const resolver = new dns.Resolver({ timeout: ASK_AGAIN_MS })
  try {
    resolver.setServers([server])
  } catch {
    throw new Fault(fact('dns-server-unusable'), 'unknown')
  }
  scope.addEventListener('abort', () => resolver.cancel())
  return resolver
}

/** What DNS's own error codes mean; https://nodejs.org/api/dns.html#error-codes */
const failures: Record<string, DnsFailure> = {
  EBADRESP: 'malformed-answer',
  ECONNREFUSED: 'no-server',
  EFORMERR: 'not-understood',
  ENODATA: 'no-address',
  ENOTFOUND: 'no-such-host',
  ENOTIMP: 'not-implemented',
  EREFUSED: 'refused',
  ESERVFAIL: 'server-failed',
  ETIMEOUT: 'no-answer',
}

/** One of DNS's own error codes as a fault of the target. */
export function dnsFault(error: string): NetworkFault {
  const why = failures[error]
  return why === undefined ? fact('dns-error', { error }) : fact('dns-failed', { why })
}
