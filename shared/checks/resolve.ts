import dns from 'node:dns/promises'
import { Fault } from './fault.ts'

/** What DNS's own error codes mean; https://nodejs.org/api/dns.html#error-codes */
const details: Record<string, string> = {
  ENODATA: 'no address',
  ENOTFOUND: 'no such host',
  EREFUSED: 'server refused',
  ESERVFAIL: 'server failed',
  ETIMEOUT: 'no answer from the servers',
  ECONNREFUSED: 'no server to ask',
}

/**
 * The addresses of a host name, IPv4 alone if it has any.
 * DNS is asked directly: the system's look-up runs in a thread pool of which few threads may do so, and a handful of
 * dead names would hold up every other check. It is the fallback, because it also knows the hosts file.
 */
export async function resolveHost(host: string): Promise<string[]> {
  if (!host.includes('.') || host.endsWith('.localhost')) return lookUp(host, undefined)
  try {
    return await askDns(host)
  } catch (error) {
    return lookUp(host, (error as { code?: string }).code)
  }
}

async function askDns(host: string): Promise<string[]> {
  try {
    return await dns.resolve4(host)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENODATA') throw error
    return dns.resolve6(host)
  }
}

async function lookUp(host: string, dnsCode: string | undefined): Promise<string[]> {
  try {
    const found = await dns.lookup(host, { all: true })
    return found.map(({ address }) => address)
  } catch (error) {
    const code = dnsCode ?? String((error as { code?: unknown }).code)
    throw new Fault(`DNS: ${details[code] ?? code}`)
  }
}
