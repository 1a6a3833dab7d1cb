import type { TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { Exchange } from '../network/answer.ts'
import { connectSecurely, type Handshake } from '../network/connection.ts'
import { type HostPort, parseHostPort } from '../network/host-port.ts'
import type { Reach } from '../network/reach.ts'
import { trusting } from '../network/trusting.ts'
import { weakKey } from '../network/weak-key.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import { observe } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import { outcomeByRemaining } from '../run/remaining.ts'
import { chainOf, firstExpiry } from './certificate-expiry.ts'
import type { TlsFault } from './faults.ts'
import type { TlsSpec } from './spec.ts'
import type { StartTls } from './starttls/protocols.ts'
import type { Secured } from './starttls/starttls.ts'

/** Makes a TLS handshake and judges the certificate: its chain, its name, and how long it goes on holding. */
export function runTls(spec: TlsSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  const { ca, clientCert, clientKey, expect, ...rest } = spec
  const exchange = new Exchange({ expect })
  const runOnce = async (clock: PhaseClock, scope: AbortSignal): Promise<RunResult> => {
    const { target, serverName, send, ...reach } = fromEnvironment(rest, io.env)
    const to = parseHostPort(target)
    if (to === undefined) throw new Fault(fact('target-unusable'), 'unknown')
    const handshake = {
      protocols: [],
      now: io.now,
      insecure: spec.insecure,
      ...(serverName === undefined ? {} : { serverName }),
    }
    const { socket, leave } = await trusting({ ca, clientCert, clientKey }, io.env, to.host, (context) =>
      secured(spec.starttls, to, reach, { ...handshake, context }, clock, scope),
    )
    try {
      const fault = tooOld(socket, spec.minVersion)
      if (fault !== undefined) return { outcome: 'down', fault, ...clock.measured() }
      await exchange.over(socket, send, clock)
      return outcomeOf(spec, socket, io.now(), clock)
    } finally {
      await leave?.(socket)
    }
  }
  return observe(io, deadline, runOnce, (limitMs) => exchange.late(limitMs))
}

/** Opens the connection, in the clear first if so it begins; few do, and what that takes is loaded then. */
async function secured(
  starttls: StartTls | undefined,
  to: HostPort,
  reach: Reach,
  handshake: Handshake,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<Secured> {
  if (starttls === undefined) return { socket: await connectSecurely(to, reach, handshake, clock, scope) }
  const { connectByStartTls } = await import('./starttls/starttls.ts')
  return connectByStartTls(starttls, to, reach, handshake, clock, scope)
}

function outcomeOf(spec: TlsSpec, socket: TLSSocket, now: Instant, clock: PhaseClock): RunResult {
  const measured = clock.measured()
  const chain = chainOf(socket)
  const weak = spec.insecure ? undefined : chain.map(weakKey).find((fault) => fault !== undefined)
  if (weak !== undefined) return { outcome: 'down', fault: weak, ...measured }
  const { at, of } = firstExpiry(chain, now)
  const inMs = at - now
  const ends = (limitMs?: number): TlsFault =>
    inMs <= 0
      ? fact('certificate-expired', { agoMs: -inMs })
      : fact('certificate-expires', {
          inMs,
          ...(limitMs === undefined ? {} : { limitMs }),
          ...(of === undefined ? {} : { of }),
        })
  // Only what is not verified may have expired, and then only who asks for days minds.
  return { ...outcomeByRemaining({ downMs: -Infinity, degradedMs: -Infinity, ...spec }, inMs, ends), ...measured }
}

/** Undefined for a protocol that will do. */
function tooOld(socket: TLSSocket, least: TlsSpec['minVersion']): TlsFault | undefined {
  const version = socket.getProtocol()?.replace('TLSv', '')
  if (version !== undefined && version >= least) return undefined
  return fact('tls-too-old', { least, ...(version === undefined ? {} : { version }) })
}
