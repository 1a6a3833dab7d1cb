import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import tls from 'node:tls'
import { failurePlan } from '../failures.ts'
import { type Api, apis, type BrokerView, type FakeCluster } from './apis.ts'
import { mechanismsOf, type SaslExchange, type SaslUsers, saslExchange } from './sasl.ts'
import { WireReader, WireWriter } from './wire.ts'

const API_VERSIONS = 18
const SASL_HANDSHAKE = 17
const SASL_AUTHENTICATE = 36
const UNSUPPORTED_SASL_MECHANISM = 33
const SASL_AUTHENTICATION_FAILED = 58

/** A request is never that long: what claims to be is no Kafka. */
const MOST_BYTES = 10_000_000

/** What happens to the next request of an API. */
export interface KafkaFailure {
  api: string
  kind: 'reset' | 'silence' | 'garbage'
}

export interface KafkaOptions extends FakeCluster {
  /** How many brokers there are. Default 1. */
  brokers?: number
  /** Whom they let in. Absent: everybody. */
  sasl?: SaslUsers
  /** Key and certificate in PEM. Absent: no TLS. */
  tls?: { key: string; cert: string }
  /** APIs that these brokers do not know, by name. */
  without?: string[]
  /** Called before a request is answered, such as to let time go by. */
  onRequest?(api: string, broker: number): void
}

export interface FakeKafka extends FakeCluster {
  /** `host:port` of each broker. */
  addresses: string[]
  /** What was asked, in order: `OffsetFetch@1`, with the broker's id. */
  requests: string[]
  /** What no client may do. A test that is not about it wants none. */
  violations: string[]
  connections(): number
  fail(...failures: KafkaFailure[]): void
  readonly failuresLeft: number
  close(): Promise<void>
}

/** A cluster of brokers on 127.0.0.1 that speak Kafka's protocol to clients that read offsets, and take nothing amiss. */
export async function startFakeKafka(options: KafkaOptions): Promise<FakeKafka> {
  const plan = failurePlan<KafkaFailure>()
  const sockets = new Set<Socket>()
  const requests: string[] = []
  const violations: string[] = []
  const brokers: BrokerView['brokers'] = []
  const cluster: FakeCluster = { topics: options.topics, groups: options.groups }
  const known = Object.entries(apis).filter(([, { name }]) => !options.without?.includes(name))

  function serve(socket: Socket, id: number) {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    const session = new Session()
    let pending = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk])
      while (pending.length >= 4 && !socket.destroyed) {
        const size = pending.readInt32BE()
        if (size < 8 || size > MOST_BYTES) return end(socket, `a request of ${size} bytes`)
        if (pending.length < 4 + size) return
        const frame = pending.subarray(4, 4 + size)
        pending = pending.subarray(4 + size)
        take(socket, session, frame, id)
      }
    })
  }

  function take(socket: Socket, session: Session, frame: Buffer, id: number) {
    try {
      const request = new WireReader(frame)
      const key = request.int16()
      const version = request.int16()
      const correlation = request.int32()
      if (request.string() !== 'fenghuo') throw new Error('the client has another name')
      const name = nameOf(key)
      requests.push(`${name}@${id}`)
      options.onRequest?.(name, id)
      const failure = plan.take(({ api }) => api === name)
      if (failure?.kind === 'silence') return
      if (failure?.kind === 'reset') return socket.resetAndDestroy()
      const body = failure
        ? Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')
        : answer(session, key, version, request, id)
      if (!failure && request.left > 0) throw new Error(`${name}: ${request.left} bytes too many`)
      if (failure) return socket.write(body)
      socket.write(
        Buffer.concat([
          new WireWriter()
            .int32(4 + body.length)
            .int32(correlation)
            .end(),
          body,
        ]),
      )
    } catch (error) {
      end(socket, String(error))
    }
  }

  /** What a real broker answers by hanging up is noted, too. */
  function end(socket: Socket, violation: string) {
    violations.push(violation)
    socket.destroy()
  }

  function answer(session: Session, key: number, version: number, request: WireReader, id: number): Buffer {
    if (key === API_VERSIONS) return apiVersions(version)
    if (key === SASL_HANDSHAKE) return session.handshake(request, options.sasl)
    if (key === SASL_AUTHENTICATE) return session.authenticate(request)
    const api = known.find(([each]) => Number(each) === key)?.[1]
    if (api === undefined) throw new Error(`API ${key} is not known here`)
    if (version !== api.version) throw new Error(`${api.name} in version ${version}, not ${api.version}`)
    if (options.sasl !== undefined && !session.isAuthenticated) throw new Error(`${api.name} before authentication`)
    return api.answer(request, { ...cluster, id, brokers })
  }

  function apiVersions(version: number): Buffer {
    if (version > 2) throw new Error(`ApiVersions in version ${version}`)
    const spoken: [number, Pick<Api, 'version'>][] = [
      ...known.map(([key, api]): [number, Api] => [Number(key), api]),
      [API_VERSIONS, { version: 2 }],
      [SASL_HANDSHAKE, { version: 1 }],
      [SASL_AUTHENTICATE, { version: 1 }],
    ]
    const body = new WireWriter().int16(0)
    body.array(spoken, ([key, api]) => body.int16(key).int16(api.version).int16(api.version))
    return version === 0 ? body.end() : body.int32(0).end()
  }

  const servers: Server[] = []
  for (let id = 1; id <= (options.brokers ?? 1); id++) {
    const onConnection = (socket: Socket) => serve(socket, id)
    const server = options.tls ? tls.createServer(options.tls, onConnection) : createServer(onConnection)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.push(server)
    brokers.push({ id, port: (server.address() as AddressInfo).port })
  }
  return Object.assign(cluster, {
    addresses: brokers.map(({ port }) => `127.0.0.1:${port}`),
    requests,
    violations,
    connections: () => sockets.size,
    fail: (...failures: KafkaFailure[]) => plan.add(failures),
    get failuresLeft() {
      return plan.left
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    },
  })
}

/** What a connection has come to. */
class Session {
  isAuthenticated = false
  private exchange: SaslExchange | undefined

  handshake(request: WireReader, users: SaslUsers | undefined): Buffer {
    const mechanism = request.string()
    this.exchange = users && saslExchange(mechanism, users)
    const answer = new WireWriter().int16(this.exchange ? 0 : UNSUPPORTED_SASL_MECHANISM)
    return answer.array(mechanismsOf(users ?? {}), (name) => answer.string(name)).end()
  }

  authenticate(request: WireReader): Buffer {
    const message = request.sizedBytes()
    if (this.exchange === undefined) throw new Error('SaslAuthenticate without a handshake')
    const result = this.exchange(message)
    if ('refused' in result) {
      const refusal = new WireWriter().int16(SASL_AUTHENTICATION_FAILED).nullableString(result.refused)
      return refusal.sizedBytes(Buffer.alloc(0)).int64(0).end()
    }
    this.isAuthenticated = result.done
    return new WireWriter().int16(0).nullableString(null).sizedBytes(result.answer).int64(0).end()
  }
}

function nameOf(key: number): string {
  if (key === API_VERSIONS) return 'ApiVersions'
  if (key === SASL_HANDSHAKE) return 'SaslHandshake'
  if (key === SASL_AUTHENTICATE) return 'SaslAuthenticate'
  return apis[key]?.name ?? `API ${key}`
}
