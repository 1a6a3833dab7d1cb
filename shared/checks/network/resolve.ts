import dns from 'node:dns/promises'
import { Fault } from '../run/fault.ts'
import { dnsFault, type NameServer, nameServer } from './name-server.ts'
import type { Reach } from './reach.ts'

/**
 * The addresses of a host name: IPv4 alone if it has any, unless the check wants one version of IP.
 * DNS is asked directly: the system's look-up runs in a thread pool of which few threads may do so, and a handful of
 * dead names would hold up every other check. It is the fallback, because it also knows the hosts file; a given
 * resolver has none: what it says is what the check is about.
 */
export async function resolveHost(host: string, reach: Reach, scope: AbortSignal): Promise<string[]> {
  const { ipVersion, resolver } = reach
  const isLocal = !host.includes('.') || host.endsWith('.localhost')
  if (isLocal && resolver === undefined) return lookUp(host, ipVersion, undefined)
  try {
    return await askDns(nameServer(resolver, reach, scope), host, ipVersion)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined) throw error
    if (resolver !== undefined) throw new Fault(dnsFault(code))
    return lookUp(host, ipVersion, code)
  }
}

async function askDns(server: NameServer, host: string, ipVersion: Reach['ipVersion']): Promise<string[]> {
  if (ipVersion === 6) return server.resolve6(host)
  try {
    return await server.resolve4(host)
  } catch (error) {
    if (ipVersion === 4 || (error as { code?: string }).code !== 'ENODATA') throw error
    return server.resolve6(host)
  }
}

async function lookUp(host: string, family: Reach['ipVersion'], dnsCode: string | undefined): Promise<string[]> {
  try {
    const found = await dns.lookup(host, { all: true, ...(family === undefined ? {} : { family }) })
    return found.map(({ address }) => address)
  } catch (error) {
    throw new Fault(dnsFault(dnsCode ?? String((error as { code?: unknown }).code)))
  }
}
