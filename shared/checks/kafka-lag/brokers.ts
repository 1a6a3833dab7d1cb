import net from 'node:net'
import tls from 'node:tls'
import Broker from 'kafkajs/src/broker/index.js'
import connectionPoolBuilder from 'kafkajs/src/cluster/connectionPoolBuilder.js'
import { mskToken } from '../../clouds/aws/msk-token.ts'
import { credentialsOf } from '../../clouds/aws/sigv4.ts'
import type { CheckIo } from '../kind.ts'
import { parseHostPort } from '../network/host-port.ts'
import { secureContext } from '../network/identity.ts'
import { refuseMetadata } from '../network/metadata-address.ts'
import { resolveHost } from '../network/resolve.ts'
import { fact, isFault } from '../run/fault.ts'
import { growArrays } from './arrays.ts'
import { answerReader, type Waiting } from './frames.ts'
import { Ending, unreachable } from './kafka-fault.ts'
import { unreadable } from './source.ts'
import type { BrokerSettings, Sasl } from './spec.ts'

const CONNECT_MS = 3_000

/** Longer than any check may take: the check's own time ends a request. */
const REQUEST_MS = 60_000

/** Connections are files, of which Lambda gives a function 1,024 (AWS Lambda, "Quotas"); the largest clusters have some hundred brokers. */
const MOST_BROKERS = 300

/** The brokers of one cluster, each connected once. */
export interface Brokers {
  /** The first of the configured brokers that can be reached. */
  seed(): Promise<Broker>
  at(host: string, port: number): Promise<Broker>
}

interface OpenBrokers extends Brokers {
  close(): void
}

growArrays()

/** Clusters in use: the checks of a run share the connections to a cluster. */
const open = new Map<string, { brokers: OpenBrokers; users: number }>()

/** Lends the brokers of a cluster to `task`. The connections end with their last user. `settings` have no references left. */
export async function withBrokers<T>(
  settings: BrokerSettings,
  io: CheckIo,
  task: (brokers: Brokers) => Promise<T>,
): Promise<T> {
  const key = JSON.stringify(settings)
  const lent = open.get(key) ?? { brokers: openBrokers(settings, io), users: 0 }
  open.set(key, lent)
  lent.users++
  try {
    return await task(lent.brokers)
  } finally {
    lent.users--
    if (lent.users === 0) {
      open.delete(key)
      lent.brokers.close()
    }
  }
}

function openBrokers(settings: BrokerSettings, io: CheckIo): OpenBrokers {
  const sockets = new Set<net.Socket>()
  const waiting: Waiting = { bytes: 0 }
  let isClosed = false
  const pools = connectionPoolBuilder({
    socketFactory: ({ host, port, onConnect }) => {
      const socket = openSocket(settings, { host, port, onConnect }, io, waiting)
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      // It was still on its way to a connection when the last check ended.
      if (isClosed) socket.destroy(new Error('closed'))
      return socket
    },
    brokers: settings.brokers,
    ...(settings.sasl === undefined ? {} : { sasl: saslOf(settings.sasl, io) }),
    clientId: 'fenghuo',
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    logger: silent,
  })
  const connected = new Map<string, Promise<Broker>>()
  const connect = async (host: string, port: number) => {
    const connectionPool = await pools.build({ host, port })
    const broker = new Broker({
      connectionPool,
      logger: silent,
      authenticationTimeout: REQUEST_MS,
      allowAutoTopicCreation: false,
    })
    await broker.connect()
    return broker
  }
  // The connection of a broker is one promise: several calls at once on a client that is not connected yet cost kafkajs a retry.
  const at = (host: string, port: number) => {
    const key = `${host}:${port}`
    if (connected.size >= MOST_BROKERS && !connected.has(key))
      throw unreadable(fact('kafka-brokers-over', { max: MOST_BROKERS }))
    const broker = connected.get(key) ?? connect(host, port)
    connected.set(key, broker)
    return broker
  }
  const firstOf = async ([written = '', ...others]: string[]): Promise<Broker> => {
    const address = parseHostPort(written)
    if (address === undefined) throw unreadable(fact('broker-unusable', { broker: written }))
    return at(address.host, address.port).catch((error: unknown) => {
      if (others.length === 0) throw error
      return firstOf(others)
    })
  }
  return {
    at,
    seed: () => firstOf(settings.brokers),
    close() {
      isClosed = true
      // An error is what makes kafkajs let go of the requests and timers of a connection at once.
      for (const socket of sockets) socket.destroy(new Error('closed'))
    },
  }
}

function openSocket(
  settings: BrokerSettings,
  { host, port, onConnect }: { host: string; port: number; onConnect(): void },
  io: CheckIo,
  waiting: Waiting,
): net.Socket {
  const to = { host, port, autoSelectFamily: true, lookup: lookUp(io) }
  const secure = () => ({
    servername: net.isIP(host) === 0 ? host : '',
    secureContext: secureContext({ ca: settings.ca }, io.env),
  })
  const socket = settings.tls
    ? tls.connect({ ...to, ...secure() }, onConnect)
    : net.connect({ ...to, noDelay: true }, onConnect)
  // An address is not looked up.
  if (net.isIP(host) !== 0) endUnless(socket, () => refuseMetadata([host]))
  return guarded(socket, waiting)
}

/** Brokers are where the cluster says, which may say anything. */
function lookUp(io: CheckIo): net.LookupFunction {
  return (host, _options, found) => {
    resolveHost(host, { allowMetadata: false }, io.signal)
      .then((addresses) => {
        refuseMetadata(addresses)
        found(
          null,
          addresses.map((address) => ({ address, family: net.isIP(address) })),
        )
      })
      .catch((error: unknown) => found(endingOf(error), ''))
  }
}

/** kafkajs reads what comes in the listener itself: what is not Kafka would end the process there, and must end the connection. */
function guarded(socket: net.Socket, waiting: Waiting): net.Socket {
  const on = socket.on.bind(socket)
  return Object.assign(socket, {
    on(event: string, listener: (...parts: unknown[]) => void) {
      if (event !== 'data') return on(event, listener)
      const take = answerReader(waiting, listener)
      return on('data', (part) => endUnless(socket, () => take(part)))
    },
  })
}

function endUnless(socket: net.Socket, work: () => void): void {
  try {
    work()
  } catch (error) {
    socket.destroy(endingOf(error))
  }
}

/** What goes wrong in kafkajs itself is an answer that it can't read. */
function endingOf(error: unknown): Error {
  if (!isFault(error)) return new Ending(unreadable(fact('kafka-malformed', { source: 'kafka', part: 'frame' })))
  return new Ending(error.fault.code.startsWith('kafka-') ? error : unreachable(error.fault))
}

function saslOf(sasl: Sasl, io: CheckIo): unknown {
  if (sasl.mechanism !== 'aws-iam') return { ...sasl }
  const oauthBearerProvider = async () => ({ value: mskToken(sasl.region, credentialsOf(io.env), io.now()) })
  return { mechanism: 'oauthbearer', oauthBearerProvider }
}

/** Whatever goes wrong is in the observation. */
const silent = {
  namespace: () => silent,
  debug() {},
  info() {},
  warn() {},
  error() {},
}
