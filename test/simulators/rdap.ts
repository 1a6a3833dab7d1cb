import {
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

const WINDOW_MS = 60_000

/** A domain as its registry has it. */
export interface RegisteredDomain {
  /** RFC 3339; absent: the registry does not publish it. */
  expires?: string
  /** RFC 9083, section 10.2.2. Default `active`. */
  status?: string[]
}

export interface RdapOptions extends ServerOptions {
  now(): number
  domains: Record<string, RegisteredDomain>
  /** Suffixes that IANA lists the registry for. */
  suffixes?: string[]
  /** So many questions a minute, then 429 with Retry-After; default 10. */
  perMinute?: number
}

export interface RdapSimulator extends VendorServer {
  /** Names that were asked about, oldest first. */
  asked: string[]
  /** Takes what is registered away or adds to it. */
  domains: Record<string, RegisteredDomain>
}

/**
 * IANA's list of RDAP servers for domains (RFC 9224) and the registry that it names (RFC 7480, 9082, 9083), on one address: the
 * registry at /registry/. It refuses what is not asked as those RFCs have it, and who asks too often.
 */
export async function startRdap(options: RdapOptions): Promise<RdapSimulator> {
  const { now, suffixes = ['example'], perMinute = 10 } = options
  const domains = { ...options.domains }
  const asked: string[] = []
  const times: number[] = []
  let url = ''

  function answer(request: VendorRequest): VendorAnswer {
    if (request.method !== 'GET') return refusal(405, 'only GET')
    if (request.path === '/rdap/dns.json') return iana()
    const [, name] = /^\/registry\/domain\/([^/]+)$/.exec(request.path) ?? []
    const [, other] = /^\/elsewhere\/domain\/([^/]+)$/.exec(request.path) ?? []
    if (other !== undefined) return { status: 302, headers: { location: `/registry/domain/${other}` }, body: '' }
    if (name === undefined)
      return { status: 404, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>404') }
    return registry(name, request)
  }

  /** Each service: suffixes, and the bases of its servers, which end with a slash (RFC 9224, section 3). */
  function iana(): VendorAnswer {
    const services = [
      [['other'], ['https://rdap.other.invalid/']],
      [suffixes, [`${url}/registry/`]],
      [['moved'], [`${url}/elsewhere/`]],
      [['long.moved'], [`${url}/registry/`]],
    ]
    const body = { version: '1.0', publication: '2026-11-01T00:00:00Z', description: 'RDAP bootstrap file', services }
    return { status: 200, headers: { 'content-type': 'application/json' }, body }
  }

  function registry(name: string, { headers }: VendorRequest): VendorAnswer {
    if (!/application\/rdap\+json/.test(headers.accept ?? '')) return refusal(406, 'ask for application/rdap+json')
    if (!/^[a-z0-9.-]+[a-z0-9]$/.test(name)) return refusal(400, 'not a domain name')
    const recent = times.filter((time) => now() - time < WINDOW_MS)
    if (recent.length >= perMinute) return refusal(429, 'too many requests', { 'retry-after': '120' })
    times.push(now())
    asked.push(name)
    const found = domains[name]
    return found === undefined ? refusal(404, 'not found') : rdap(200, domainObject(name, found))
  }

  const server = await startVendorServer(
    { answer, refuse: (_failure, { path }) => refusal(500, `planned for ${path}`) },
    options,
  )
  url = server.url
  return Object.assign(server, { asked, domains })
}

function domainObject(name: string, { expires, status = ['active'] }: RegisteredDomain) {
  return {
    objectClassName: 'domain',
    handle: '1234_DOMAIN-REG',
    ldhName: name.toUpperCase(),
    status,
    events: [
      { eventAction: 'registration', eventDate: '2004-01-01T00:00:00Z' },
      ...(expires === undefined ? [] : [{ eventAction: 'expiration', eventDate: expires }]),
      { eventAction: 'last update of RDAP database', eventDate: '2026-11-28T00:00:00Z' },
    ],
    rdapConformance: ['rdap_level_0'],
  }
}

/** RFC 9083, section 6. */
function refusal(errorCode: number, title: string, headers: Record<string, string> = {}): VendorAnswer {
  return rdap(errorCode, { rdapConformance: ['rdap_level_0'], errorCode, title }, headers)
}

function rdap(status: number, body: unknown, headers: Record<string, string> = {}): VendorAnswer {
  return { status, headers: { 'content-type': 'application/rdap+json', ...headers }, body }
}
