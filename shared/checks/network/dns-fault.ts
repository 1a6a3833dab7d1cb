import { fact } from '../run/fault.ts'
import type { DnsFailure, NetworkFault } from './faults.ts'

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
