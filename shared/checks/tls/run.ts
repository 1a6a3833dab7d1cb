import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'
import type { CheckKind, RunResult } from '../kind.ts'
import { connect, connectSecurely, type Handshake, secure } from '../network/connection.ts'
import { parseHostPort } from '../network/host-port.ts'
import { type Identity, secureContext } from '../network/identity.ts'
import type { Reach } from '../network/reach.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact } from '../run/fault.ts'
import { observe } from '../run/observe.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import { firstExpiry } from './certificate-expiry.ts'
import type { TlsFault } from './faults.ts'

/** A `tls` check as a probe carries it. `target` may hold `${NAME}`. */
export interface TlsSpec extends Reach, Identity {
  /** `host:port`. */
  target: string
  /** The name that is asked for and that the certificate must hold for. Absent: the target's host. */
  serverName?: string
  /** The connection begins in the clear, and this protocol asks for TLS. */
  starttls?: 'smtp'
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
    return observe(io, deadline, async (clock, scope) => {
      const { ca, clientCert, clientKey, ...rest } = spec
      const { target, serverName, ...reach } = fromEnvironment(rest, io.env)
      const to = parseHostPort(target)
      if (to === undefined) throw new Fault(fact('target-unusable'), 'unknown')
      const handshake: Handshake = {
        context: secureContext({ ca, clientCert, clientKey }, io.env),
        protocols: [],
        now: io.now,
        ...(serverName === undefined ? {} : { serverName }),
      }
      if (spec.starttls === undefined) {
        const socket = await connectSecurely(to, reach, handshake, clock, scope)
        return outcomeOf(spec, socket, io.now(), clock)
      }
      const plain = await connect(to, reach, clock, scope)
      await inTheClear(plain, clock)
      const socket = await secure(plain, to.host, handshake, clock, scope)
      return outcomeOf(spec, socket, io.now(), clock)
    })
  },
}

/** What is said before the handshake counts as waiting for the target. */
async function inTheClear(socket: Socket, clock: PhaseClock): Promise<void> {
  const { startTls } = await import('./smtp-starttls.ts')
  clock.begin('firstByte')
  await startTls(socket)
  clock.end()
}

function outcomeOf(spec: TlsSpec, socket: TLSSocket, now: Instant, clock: PhaseClock): RunResult {
  const measured = clock.measured()
  const { minVersion: least, downMs = 0, degradedMs = 0 } = spec
  const version = socket.getProtocol()?.replace('TLSv', '')
  if (version === undefined || version < least) return { outcome: 'down', fault: tooOld(version, least), ...measured }
  const { at, of } = firstExpiry(socket, now)
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

function tooOld(version: string | undefined, least: string): TlsFault {
  return fact('tls-too-old', { least, ...(version === undefined ? {} : { version }) })
}
