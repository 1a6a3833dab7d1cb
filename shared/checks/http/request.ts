import type { TLSSocket } from 'node:tls'
import { closing } from '../network/closing.ts'
import { connect, connectSecurely } from '../network/connection.ts'
import { hostPortOf } from '../network/host-port.ts'
import type { Inwardness } from '../network/inward.ts'
import type { Reach } from '../network/reach.ts'
import { trusting } from '../network/trusting.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import { type BodyUse, type HttpResponse, receive } from './body.ts'
import { type Answer, exchange } from './exchange.ts'
import type { Hop } from './hop.ts'
import type { HttpRun } from './http-run.ts'
import { type Refused, refusalFault } from './http2-refusal.ts'

/** An answer, and the address that gave it. */
export interface Answered {
  response: HttpResponse
  at: string
}

/** Sends one request over a connection of its own. `useOf` is asked what to do with the body of an answer of a status. */
export async function request(
  hop: Hop,
  sentFrom: Inwardness | undefined,
  useOf: (status: number) => BodyUse,
  run: HttpRun,
): Promise<Answered> {
  const reach = { ...reachOf(hop, run), sentFrom }
  if (hop.url.protocol === 'https:') return requestSecurely(hop, reach, useOf, run, protocols[run.spec.http2])
  if (run.spec.http2 === 'required') throw new Fault(fact('http2-needs-https'))
  const socket = await connect(hostPortOf(hop.url), reach, run.clock, run.scope)
  run.clock.begin('firstByte')
  return closing(socket, async (at) => received(at, await exchange(socket, hop, run.note), useOf, run))
}

const protocols = { offered: ['h2', 'http/1.1'], never: ['http/1.1'], required: ['h2'] }

/** A target that has not looked at a request is asked once more, as it wants to be asked (RFC 9113, sections 8.7 and 7). */
async function requestSecurely(
  hop: Hop,
  reach: Reach,
  useOf: (status: number) => BodyUse,
  run: HttpRun,
  offered: string[],
  refused?: Refused['refused'],
): Promise<Answered> {
  const { ca, clientCert, clientKey, insecure } = run.spec
  const identity = hop.isAtHome ? { ca, clientCert, clientKey } : { ca }
  const to = hostPortOf(hop.url)
  const handshake = { protocols: offered, now: run.io.now, insecure }
  const socket = await trusting(identity, run.io.env, to.host, (context) =>
    connectSecurely(to, reach, { ...handshake, context }, run.clock, run.scope),
  )
  run.certificates?.see(socket, run.io.now())
  const result = await closing(socket, async (at) => {
    const answer = await exchangeOver(socket, hop, run)
    return 'refused' in answer ? answer : received(at, answer, useOf, run)
  })
  if (!('refused' in result)) return result
  const isHttp1Wanted = result.refused === 'http1-required'
  if (refused !== undefined || (isHttp1Wanted && run.spec.http2 === 'required')) throw refusalFault(result)
  return requestSecurely(hop, reach, useOf, run, isHttp1Wanted ? protocols.never : offered, result.refused)
}

async function exchangeOver(socket: TLSSocket, hop: Hop, { spec, clock, note }: HttpRun): Promise<Answer | Refused> {
  const isHttp2 = socket.alpnProtocol === 'h2'
  if (spec.http2 === 'required' && !isHttp2) throw new Fault(fact('http2-not-offered'))
  clock.begin('firstByte')
  if (!isHttp2) return exchange(socket, hop, note)
  // Many probes never need it, and it costs a start a few milliseconds and a megabyte.
  const { exchangeByHttp2 } = await import('./http2-exchange.ts')
  return exchangeByHttp2(socket, hop)
}

async function received(
  at: string,
  answer: Answer,
  useOf: (status: number) => BodyUse,
  { clock }: HttpRun,
): Promise<Answered> {
  return { response: await receive(answer, useOf(answer.status), clock), at }
}

/** A fixed address is that of the configured host, and of no other that a redirect leads to. */
function reachOf({ isAtHome }: Hop, { spec, io }: HttpRun): Reach {
  const { ipVersion, resolver, address, allowMetadata } = spec
  const reach = { ipVersion, resolver, allowMetadata, address: isAtHome ? address : undefined }
  return fromEnvironment(reach, io.env)
}
