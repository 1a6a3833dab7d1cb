import type { Instant } from '../contracts/words.ts'
import { connect, connectSecurely } from './connection.ts'
import { Fault, seenFault } from './fault.ts'
import { isExpected, needsBody, shortcoming } from './http-conditions.ts'
import { exchange, type HttpResponse } from './http-exchange.ts'
import { firstHop, type Hop, isRedirect, nextHop } from './http-hop.ts'
import type { HttpSpec } from './http-spec.ts'
import type { CheckIo, CheckKind, Seen } from './kind.ts'
import { PhaseClock } from './phase-clock.ts'
import { Timeout, withinLimit } from './time-limit.ts'

/**
 * Requests a URL over a new connection per request and judges the answer. `latencyMs` runs from the start to the end of
 * the last body, redirects included; phases are summed over them.
 */
export const http: CheckKind<HttpSpec> = {
  kind: 'http',
  async run({ spec }, io, deadline) {
    const clock = new PhaseClock(io.monotonic)
    try {
      return await withinLimit(io, deadline, async (scope) => {
        const response = await follow(spec, io, clock, scope)
        return judge(spec, response, clock)
      })
    } catch (error) {
      const during = error instanceof Timeout && clock.current ? ` (${spoken[clock.current] ?? clock.current})` : ''
      clock.end()
      const { outcome, detail } = seenFault(error)
      return { outcome, detail: detail + during, ...measured(clock) }
    }
  },
}

const spoken: Record<string, string> = { firstByte: 'first byte', tls: 'TLS', dns: 'DNS' }

/** Goes from redirect to redirect until one response is the answer. */
async function follow(spec: HttpSpec, io: CheckIo, clock: PhaseClock, scope: AbortSignal): Promise<HttpResponse> {
  let hop = firstHop(spec, io.env)
  const visited = new Set<string>()
  for (;;) {
    visited.add(`${hop.method} ${hop.url.href}`)
    const response = await request(hop, spec, io.now, clock, scope)
    if (!isFollowed(spec, response.status)) return response
    const next = nextHop(hop, response)
    if (next === undefined) return response
    if (visited.has(`${next.method} ${next.url.href}`)) throw new Fault('redirect loop')
    if (visited.size > spec.redirects) throw new Fault(`more than ${spec.redirects} redirects`)
    hop = next
  }
}

function isFollowed(spec: HttpSpec, status: number): boolean {
  return spec.redirects > 0 && isRedirect(status) && !isExpected(status, spec.status)
}

async function request(
  { url, method, headers, body }: Hop,
  spec: HttpSpec,
  now: () => Instant,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<HttpResponse> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'https:'
  const port = Number(url.port || (isSecure ? 443 : 80))
  const endpoint = { host, port, allowMetadata: spec.allowMetadata }
  const socket = isSecure
    ? await connectSecurely(endpoint, ['http/1.1'], now, clock, scope)
    : await connect(endpoint, clock, scope)
  const path = url.pathname + url.search
  const bodyFor = (status: number) => {
    if (isFollowed(spec, status)) return 'skip'
    return needsBody(spec) ? 'keep' : 'measure'
  }
  const response = await exchange(
    socket,
    { method, path, headers, ...(body === undefined ? {} : { body }) },
    bodyFor,
    clock,
  )
  socket.destroy()
  return response
}

function judge(spec: HttpSpec, response: HttpResponse, clock: PhaseClock): Seen {
  const latencyMs = clock.elapsed()
  const seen = { latencyMs, ...measured(clock) }
  const lack = shortcoming(spec, response)
  if (lack !== undefined) return { outcome: 'down', detail: lack, ...seen }
  if (spec.degradedMs !== undefined && latencyMs > spec.degradedMs) {
    return { outcome: 'degraded', detail: `${Math.round(latencyMs)}ms, limit ${spec.degradedMs}ms`, ...seen }
  }
  return { outcome: 'up', ...(response.isCut ? { detail: 'body over 1 MiB, not read to its end' } : {}), ...seen }
}

function measured(clock: PhaseClock): Pick<Seen, 'phases'> {
  return Object.keys(clock.phases).length === 0 ? {} : { phases: { ...clock.phases } }
}
