import type { LookupAddress } from 'node:dns'
import net from 'node:net'
import tls from 'node:tls'
import type { Instant } from '../contracts/words.ts'
import { certificateFault } from './certificate-fault.ts'
import { Fault } from './fault.ts'
import { isMetadataAddress } from './metadata-address.ts'
import type { PhaseClock } from './phase-clock.ts'
import { resolveHost } from './resolve.ts'

/** With several addresses the next is tried after this long; the last one has all the time that is left. */
const NEXT_ADDRESS_MS = 1_000

/** Where to connect to. `host` is a name or an address, IPv6 without brackets. */
export interface Endpoint {
  host: string
  port: number
  allowMetadata: boolean
}

/** Opens a new TCP connection, which lives until `scope` ends. Measures `dns` (for a name) and `connect`. */
export async function connect(endpoint: Endpoint, clock: PhaseClock, scope: AbortSignal): Promise<net.Socket> {
  const options = await connectOptions(endpoint, clock, scope)
  clock.begin('connect')
  const socket = net.connect(options)
  await opened(socket, 'connect', scope)
  clock.end()
  return socket
}

/** One context for all checks: making one reads every root certificate, which costs more than the rest of a check. */
let trusted: tls.SecureContext | undefined

/**
 * Opens a new TLS connection like `connect`, and verifies the certificate and its name; measures `tls` too.
 * Nothing is sent to a target whose certificate does not hold: this rejects first. `now` tells a certificate's age.
 */
export async function connectSecurely(
  endpoint: Endpoint,
  protocols: string[],
  now: () => Instant,
  clock: PhaseClock,
  scope: AbortSignal,
): Promise<tls.TLSSocket> {
  const options = await connectOptions(endpoint, clock, scope)
  clock.begin('connect')
  trusted ??= tls.createSecureContext()
  const { host } = endpoint
  // TLS over a socket of our own would be simpler to read, but destroying both in a handshake crashes Node 20 and 24.
  const socket = tls.connect({
    ...options,
    servername: net.isIP(host) === 0 ? host.replace(/\.$/, '') : '',
    secureContext: trusted,
    ALPNProtocols: protocols,
    // Node's own refusal closes the socket before anybody can read what was wrong with the certificate. Its verdict
    // is the same one that is read below.
    rejectUnauthorized: false,
  })
  await opened(socket, 'connect', scope)
  clock.begin('tls')
  await opened(socket, 'secureConnect', scope)
  clock.end()
  if (!socket.authorized) throw certificateFault(socket, host, now())
  return socket
}

async function connectOptions(endpoint: Endpoint, clock: PhaseClock, scope: AbortSignal) {
  const addresses = await addressesOf(endpoint, clock)
  scope.throwIfAborted()
  return {
    host: endpoint.host,
    port: endpoint.port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
    lookup: fixedLookup(addresses),
  }
}

function fixedLookup(addresses: LookupAddress[]): net.LookupFunction {
  return (_host, _options, found) => found(null, addresses)
}

async function addressesOf({ host, allowMetadata }: Endpoint, clock: PhaseClock): Promise<LookupAddress[]> {
  const isLiteral = net.isIP(host) !== 0
  if (!isLiteral) clock.begin('dns')
  const addresses = isLiteral ? [host] : await resolveHost(host)
  clock.end()
  const metadata = allowMetadata ? undefined : addresses.find(isMetadataAddress)
  if (metadata !== undefined) throw new Fault(`refused: ${metadata} is a cloud's metadata service`)
  return addresses.map((address) => ({ address, family: net.isIP(address) }))
}

function opened(socket: net.Socket, event: 'connect' | 'secureConnect', scope: AbortSignal): Promise<void> {
  scope.addEventListener('abort', () => socket.destroy())
  return new Promise((resolve, reject) => {
    socket.once(event, resolve)
    socket.on('error', reject)
    socket.once('close', () => reject(new Fault('connection closed')))
  })
}
