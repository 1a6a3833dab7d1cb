import type { Instant } from '../../contracts/words.ts'
import { refusalFault } from '../http/http2-refusal.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { closing } from '../network/closing.ts'
import { connect, connectSecurely } from '../network/connection.ts'
import { type HostPort, parseHostPort } from '../network/host-port.ts'
import { trusting } from '../network/trusting.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import { observe, outcomeByTime } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import { askHealth } from './call.ts'
import type { GrpcSpec } from './spec.ts'

/** Asks a gRPC server whether it, or one of its services, is serving. */
export function runGrpc(spec: GrpcSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  return observe(io, deadline, async (clock, scope) => {
    const { target, service, metadata } = fromEnvironment(
      { target: spec.target, service: spec.service, metadata: spec.metadata },
      io.env,
    )
    const to = parseHostPort(target)
    if (to === undefined) throw new Fault(fact('target-unusable'), 'unknown')
    const host = to.host.includes(':') ? `[${to.host}]` : to.host
    const origin = `${spec.plaintext ? 'http' : 'https'}://${host}:${to.port}`
    const askOnce = async () => {
      const socket = await open(to, spec, io, clock, scope)
      return closing(socket, () => askHealth(socket, { origin, service, metadata }, clock))
    }
    // Clients of gRPC ask again by themselves what a server has not looked at ("transparent retries").
    const refused = (await askOnce()) && (await askOnce())
    if (refused !== undefined) throw refusalFault(refused)
    return outcomeByTime(spec, clock)
  })
}

async function open(to: HostPort, spec: GrpcSpec, io: CheckIo, clock: PhaseClock, scope: AbortSignal) {
  const { ipVersion, resolver, address, allowMetadata, serverName, ca, clientCert, clientKey, insecure } = spec
  const reach = fromEnvironment({ ipVersion, resolver, address, allowMetadata }, io.env)
  if (spec.plaintext) return connect(to, reach, clock, scope)
  const handshake = {
    protocols: ['h2'],
    now: io.now,
    insecure,
    ...(serverName === undefined ? {} : { serverName }),
  }
  const socket = await trusting({ ca, clientCert, clientKey }, io.env, to.host, (context) =>
    connectSecurely(to, reach, { ...handshake, context }, clock, scope),
  )
  if (socket.alpnProtocol !== 'h2') throw new Fault(fact('http2-not-offered'))
  return socket
}
