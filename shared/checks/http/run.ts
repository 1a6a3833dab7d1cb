import type { Socket } from 'node:net'
import type { CheckIo, CheckKind, RunResult } from '../kind.ts'
import { connect, connectSecurely } from '../network/connection.ts'
import type { HostPort } from '../network/host-port.ts'
import { secureContext } from '../network/identity.ts'
import { type Inwardness, inwardness } from '../network/inward.ts'
import type { Reach } from '../network/reach.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact, isFault } from '../run/fault.ts'
import { overLimit } from '../run/limits.ts'
import { observe } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import { type BodyUse, type HttpResponse, loadDecoders } from './body.ts'
import { isExpected, needsBody, shortcoming } from './conditions.ts'
import { exchange } from './exchange.ts'
import type { HttpFault } from './faults.ts'
import { firstHop, type Hop, isRedirect, nextHop } from './hop.ts'
import { exchangeByHttp2 } from './http2-exchange.ts'
import type { HttpSpec } from './spec.ts'

/**
 * Requests a URL over a new connection per request and judges the answer. `latencyMs` runs from the start to the end of
 * the last body, redirects included; phases are summed over them.
 */
export const http: CheckKind<HttpSpec> = {
  kind: 'http',
  run({ spec }, io, deadline) {
    return observe(io, deadline, async (clock, scope) => {
      if (needsBody(spec)) await loadDecoders()
      const response = await follow(spec, io, clock, scope)
      return outcomeOf(spec, response, clock)
    })
  },
}

/** Goes from redirect to redirect until one response is the answer. */
async function follow(spec: HttpSpec, io: CheckIo, clock: PhaseClock, scope: AbortSignal): Promise<HttpResponse> {
  let hop = firstHop(spec, io.env)
  let sentFrom: Inwardness | undefined
  const visited = new Set<string>()
  for (;;) {
    visited.add(`${hop.method} ${hop.url.href}`)
    const { response, at } = await request(hop, spec, sentFrom, io, clock, scope)
    if (!isFollowed(spec, response.status)) return response
    const next = nextHop(hop, response)
    if (next === undefined) return response
    if (visited.has(`${next.method} ${next.url.href}`)) throw new Fault(fact('redirect-loop'))
    if (visited.size > spec.redirects) throw new Fault(fact('redirects-over', { max: spec.redirects }))
    hop = next
    if (!spec.allowPrivateRedirects) sentFrom ??= inwardness(at)
  }
}

function isFollowed({ redirects, down }: HttpSpec, status: number): boolean {
  return redirects > 0 && isRedirect(status) && !isExpected(status, down.status)
}

/** An answer, and the address that gave it. */
interface Answered {
  response: HttpResponse
  at: string
}

async function request(
  hop: Hop,
  spec: HttpSpec,
  sentFrom: Inwardness | undefined,
  io: CheckIo,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<Answered> {
  const bodyFor = (status: number): BodyUse => {
    if (isFollowed(spec, status)) return 'skip'
    return needsBody(spec) ? 'keep' : 'measure'
  }
  const reach = { ...reachOf(spec, hop, io), sentFrom }
  if (hop.url.protocol === 'https:') return requestSecurely(hop, spec, reach, io, bodyFor, clock, scope)
  if (spec.http2 === 'required') throw new Fault(fact('http2-needs-https'))
  const socket = await connect(endOf(hop), reach, clock, scope)
  return answered(socket, exchange(socket, hop, bodyFor, clock))
}

const protocols = { offered: ['h2', 'http/1.1'], never: ['http/1.1'], required: ['h2'] }

async function requestSecurely(
  hop: Hop,
  spec: HttpSpec,
  reach: Reach,
  io: CheckIo,
  bodyFor: (status: number) => BodyUse,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<Answered> {
  const { ca, clientCert, clientKey } = spec
  const identity = hop.isAtHome ? { ca, clientCert, clientKey } : { ca }
  const handshake = { context: secureContext(identity, io.env), protocols: protocols[spec.http2], now: io.now }
  const socket = await connectSecurely(endOf(hop), reach, handshake, clock, scope)
  const isHttp2 = socket.alpnProtocol === 'h2'
  if (spec.http2 === 'required' && !isHttp2) throw new Fault(fact('http2-not-offered'))
  return answered(socket, (isHttp2 ? exchangeByHttp2 : exchange)(socket, hop, bodyFor, clock))
}

/** What a connection was ended for says more than what its end meant to a client. */
async function answered(socket: Socket, response: Promise<HttpResponse>): Promise<Answered> {
  const { remoteAddress: at = '' } = socket
  try {
    return { response: await response, at }
  } catch (error) {
    throw isFault(socket.errored) ? socket.errored : error
  } finally {
    socket.destroy()
  }
}

function endOf({ url }: Hop): HostPort {
  const usualPort = url.protocol === 'https:' ? 443 : 80
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || usualPort) }
}

/** A fixed address is that of the configured host, and of no other that a redirect leads to. */
function reachOf(
  { ipVersion, resolver, address, allowMetadata }: HttpSpec,
  { isAtHome }: Hop,
  { env }: CheckIo,
): Reach {
  const reach = { ipVersion, resolver, allowMetadata, address: isAtHome ? address : undefined }
  return fromEnvironment(reach, env)
}

const bodyNotRead: HttpFault = fact('body-not-read')

/** Status, headers and body are worth more words than a limit that is passed besides. */
function outcomeOf(spec: HttpSpec, response: HttpResponse, clock: PhaseClock): RunResult {
  const measured = clock.measured()
  for (const outcome of ['down', 'degraded'] as const) {
    const expected = spec[outcome]
    const fault = shortcoming(expected, response) ?? overLimit(expected.limits, measured)
    if (fault !== undefined) return { outcome, fault, ...measured }
  }
  return { outcome: 'up', ...(response.isCut ? { fault: bodyNotRead } : {}), ...measured }
}
