import type { TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'
import type { CheckKind, RunResult } from '../kind.ts'
import { Exchange, type Saying } from '../network/answer.ts'
import { connect, connectSecurely, type Handshake, secure } from '../network/connection.ts'
import { type HostPort, parseHostPort } from '../network/host-port.ts'
import { type Identity, secureContext } from '../network/identity.ts'
import type { Reach } from '../network/reach.ts'
import { weakKey } from '../network/weak-key.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import { observe } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import { chainOf, firstExpiry } from './certificate-expiry.ts'
import type { TlsFault } from './faults.ts'
import type { StartTls } from './starttls/protocols.ts'

/** A `tls` check as a probe carries it. `target` and `send` may hold `${NAME}`. */
export interface TlsSpec extends Reach, Identity, Saying {
  /** `host:port`. */
  target: string
  /** The name that is asked for and that the certificate must hold for. Absent: the target's host. */
  serverName?: string
  /** The connection begins in the clear, and this protocol asks for TLS. */
  starttls?: StartTls
  /** The oldest protocol that will do. */
  minVersion: '1.2' | '1.3'
  /** The certificate must go on holding for so many milliseconds, or the target is degraded, or down. */
  degradedMs?: number
  downMs?: number
}

/** Makes a TLS handshake and judges the certificate: its chain, its name, and how long it goes on holding. */
export const tls: CheckKind<TlsSpec> = {
  kind: 'tls',
  run({ spec }, io, deadline): Promise<RunResult> {
    const { ca, clientCert, clientKey, expect, ...rest } = spec
    const exchange = new Exchange({ expect })
    const look = async (clock: PhaseClock, scope: AbortSignal): Promise<RunResult> => {
      const { target, serverName, send, ...reach } = fromEnvironment(rest, io.env)
      const to = parseHostPort(target)
      if (to === undefined) throw new Fault(fact('target-unusable'), 'unknown')
      const handshake: Handshake = {
        context: secureContext({ ca, clientCert, clientKey }, io.env),
        protocols: [],
        now: io.now,
        ...(serverName === undefined ? {} : { serverName }),
      }
      const { socket, leave } = await secured(spec.starttls, to, reach, handshake, clock, scope)
      const fault = tooOld(socket, spec.minVersion)
      if (fault !== undefined) return { outcome: 'down', fault, ...clock.measured() }
      await exchange.over(socket, send, clock)
      const seen = outcomeOf(spec, socket, io.now(), clock)
      await leave(socket)
      return seen
    }
    return observe(io, deadline, look, (limitMs) => exchange.late(limitMs))
  },
}

/** Opens the connection, in the clear first if so it begins; `leave` is for before it is closed. */
async function secured(
  starttls: StartTls | undefined,
  to: HostPort,
  reach: Reach,
  handshake: Handshake,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<{ socket: TLSSocket; leave(socket: TLSSocket): Promise<void> }> {
  if (starttls === undefined)
    return { socket: await connectSecurely(to, reach, handshake, clock, scope), leave: async () => {} }
  const plain = await connect(to, reach, clock, scope)
  const { startTls } = await import('./starttls/starttls.ts')
  // What is said before the handshake counts as waiting for the target.
  clock.begin('firstByte')
  const leave = await startTls(starttls, plain)
  clock.end()
  return { socket: await secure(plain, to.host, { ...handshake, leave }, clock, scope), leave }
}

function outcomeOf(
  { downMs = 0, degradedMs = 0 }: TlsSpec,
  socket: TLSSocket,
  now: Instant,
  clock: PhaseClock,
): RunResult {
  const measured = clock.measured()
  const chain = chainOf(socket)
  const weak = chain.map(weakKey).find((fault) => fault !== undefined)
  if (weak !== undefined) return { outcome: 'down', fault: weak, ...measured }
  const { at, of } = firstExpiry(chain, now)
  const inMs = at - now
  const expires = (limitMs?: number): TlsFault =>
    fact('certificate-expires', {
      inMs,
      ...(limitMs === undefined ? {} : { limitMs }),
      ...(of === undefined ? {} : { of }),
    })
  if (inMs < downMs) return { outcome: 'down', fault: expires(downMs), ...measured }
  if (inMs < degradedMs) return { outcome: 'degraded', fault: expires(degradedMs), ...measured }
  return { outcome: 'up', fault: expires(), ...measured }
}

/** Undefined for a protocol that will do. */
function tooOld(socket: TLSSocket, least: TlsSpec['minVersion']): TlsFault | undefined {
  const version = socket.getProtocol()?.replace('TLSv', '')
  if (version !== undefined && version >= least) return undefined
  return fact('tls-too-old', { least, ...(version === undefined ? {} : { version }) })
}
