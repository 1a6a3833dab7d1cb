import { createHash } from 'node:crypto'
import type { TestResult } from './globalping-results.ts'
import { type Location, type MeasurementRequest, measurementRequest } from './globalping-schema.ts'
import {
  jsonObject,
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

// Limits and answers: Globalping's OpenAPI description (github jsdelivr/globalping, public/v1/spec.yaml).
const PATH = '/v1/measurements'
const FREE_TESTS = { anonymous: 250, known: 500 }
const MOST_PROBES = { anonymous: 50, known: 500 }
const HOUR_MS = 3_600_000
const POLL_MS = 500

/** A probe as results show it, but for what nobody here reads. */
export interface GlobalpingProbe {
  country: string
  state: string | null
  city: string
  asn: number
  network: string
  tags: string[]
}

export interface GlobalpingOptions extends ServerOptions {
  probes: GlobalpingProbe[]
  now(): number
  /** What the target looks like from a probe. */
  see(probe: GlobalpingProbe, request: MeasurementRequest): TestResult
  /** So many reads of a measurement find it in progress; default 0. */
  readsInProgress?: number
  /** Tokens that exist. */
  tokens?: string[]
  /** Free tests an hour without a token, in place of 250. */
  freeTests?: number
}

interface Measurement {
  id: string
  createdAt: number
  request: MeasurementRequest
  probes: GlobalpingProbe[]
  reads: number
  answeredAt: number
}

export interface GlobalpingSimulator extends VendorServer {
  /** Measurements that were begun, oldest first. */
  measurements: MeasurementRequest[]
  /** What was refused, by the vendor's type. */
  refused: string[]
}

/**
 * Globalping's API: measurements of type http and ping are created and read. Requests are held against its OpenAPI
 * description; a measurement that is read sooner than half a second after the last answer is refused.
 */
export async function startGlobalpingSimulator(options: GlobalpingOptions): Promise<GlobalpingSimulator> {
  const all = new Map<string, Measurement>()
  const refused: string[] = []
  const begun: MeasurementRequest[] = []
  const spent = new Map<string, { tests: number; since: number }>()

  function refuse(
    status: number,
    type: string,
    message: string,
    more: Partial<VendorAnswer> & { params?: object } = {},
  ) {
    refused.push(type)
    const { params, headers = {} } = more
    return { status, headers, body: { error: { type, message, ...(params ? { params } : {}) } } }
  }

  function create(request: VendorRequest): VendorAnswer {
    const token = tokenOf(request)
    if (token !== undefined && !options.tokens?.includes(token)) return refuse(401, 'unauthorized', 'Unauthorized.')
    const parsed = measurementRequest.safeParse(jsonObject(request.body))
    if (!parsed.success || !request.headers['content-type']?.startsWith('application/json')) {
      const params = Object.fromEntries(
        (parsed.error?.issues ?? []).map((issue) => [issue.path.join('.') || 'measurement', issue.message]),
      )
      return refuse(400, 'validation_error', 'Parameter validation failed.', { params })
    }
    const probes = probesFor(parsed.data, options.probes)
    if (probes.length === 0) return refuse(422, 'no_probes_found', 'No suitable probes found.')
    const who = token === undefined ? 'anonymous' : 'known'
    if (probes.length > MOST_PROBES[who]) return refuse(400, 'validation_error', 'Too many probes.')
    const limit = token === undefined ? (options.freeTests ?? FREE_TESTS.anonymous) : FREE_TESTS.known
    const headers = charge(token ?? 'anonymous', probes.length, limit)
    if (headers === undefined) {
      return refuse(429, 'rate_limit_exceeded', 'API rate limit exceeded.', {
        headers: { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800' },
      })
    }
    const id = createHash('sha256').update(String(all.size)).digest('base64url').slice(0, 16)
    const now = options.now()
    all.set(id, { id, createdAt: now, request: parsed.data, probes, reads: 0, answeredAt: Number.NEGATIVE_INFINITY })
    begun.push(parsed.data)
    const location = `https://api.globalping.io${PATH}/${id}`
    return { status: 202, headers: { ...headers, location }, body: { id, probesCount: probes.length } }
  }

  /** One test per probe; undefined when the hour's are used up. */
  function charge(who: string, tests: number, limit: number): Record<string, string> | undefined {
    const before = spent.get(who)
    const hour = before && options.now() - before.since < HOUR_MS ? before : { tests: 0, since: options.now() }
    if (hour.tests + tests > limit) return undefined
    const used = hour.tests + tests
    spent.set(who, { ...hour, tests: used })
    const remaining = String(limit - used)
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-consumed': String(tests),
      'x-ratelimit-remaining': remaining,
      'x-ratelimit-reset': String(Math.ceil((hour.since + HOUR_MS - options.now()) / 1000)),
      'x-request-cost': String(tests),
    }
  }

  function read(request: VendorRequest): VendorAnswer {
    const measurement = all.get(request.path.slice(PATH.length + 1))
    if (measurement === undefined) return refuse(404, 'not_found', "Couldn't find the requested item.")
    const isHasty = options.now() - measurement.answeredAt < POLL_MS
    measurement.answeredAt = options.now()
    if (isHasty) {
      return refuse(429, 'too_many_requests', 'Too many requests. Please retry in 1 seconds.', {
        headers: { 'retry-after': '1' },
      })
    }
    const body = shown(measurement, measurement.reads++ < (options.readsInProgress ?? 0))
    const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 20)}"`
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: Buffer.alloc(0) }
    return { status: 200, headers: { etag }, body }
  }

  function shown({ id, createdAt, request, probes }: Measurement, isInProgress: boolean) {
    return {
      id,
      type: request.type,
      target: request.target,
      status: isInProgress ? 'in-progress' : 'finished',
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(createdAt).toISOString(),
      probesCount: probes.length,
      locations: request.locations,
      measurementOptions: request.measurementOptions,
      results: probes.map((probe) => ({
        probe: { continent: 'AS', region: 'Eastern Asia', latitude: 1, longitude: 2, resolvers: ['private'], ...probe },
        result: isInProgress ? { status: 'in-progress', rawOutput: '' } : options.see(probe, request),
      })),
    }
  }

  const server = await startVendorServer(
    {
      answer(request) {
        if (!request.headers['user-agent']) return refuse(400, 'validation_error', 'Set a User-Agent.')
        if (request.method === 'POST' && request.path === PATH) return create(request)
        if (request.method === 'GET' && request.path.startsWith(`${PATH}/`)) return read(request)
        return refuse(404, 'not_found', "Couldn't find the requested item.")
      },
      refuse: (failure) =>
        failure.kind === 'rate-limit'
          ? refuse(429, 'too_many_requests', 'Too many requests.', { headers: { 'retry-after': '1' } })
          : refuse(500, String(failure.code), failure.message ?? 'planned failure'),
      operation: ({ method }) => (method === 'POST' ? 'create' : 'read'),
    },
    options,
  )
  return Object.assign(server, { measurements: begun, refused })
}

function tokenOf({ headers }: VendorRequest): string | undefined {
  return headers.authorization?.replace(/^Bearer /, '')
}

/** At most `limit` probes of each location, one by default. */
function probesFor({ locations = [{}], limit }: MeasurementRequest, probes: GlobalpingProbe[]): GlobalpingProbe[] {
  const found = locations.flatMap((location) =>
    probes.filter((probe) => fits(probe, location)).slice(0, limit ?? location.limit ?? 1),
  )
  return found.slice(0, limit)
}

function fits(probe: GlobalpingProbe, { country, state, city, asn, network, magic, tags = [] }: Location): boolean {
  const wanted = { country, state, city, asn, network }
  const isSame = Object.entries(wanted).every(
    ([key, value]) => value === undefined || probe[key as keyof typeof wanted] === value,
  )
  const names = [probe.country, probe.city, probe.network, `AS${probe.asn}`, ...probe.tags]
  const isMagic = magic === undefined || names.some((name) => name.toLowerCase() === magic.toLowerCase())
  return isSame && isMagic && tags.every((tag) => probe.tags.includes(tag))
}
