import dns from 'node:dns/promises'
import { Fault } from '../run/fault.ts'
import { dnsFault } from './dns-fault.ts'
import type { Reach } from './reach.ts'

/** What can be asked for the addresses of a host. */
type AddressBook = Pick<dns.Resolver, 'resolve4' | 'resolve6'>

/** The addresses of a host name as a DNS server has them: IPv4 alone if there is any, unless one version of IP is wanted. */
export async function askDns(server: AddressBook, host: string, ipVersion: Reach['ipVersion']): Promise<string[]> {
  if (ipVersion === 6) return server.resolve6(host)
  try {
    return await server.resolve4(host)
  } catch (error) {
    if (ipVersion === 4 || (error as { code?: string }).code !== 'ENODATA') throw error
    return server.resolve6(host)
  }
}

/**
 * The addresses of a host name as the system has them. DNS is asked directly: the system's look-up runs in a thread pool of which
 * few threads may do so, and a handful of dead names would hold up every other check. It is the fallback, because it also knows the
 * hosts file. Rejects with a fault.
 */
export async function systemAddresses(host: string, ipVersion: Reach['ipVersion']): Promise<string[]> {
  const isLocal = !host.includes('.') || host.endsWith('.localhost')
  if (isLocal) return lookUp(host, ipVersion, undefined)
  try {
    return await askDns(dns, host, ipVersion)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined) throw error
    return lookUp(host, ipVersion, code)
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
