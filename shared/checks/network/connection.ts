import type { LookupAddress } from 'node:dns'
import net from 'node:net'
import tls from 'node:tls'
import type { Instant } from '../../contracts/words.ts'
import { Fault, fact } from '../run/fault.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { HostPort } from './host-port.ts'
import { refuseInward } from './inward.ts'
import { refuseMetadata } from './metadata-address.ts'
import type { Reach } from './reach.ts'
import { limitReceived, stopCounting } from './received-limit.ts'
import { resolveHost } from './resolve.ts'
import { refuseWeakKey } from './weak-key.ts'

/** With several addresses the next is tried after this long; the last one has all the time that is left. */
const NEXT_ADDRESS_MS = 1_000

/** What a TLS connection begins with. */
export interface Handshake {
  context: tls.SecureContext
  /** The name that is asked for and that the certificate must hold for. Absent: the host. */
  serverName?: string
  /** Offered in this order (ALPN). */
  protocols: string[]
  /** Takes whatever certificate is shown. */
  insecure?: boolean
  /** Tells a certificate's age. */
  now: () => Instant
  /** What the target is owed before the connection ends, also if its certificate does not hold: nothing that is secret. */
  leave?: (socket: tls.TLSSocket) => Promise<void>
}

/** Opens a new TCP connection, which lives until `scope` ends. Measures `dns` (for a name) and `connect`. */
export async function connect(to: HostPort, reach: Reach, clock: PhaseClock, scope: AbortSignal): Promise<net.Socket> {
  const options = await connectOptions(to, reach, clock, scope)
  clock.begin('connect')
  const socket = net.connect(options)
  limitReceived(socket, scope)
  await opened(socket, 'connect', scope)
  clock.end()
  return socket
}

/**
 * Opens a new TLS connection like `connect`, and verifies the certificate and its name; measures `tls` too.
 * Nothing is sent to a target whose certificate does not hold: this rejects first.
 */
export async function connectSecurely(
  to: HostPort,
  reach: Reach,
  handshake: Handshake,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<tls.TLSSocket> {
  const options = await connectOptions(to, reach, clock, scope)
  clock.begin('connect')
  // TLS over a socket of our own would be simpler to read, but destroying both in a handshake crashes Node 20 and 24.
  const socket = tls.connect({ ...options, ...tlsOptions(to.host, handshake) })
  limitReceived(socket, scope)
  await opened(socket, 'connect', scope)
  return shaken(socket, to.host, handshake, clock, scope)
}

/** Sockets that have become part of a TLS connection, which ends them. */
const secured = new WeakSet<net.Socket>()

/** Goes on with TLS over a connection that `connect` opened to `host`, as `connectSecurely` does it. */
export function secure(
  socket: net.Socket,
  host: string,
  handshake: Handshake,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<tls.TLSSocket> {
  secured.add(socket)
  stopCounting(socket)
  const inner = tls.connect({ socket, host, ...tlsOptions(host, handshake) })
  limitReceived(inner, scope)
  return shaken(inner, host, handshake, clock, scope)
}

async function shaken(
  socket: tls.TLSSocket,
  host: string,
  { serverName = host, now, leave, insecure = false }: Handshake,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<tls.TLSSocket> {
  clock.begin('tls')
  const tellChain = withholdChain(socket)
  await opened(socket, 'secureConnect', scope)
  clock.end()
  const certificate = tellChain()
  if (insecure) return socket
  try {
    if (!socket.authorized) await refuseCertificate(socket, certificate, serverName, now())
    refuseWeakKey(socket, certificate)
  } catch (error) {
    await leave?.(socket)
    throw error
  }
  return socket
}

async function refuseCertificate(
  socket: tls.TLSSocket,
  certificate: tls.PeerCertificate,
  serverName: string,
  now: Instant,
): Promise<never> {
  const code = String(socket.authorizationError)
  const { certificateFault } = await import('./certificate-fault.ts')
  throw certificateFault(code, certificate, serverName, now)
}

/**
 * Node takes the whole chain apart to compare a name with that of the first certificate, which is a good part of what a
 * probe costs: until the function that this returns is called, it gets that one alone. The function gives it, too.
 */
function withholdChain(socket: tls.TLSSocket): () => tls.PeerCertificate {
  const { getPeerCertificate } = socket
  let first: tls.PeerCertificate | undefined
  socket.getPeerCertificate = () => {
    first = getPeerCertificate.call(socket, false)
    return first as tls.DetailedPeerCertificate
  }
  return () => {
    socket.getPeerCertificate = getPeerCertificate
    return first ?? socket.getPeerCertificate()
  }
}

function tlsOptions(host: string, { context, protocols, serverName = host }: Handshake): tls.ConnectionOptions {
  return {
    servername: net.isIP(serverName) === 0 ? serverName.replace(/\.$/, '') : '',
    secureContext: context,
    ALPNProtocols: protocols,
    // Node's own refusal closes the socket before anybody can read what was wrong with the certificate. Its verdict
    // is the same one that is read above.
    rejectUnauthorized: false,
  }
}

async function connectOptions({ host, port }: HostPort, reach: Reach, clock: PhaseClock, scope: AbortSignal) {
  const addresses = await addressesOf(host, reach, clock, scope)
  scope.throwIfAborted()
  return {
    host,
    port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
    lookup: fixedLookup(addresses),
  }
}

function fixedLookup(addresses: LookupAddress[]): net.LookupFunction {
  return (_host, _options, found) => found(null, addresses)
}

async function addressesOf(
  host: string,
  reach: Reach,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<LookupAddress[]> {
  const fixed = net.isIP(host) === 0 ? reach.address : host
  if (fixed === undefined) clock.begin('dns')
  const found = fixed === undefined ? await resolveHost(host, reach, scope) : [fixed]
  clock.end()
  const addresses = found
    .map((address) => ({ address, family: net.isIP(address) }))
    .filter(({ family }) => family !== 0 && family === (reach.ipVersion ?? family))
  if (addresses.length === 0) throw new Fault(fact('no-ip-address', { ipVersion: reach.ipVersion ?? 4 }))
  if (!reach.allowMetadata) refuseMetadata(found)
  if (reach.sentFrom !== undefined) refuseInward(found, reach.sentFrom)
  return addresses
}

function opened(socket: net.Socket, event: 'connect' | 'secureConnect', scope: AbortSignal): Promise<void> {
  scope.addEventListener('abort', () => {
    if (!secured.has(socket)) socket.destroy()
  })
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Fault(fact('connection-closed')))
    socket.once('close', closed)
    socket.once(event, () => {
      socket.off('close', closed)
      resolve()
    })
    socket.on('error', reject)
  })
}
