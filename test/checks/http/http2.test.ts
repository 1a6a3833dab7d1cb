import { constants, createSecureServer } from 'node:http2'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { frame } from '../hostile/floods.ts'
import { seenBy, someIo, timeoutFor } from '../records.ts'
import { http2Target, httpsTarget, httpTarget, listen, shows, tlsTarget, trustTargets } from '../targets.ts'

const CALM = constants.NGHTTP2_ENHANCE_YOUR_CALM

beforeAll(trustTargets)

describe('where HTTP/2 is offered', () => {
  it('a request has the same parts, over a session of its own, and the same phases', async () => {
    const got: unknown[] = []
    const sessions = new Set<unknown>()
    const url = await http2Target((stream, headers) => {
      sessions.add(stream.session)
      let body = ''
      stream.on('data', (chunk) => {
        body += chunk
      })
      stream.on('end', () => {
        got.push([Object.fromEntries(Object.entries(headers)), body])
        stream.respond({ ':status': 200, 'content-type': 'application/json' })
        stream.end('{"status":"ok"}')
      })
    })
    const keys = {
      http: `${url}/pay?deep=1`,
      method: 'POST',
      body: '烽火',
      headers: { 'X-Key': 'a' },
      json: { '$.status': 'ok' },
    }
    const seen = await seenBy(keys)
    await seenBy(keys)
    expect(seen).toMatchObject({ outcome: 'up' })
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'tls', 'firstByte', 'download'])
    expect(sessions.size).toBe(2)
    const pseudo = { ':method': 'POST', ':path': '/pay?deep=1', ':scheme': 'https', ':authority': url.slice(8) }
    const headers = { ...pseudo, 'user-agent': 'fenghuo', accept: '*/*', 'x-key': 'a', 'content-length': '6' }
    expect(got).toEqual([
      [headers, '烽火'],
      [headers, '烽火'],
    ])
  })

  it('a host header names the authority', async () => {
    let got: unknown
    const url = await http2Target((stream, headers) => {
      got = headers[':authority']
      stream.respond({ ':status': 204 }, { endStream: true })
    })
    expect(await seenBy({ http: url, headers: { Host: 'pay.example.com' } })).toMatchObject({ outcome: 'up' })
    expect(got).toBe('pay.example.com')
  })

  it('redirects are followed, and a compressed body is read', async () => {
    const url = await http2Target((stream, headers) => {
      if (headers[':path'] === '/') return stream.respond({ ':status': 302, location: '/in' }, { endStream: true })
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' })
      stream.end(gzipSync('all good'))
    })
    expect(await seenBy({ http: url, contains: 'all good' })).toMatchObject({ outcome: 'up' })
    expect(await seenBy({ http: url, status: 302 })).toMatchObject({ outcome: 'up' })
  })

  const bad: [reason: string, target: Parameters<typeof http2Target>[0], fault: Fact, keys?: object][] = [
    [
      'an error status',
      (stream) => stream.respond({ ':status': 503 }, { endStream: true }),
      fact('http-status', { status: 503 }),
    ],
    [
      'an internal error',
      (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
      fact('http2-failed', { error: 'INTERNAL_ERROR' }),
    ],
    ['a cancelled stream', (stream) => stream.close(constants.NGHTTP2_CANCEL), fact('closed-without-response')],
    ['an end of the session', (stream) => stream.session?.destroy(), fact('closed-without-response')],
    ['a session that is ended', (stream) => stream.session?.goaway(CALM), fact('http2-failed', { error: '11' })],
    ['silence', () => {}, fact('timeout', { limitMs: 500, waitingFor: 'firstByte' })],
    [
      'a body that stays away',
      (stream) => {
        stream.respond({ ':status': 200 })
        stream.write('begin')
      },
      fact('timeout', { limitMs: 1000, waitingFor: 'download' }),
    ],
    ['a body that breaks off', brokenOff, fact('http2-failed', { error: 'INTERNAL_ERROR' })],
    [
      'a body that breaks off while it is decoded',
      brokenOff,
      fact('http2-failed', { error: 'INTERNAL_ERROR' }),
      { contains: 'x' },
    ],
    [
      'a body that ends with the connection',
      (stream) => {
        stream.respond({ ':status': 200 })
        stream.write('begin', () => setTimeout(() => stream.session?.destroy(), 20))
      },
      fact('body-cut-short'),
    ],
  ]
  it.each(bad)('%s is down', async (_reason, onStream, fault, keys = {}) => {
    const url = await http2Target(onStream)
    const seen = await seenBy({ http: url, ...keys }, someIo(), timeoutFor(fault))
    expect(seen).toMatchObject({ outcome: 'down', fault })
  })

  function brokenOff(stream: Parameters<Parameters<typeof http2Target>[0]>[0]): void {
    stream.respond({ ':status': 200, 'content-encoding': 'gzip' })
    stream.write(gzipSync('x').subarray(0, 12), () => setTimeout(() => stream.destroy(new Error()), 20))
  }

  it('a body without end is read up to the limit', async () => {
    const url = await http2Target((stream) => {
      stream.respond({ ':status': 200 })
      stream.end(Buffer.alloc(2_000_000, 'a'))
    })
    expect(await seenBy({ http: url })).toMatchObject({ outcome: 'up', fault: fact('body-not-read') })
  })

  it('a header that HTTP/2 forbids is a mistake of ours', async () => {
    const url = await http2Target((stream) => stream.respond({ ':status': 204 }, { endStream: true }))
    const seen = await seenBy({ http: url, headers: { 'Proxy-Connection': 'close' } })
    expect(seen).toMatchObject({ outcome: 'unknown', fault: fact('header-unusable', { why: 'http2' }) })
  })
})

describe('a request that the target has not looked at', () => {
  it('is sent once more', async () => {
    let asked = 0
    const url = await http2Target((stream) => {
      asked++
      if (asked > 1) stream.respond({ ':status': 204 }, { endStream: true })
      else stream.close(constants.NGHTTP2_REFUSED_STREAM)
    })
    expect(await seenBy({ http: url, method: 'POST', body: 'pay' })).toMatchObject({ outcome: 'up' })
    expect(asked).toBe(2)
  })

  it('for the session ends before it, is sent once more', async () => {
    let connections = 0
    const target = await tlsTarget({ ...shows('good'), ALPNProtocols: ['h2'] }, (socket) => {
      connections++
      socket.write(frame(4, Buffer.alloc(0)))
      // An end that has seen no stream, without an error (RFC 9113, section 6.8); then an answer: HEADERS with `:status: 204`.
      if (connections === 1) socket.write(frame(7, Buffer.alloc(8)))
      else socket.once('data', () => socket.write(frame(1, Buffer.from([0x89]), 5, 1)))
    })
    expect(await seenBy({ http: `https://${target}` })).toMatchObject({ outcome: 'up' })
    expect(connections).toBe(2)
  })

  it('is not sent a third time', async () => {
    let asked = 0
    const url = await http2Target((stream) => {
      asked++
      stream.close(constants.NGHTTP2_REFUSED_STREAM)
    })
    expect(await seenBy({ http: url })).toMatchObject({
      outcome: 'down',
      fault: fact('http2-failed', { error: 'REFUSED_STREAM' }),
    })
    expect(asked).toBe(2)
  })

  it('is sent by HTTP/1.1 where the target wants that, but for a check that wants HTTP/2', async () => {
    const server = createSecureServer({ ...shows('good'), allowHTTP1: true }, (request, response) => {
      if (request.httpVersion === '2.0') request.stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED)
      else response.end(request.httpVersion)
    })
    const url = `https://127.0.0.1:${await listen(server)}`
    expect(await seenBy({ http: url, contains: '1.1' })).toMatchObject({ outcome: 'up' })
    expect(await seenBy({ http: url, http2: 'required' })).toMatchObject({
      outcome: 'down',
      fault: fact('http2-failed', { error: 'HTTP_1_1_REQUIRED' }),
    })
  })
})

it.each([
  ['HTTP/2 reads are read by HTTP/2', 60_000, '2.0'],
  ['it does not are read by HTTP/1.1', 240_000, '1.1'],
])('headers that Node’s %s', async (_reason, bytes, version) => {
  const options = { ...shows('good'), allowHTTP1: true, maxSendHeaderBlockLength: 400_000 }
  const server = createSecureServer(options, (request, response) => {
    const policy = Array.from({ length: bytes / 20_000 }, () => 'a~'.repeat(10_000))
    response.setHeader('content-security-policy', policy)
    response.end(request.httpVersion)
  })
  server.on('sessionError', () => {})
  const url = `https://127.0.0.1:${await listen(server)}`
  expect(await seenBy({ http: url, contains: version })).toMatchObject({ outcome: 'up' })
})

describe('the choice', () => {
  it('never does not offer it', async () => {
    const url = await httpsTarget('good', (request, response) => void response.end(request.httpVersion))
    expect(await seenBy({ http: url, http2: 'never', contains: '1.1' })).toMatchObject({ outcome: 'up' })
    const alone = await http2Target(() => expect.unreachable('it was asked'))
    expect(await seenBy({ http: alone, http2: 'never' })).toMatchObject({
      outcome: 'down',
      fault: fact('tls-failed', { said: 'tlsv1 alert no application protocol' }),
    })
  })

  it('required finds a target down that does not offer it', async () => {
    const url = await httpsTarget('good', () => expect.unreachable('it was asked'))
    expect((await seenBy({ http: url, http2: 'required' })).outcome).toBe('down')
    const redirecting = await http2Target((stream) =>
      stream.respond({ ':status': 302, location: plain }, { endStream: true }),
    )
    const plain = await httpTarget(() => expect.unreachable('it was asked'))
    const seen = await seenBy({ http: redirecting, http2: 'required' })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('http2-needs-https') })
  })

  it('offered goes on with HTTP/1.1 elsewhere', async () => {
    const url = await httpsTarget('good', (request, response) => void response.end(request.httpVersion))
    expect(await seenBy({ http: url, contains: '1.1' })).toMatchObject({ outcome: 'up' })
  })
})
