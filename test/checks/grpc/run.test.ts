import { createSecureServer, createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { beforeAll, describe, expect, it } from 'vitest'
import { grpcConfig } from '../../../shared/checks/grpc/config.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { seenBy, someIo } from '../records.ts'
import { closedTarget, httpsTarget, httpTarget, listen, shows, tcpTarget, trustTargets } from '../targets.ts'

beforeAll(trustTargets)

interface Call {
  stream: ServerHttp2Stream
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A gRPC server; `host:port`. */
async function server(onCall: (call: Call) => void, isSecure = false): Promise<string> {
  const target = isSecure ? createSecureServer(shows('good')) : createServer()
  target.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const parts: Buffer[] = []
    stream.on('error', () => {})
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => onCall({ stream, headers, body: Buffer.concat(parts) }))
  })
  target.on('sessionError', () => {})
  return `127.0.0.1:${await listen(target)}`
}

/** Answers with a message, as gRPC servers do, and a status in the trailers. */
function answers(message: Buffer, trailers: Record<string, string> = { 'grpc-status': '0' }) {
  return ({ stream }: Call) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.end(message)
  }
}

/** A `HealthCheckResponse` with this status. */
const health = (status: number) => Buffer.from([0, 0, 0, 0, 2, 8, status])

/** Headers alone. */
const fails =
  (headers: Record<string, string>) =>
  ({ stream }: Call) =>
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...headers }, { endStream: true })

describe('a server', () => {
  it.each([
    ['over TLS', true],
    ['in the clear', false],
  ])('that is serving is up, %s', async (_reason, isSecure) => {
    let got: Call | undefined
    const target = await server((call) => {
      got = call
      answers(health(1))(call)
    }, isSecure)
    const keys = {
      grpc: target,
      plaintext: !isSecure,
      service: 'shop.v1.Orders',
      metadata: { authorization: `Bearer \${TOKEN}` },
    }
    const seen = await seenBy(keys, someIo({ TOKEN: 's3cret' }))
    expect(seen).toMatchObject({ outcome: 'up' })
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', ...(isSecure ? ['tls'] : []), 'firstByte', 'download'])
    expect(JSON.parse(JSON.stringify(got?.headers))).toEqual({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      ':scheme': isSecure ? 'https' : 'http',
      ':authority': target,
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': 'fenghuo',
      authorization: 'Bearer s3cret',
    })
    expect(got?.body).toEqual(Buffer.concat([Buffer.from([0, 0, 0, 0, 16, 10, 14]), Buffer.from('shop.v1.Orders')]))
  })

  it('is asked for its own health by an empty message', async () => {
    let body: Buffer | undefined
    const target = await server((call) => {
      body = call.body
      answers(health(1))(call)
    })
    expect(await seenBy({ grpc: target, plaintext: true })).toMatchObject({ outcome: 'up' })
    expect(body).toEqual(Buffer.alloc(5))
  })

  it('may add fields that are not known yet', async () => {
    const target = await server(answers(Buffer.from([0, 0, 0, 0, 8, 18, 2, 65, 66, 8, 1, 24, 5])))
    expect(await seenBy({ grpc: target, plaintext: true })).toMatchObject({ outcome: 'up' })
  })

  it('that has not looked at the question is asked once more', async () => {
    let asked = 0
    const refuse = ({ stream }: Call) => stream.close(7)
    const target = await server((call) => (++asked === 1 ? refuse : answers(health(1)))(call))
    expect(await seenBy({ grpc: target, plaintext: true })).toMatchObject({ outcome: 'up' })
    expect(asked).toBe(2)
  })

  const bad: [reason: string, target: () => Promise<string>, fault: Fact][] = [
    ['stopped', () => server(answers(health(2))), fact('not-serving', { status: 'NOT_SERVING' })],
    [
      'without this service, in an answer',
      () => server(answers(health(3))),
      fact('not-serving', { status: 'SERVICE_UNKNOWN' }),
    ],
    [
      'without a word about it (a default is not sent)',
      () => server(answers(Buffer.alloc(5))),
      fact('not-serving', { status: 'UNKNOWN' }),
    ],
    [
      'without this service, by its status',
      () => server(fails({ 'grpc-status': '5', 'grpc-message': 'unknown service' })),
      fact('grpc-status', { status: 5, said: 'unknown service' }),
    ],
    ['without health checks', () => server(fails({ 'grpc-status': '12' })), fact('grpc-status', { status: 12 })],
    [
      'that says why in Chinese',
      () => server(answers(Buffer.alloc(0), { 'grpc-status': '14', 'grpc-message': encodeURIComponent('维护') })),
      fact('grpc-status', { status: 14, said: '维护' }),
    ],
    [
      'that ends without a status',
      () =>
        server(({ stream }) => {
          stream.respond({ ':status': 200, 'content-type': 'application/grpc' })
          stream.end(health(1))
        }),
      fact('grpc-status-missing'),
    ],
    [
      'behind a proxy that has lost it',
      () => server(({ stream }) => stream.respond({ ':status': 503 }, { endStream: true })),
      fact('http-status', { status: 503 }),
    ],
    [
      'that is a web server',
      () =>
        server(({ stream }) => {
          stream.respond({ ':status': 200, 'content-type': 'text/html' })
          stream.end('hi')
        }),
      fact('not-grpc'),
    ],
    [
      'that refuses the stream twice',
      () => server(({ stream }) => stream.close(7)),
      fact('http2-failed', { error: 'REFUSED_STREAM' }),
    ],
    ['that answers with garbage', () => server(answers(Buffer.from('garbage'))), fact('health-unreadable')],
    ['that goes on and on', () => server(answers(Buffer.alloc(100_000))), fact('health-unreadable')],
    ['that is silent', () => server(() => {}), fact('timeout', { limitMs: 500, waitingFor: 'firstByte' })],
    ['that is cut off', () => server(({ stream }) => stream.session?.destroy()), fact('closed-without-response')],
    ['that is not there', async () => (await closedTarget()).replace('http://', ''), fact('connection-refused')],
  ]
  it.each(bad)('%s is down', async (_reason, target, fault) => {
    const seen = await seenBy(
      { grpc: await target(), plaintext: true },
      someIo(),
      fault.code === 'timeout' ? 500 : 2_000,
    )
    expect([seen.outcome, seen.fault]).toEqual(['down', fault])
  })

  it('that speaks HTTP/1.1 is down', async () => {
    const plain = await httpTarget((_, response) => void response.end('hi'))
    expect(await seenBy({ grpc: plain.replace('http://', ''), plaintext: true })).toMatchObject({ outcome: 'down' })
    const secure = await httpsTarget('good', (_, response) => void response.end('hi'))
    expect(await seenBy({ grpc: secure.replace('https://', '') })).toMatchObject({ outcome: 'down' })
    const silent = await tcpTarget()
    expect(await seenBy({ grpc: silent, plaintext: true }, someIo(), 300)).toMatchObject({ outcome: 'down' })
  })
})

describe('keys', () => {
  const cases: [reason: string, keys: object, path: string, message: RegExp][] = [
    ['a URL', { grpc: 'https://e.com:443' }, 'grpc', /leave out the scheme/],
    ['an authority in the clear', { plaintext: true, ca: 'ca.pem' }, 'ca', /no effect without TLS/],
    ['metadata of gRPC itself', { metadata: { 'grpc-timeout': '1S' } }, 'metadata.grpc-timeout', /./],
  ]
  it.each(cases)('%s', (_reason, keys, path, message) => {
    const [issue] = grpcConfig.schema.safeParse({ grpc: 'pay.example.com:443', ...keys }).error?.issues ?? []
    expect(issue?.path.join('.')).toBe(path)
    expect(issue?.message).toMatch(message)
  })
})
