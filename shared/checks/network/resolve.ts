import { Fault } from '../run/fault.ts'
import { dnsFault } from './dns-fault.ts'
import { nameServer } from './name-server.ts'
import type { Reach } from './reach.ts'
import { askDns, systemAddresses } from './system-names.ts'

/**
 * The addresses of a host name: IPv4 alone if it has any, unless the check wants one version of IP. A resolver that is given knows
 * no hosts file: what it says is what the check is about.
 */
export async function resolveHost(host: string, reach: Reach, scope: AbortSignal): Promise<string[]> {
  const { ipVersion, resolver } = reach
  if (resolver === undefined) return systemAddresses(host, ipVersion)
  const server = await nameServer(resolver, reach, scope)
  try {
    return await askDns(server, host, ipVersion)
  } catch (error) {
    const { code } = error as { code?: string }
    throw code === undefined ? error : new Fault(dnsFault(code))
  }
}
