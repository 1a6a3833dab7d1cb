import type { Instant } from '../../contracts/words.ts'
import type { CheckIo } from '../kind.ts'
import { parseUrl } from '../network/parse-url.ts'
import { Fault, fact } from '../run/fault.ts'
import { askRegistry, malformed } from './ask-registry.ts'

/** RFC 9224, section 3: https://data.iana.org/rdap/dns.json */
const HOST = 'https://data.iana.org'
const PATH = '/rdap/dns.json'

/** Clients should keep the list, and not ask for it each time (RFC 9224, section 8). */
const KEPT_MS = 86_400_000

/** Suffix of domains → the bases of their servers. */
type Servers = Map<string, string[]>

let kept: { servers: Servers; at: Instant } | undefined
let asking: Promise<Servers> | undefined

/**
 * The base URL of the registry's RDAP server for a domain, by the longest suffix that IANA lists (RFC 9224, section 4). The list is
 * kept for a day, and for as long as it can't be had anew. Throws an `unknown` fault if there is no such server.
 */
export async function registryOf(name: string, io: CheckIo, scope: AbortSignal): Promise<URL> {
  const servers = await list(io, scope)
  const labels = name.split('.')
  for (let from = 1; from < labels.length; from++) {
    const urls = servers.get(labels.slice(from).join('.'))
    const url = urls?.find((one) => one.startsWith('https:')) ?? urls?.[0]
    if (url !== undefined) return new URL(url.endsWith('/') ? url : `${url}/`)
  }
  throw new Fault(fact('domain-without-registry', { name }), 'unknown')
}

async function list(io: CheckIo, scope: AbortSignal): Promise<Servers> {
  for (;;) {
    if (kept !== undefined && io.now() - kept.at < KEPT_MS) return kept.servers
    const isMine = asking === undefined
    asking ??= fetchList(io, scope).finally(() => {
      asking = undefined
    })
    try {
      return await asking
    } catch (error) {
      if (kept !== undefined) return kept.servers
      // Who asked for all may have been out of time, which the others are not.
      if (isMine || scope.aborted) throw error
    }
  }
}

async function fetchList(io: CheckIo, scope: AbortSignal): Promise<Servers> {
  const url = new URL(PATH, io.env.FENGHUO_RDAP_URL || HOST)
  const { status, json } = await askRegistry(url, io, scope)
  const { services } = Object(json) as { services?: unknown }
  if (status !== 200 || !Array.isArray(services)) throw malformed(url)
  const servers: Servers = new Map(services.flatMap(entriesOf))
  if (servers.size === 0) throw malformed(url)
  kept = { servers, at: io.now() }
  return servers
}

/** `[["com", "net"], ["https://…/"]]`; an entry of another shape is left out. */
function entriesOf(service: unknown): [string, string[]][] {
  const [suffixes, urls] = Array.isArray(service) ? service : []
  if (!Array.isArray(suffixes) || !Array.isArray(urls)) return []
  const bases = urls.filter((url) => typeof url === 'string' && parseUrl(url) !== undefined)
  return suffixes.map((suffix) => [String(suffix).toLowerCase(), bases])
}
