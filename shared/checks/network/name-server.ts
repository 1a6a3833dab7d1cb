import dns from 'node:dns/promises'
import { isIP } from 'node:net'
import { Fault, fact } from '../run/fault.ts'
import { type HostPort, parseHostPort } from './host-port.ts'
import { refuseMetadata } from './metadata-address.ts'
import type { Reach } from './reach.ts'
import { systemAddresses } from './system-names.ts'

const DNS_PORT = 53

/** A lost question is asked again after this long; each time the wait doubles. */
const ASK_AGAIN_MS = 1_000

/** DNS servers that can be asked: those of the system, or one that is given. */
export type NameServer = Pick<dns.Resolver, 'resolve' | 'resolve4' | 'resolve6'>

/**
 * The system's DNS servers, or the one at `server`, an address or a name, which is asked until `scope` ends. Rejects with a fault for
 * one in a cloud's metadata range and for a name without an address, and with an `unknown` one for what is neither.
 */
export async function nameServer(
  server: string | undefined,
  reach: Pick<Reach, 'allowMetadata'>,
  scope: AbortSignal,
): Promise<NameServer> {
  if (server === undefined) return dns
  const at = parseHostPort(server, DNS_PORT)
  if (at === undefined) throw new Fault(fact('dns-server-unusable'), 'unknown')
  const addresses = await addressesOf(at)
  if (!reach.allowMetadata) refuseMetadata(addresses)
  const resolver = new dns.Resolver({ timeout: ASK_AGAIN_MS })
  resolver.setServers(addresses.map((address) => `${isIP(address) === 6 ? `[${address}]` : address}:${at.port}`))
  scope.addEventListener('abort', () => resolver.cancel())
  return resolver
}

async function addressesOf({ host }: HostPort): Promise<string[]> {
  if (isIP(host) !== 0) return [host]
  try {
    return await systemAddresses(host, undefined)
  } catch {
    throw new Fault(fact('dns-server-not-found', { host }))
  }
}
