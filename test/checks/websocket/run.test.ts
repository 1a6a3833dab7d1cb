import { createServer } from 'node:https'
import { beforeAll, describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { websocketConfig } from '../../../shared/checks/websocket/config.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { seenBy, someIo, timeoutFor } from '../records.ts'
import { closedTarget, httpTarget, listen, rawTarget, shows, trustTargets } from '../targets.ts'
import { acceptOf, frame, socketTarget, unmasked } from './server.ts'

const [TEXT, CLOSE, PING] = [1, 8, 9]

beforeAll(trustTargets)

describe('a web socket', () => {
  it('is asked for as a browser asks, with what is configured', async () => {
    let asked: Record<string, unknown> = {}
    let path: string | undefined
    const url = await socketTarget(
      (_socket, request) => {
        asked = request.headers
        path = request.url
      },
      { 'Sec-WebSocket-Protocol': 'chat.v1' },
    )
    const keys = {
      websocket: `${url}/live?room=\${ROOM}`,
      bearer: `\${TOKEN}`,
      protocol: 'chat.v1',
      headers: { Origin: 'https://e.com' },
    }
    expect(await seenBy(keys, someIo({ TOKEN: 's3cret', ROOM: '1' }))).toMatchObject({ outcome: 'up' })
    expect(path).toBe('/live?room=1')
    expect(asked).toEqual({
      'user-agent': 'fenghuo',
      host: url.slice('ws://'.length),
      authorization: 'Bearer s3cret',
      origin: 'https://e.com',
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': expect.stringMatching(/^[\w+/]{22}==$/),
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'chat.v1',
    })
  })

  it('is asked for with another key each time', async () => {
    const asked = new Set<unknown>()
    const url = await socketTarget((_socket, request) => void asked.add(request.headers['sec-websocket-key']))
    await seenBy({ websocket: url })
    await seenBy({ websocket: url })
    expect(asked.size).toBe(2)
  })

  it('carries a text there and one back, answers a ping, and says goodbye', async () => {
    const got: unknown[] = []
    const url = await socketTarget((socket) => {
      socket.write(frame(PING, 'still there?'))
      socket.on('data', (bytes: Buffer) => {
        got.push(...unmasked(bytes))
        if (got.length === 2)
          socket.write(Buffer.concat([frame(TEXT, 'welcome'), frame(TEXT, '{"type":"pong","谁":"烽火"}')]))
      })
    })
    const seen = await seenBy({ websocket: url, send: '{"type":"ping"}', expect: '"烽火"' })
    expect(seen).toMatchObject({ outcome: 'up' })
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'firstByte', 'download'])
    await expect.poll(() => got.length).toBe(3)
    expect(got).toEqual([
      { opcode: TEXT, payload: '{"type":"ping"}' },
      { opcode: 10, payload: 'still there?' },
      { opcode: CLOSE, payload: expect.any(String) },
    ])
  })

  it('is read in parts, with a ping between them, and byte by byte', async () => {
    const message = Buffer.concat([frame(TEXT, 'all ', false), frame(PING, ''), frame(0, 'good')])
    const url = await socketTarget((socket) => {
      const next = (at: number) => {
        if (at < message.length) socket.write(message.subarray(at, at + 1), () => setImmediate(next, at + 1))
      }
      next(0)
    })
    expect(await seenBy({ websocket: url, expect: 'all good' })).toMatchObject({ outcome: 'up' })
  })

  it('may come in one piece with the answer, and be longer than 125 bytes', async () => {
    const url = await socketTarget((socket) => void socket.write(frame(TEXT, `${'x'.repeat(60_000)}needle`)))
    expect(await seenBy({ websocket: url, expect: 'needle' })).toMatchObject({ outcome: 'up' })
  })

  it('goes over TLS, whose certificate must hold, and may be announced', async () => {
    const server = createServer(shows('good'))
    server.on('upgrade', (request, socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')
      const accept = `Sec-WebSocket-Accept: ${acceptOf(request)}`
      socket.write(`HTTP/1.1 101 Yes\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n${accept}\r\n\r\n`)
    })
    const url = `wss://127.0.0.1:${await listen(server)}`
    const seen = await seenBy({ websocket: url })
    expect(seen).toMatchObject({ outcome: 'up' })
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'tls', 'firstByte'])
    const other = createServer(shows('self-signed'))
    const keys = { websocket: `wss://127.0.0.1:${await listen(other)}` }
    expect((await seenBy(keys)).fault).toEqual(fact('certificate-untrusted', { why: 'self-signed' }))
  })
})

describe('a target that is none', () => {
  const cases: [reason: string, target: () => Promise<string>, fault: Fact, keys?: object][] = [
    ['nobody listens', closedTarget, fact('connection-refused')],
    [
      'a web server',
      () => httpTarget((_, response) => void response.end('hi')),
      fact('http-status', { status: 200, expected: [[101, 101]] }),
    ],
    [
      'one that wants other credentials',
      () => httpTarget((_, response) => void response.writeHead(401).end()),
      fact('http-status', { status: 401 }),
    ],
    [
      'no HTTP',
      () => rawTarget((socket) => void socket.end('SSH-2.0-x\r\n')),
      fact('response-malformed', { how: 'not-http' }),
    ],
    ['silence', () => rawTarget(() => {}), fact('timeout', { limitMs: 500, waitingFor: 'firstByte' })],
    ['an end without a word', () => rawTarget((socket) => void socket.end()), fact('closed-without-response')],
    [
      'an answer to somebody else',
      () => socketTarget(() => {}, { 'Sec-WebSocket-Accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' }),
      fact('handshake-flawed', { how: 'accept' }),
    ],
    [
      'another protocol',
      () => socketTarget(() => {}, { Upgrade: 'h2c' }),
      fact('handshake-flawed', { how: 'upgrade' }),
    ],
    [
      'an extension',
      () => socketTarget(() => {}, { 'Sec-WebSocket-Extensions': 'permessage-deflate' }),
      fact('handshake-flawed', { how: 'extension' }),
    ],
    [
      'no subprotocol',
      () => socketTarget(() => {}),
      fact('handshake-flawed', { how: 'protocol' }),
      { protocol: 'chat.v1' },
    ],
  ]
  it.each(cases)('%s', async (_reason, target, fault, keys = {}) => {
    const url = (await target()).replace('http:', 'ws:')
    const seen = await seenBy({ websocket: url, ...keys }, someIo(), fault.code === 'timeout' ? 500 : 2_000)
    expect([seen.outcome, seen.fault]).toEqual(['down', fault])
  })
})

describe('what does not say what is expected', () => {
  const says =
    (...frames: Buffer[]) =>
    () =>
      socketTarget((socket) => void socket.write(Buffer.concat(frames)))
  const cases: [reason: string, target: () => Promise<string>, fault: Fact][] = [
    ['other messages', says(frame(TEXT, 'hello')), fact('message-lacks-in-time', { text: 'needle', limitMs: 500 })],
    ['silence', says(), fact('timeout', { limitMs: 500, waitingFor: 'download' })],
    [
      'a goodbye with its reason',
      says(frame(CLOSE, Buffer.from('\x03\xf3no room', 'latin1'))),
      fact('websocket-closed', { status: 1011, reason: 'no room' }),
    ],
    ['a goodbye without', says(frame(CLOSE, '')), fact('websocket-closed', {})],
    ['an end', () => socketTarget((socket) => void socket.end()), fact('connection-closed')],
    ['a masked frame', says(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 65, 65])), fact('frame-flawed', { how: 'masked' })],
    ['reserved bits', says(Buffer.from([0xc1, 1, 65])), fact('frame-flawed', { how: 'reserved' })],
    ['a ping in parts', says(frame(PING, 'x', false)), fact('frame-flawed', { how: 'control' })],
    ['an end of what has not begun', says(frame(0, 'x')), fact('frame-flawed', { how: 'continuation' })],
    [
      'a frame that claims a terabyte',
      says(Buffer.from([0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0])),
      fact('message-over-limit'),
    ],
    [
      'parts without end',
      says(frame(TEXT, '', false), ...Array.from({ length: 10 }, () => frame(0, 'x'.repeat(10_000), false))),
      fact('message-over-limit'),
    ],
    [
      'pings without end',
      () =>
        socketTarget(
          (socket) => void socket.write(Buffer.concat(Array.from({ length: 20_000 }, () => frame(PING, '')))),
        ),
      fact('frames-without-end'),
    ],
  ]
  it.each(cases)('%s', async (_reason, target, fault) => {
    const seen = await seenBy({ websocket: await target(), expect: 'needle' }, someIo(), timeoutFor(fault))
    expect([seen.outcome, seen.fault]).toEqual(['down', fault])
  })
})

describe('keys', () => {
  const cases: [reason: string, keys: Record<string, unknown>, path: string, message: RegExp][] = [
    ['a URL of the web', { websocket: 'https://e.com' }, 'websocket', /not a ws or wss URL/],
    ['a header of the handshake', { headers: { 'Sec-WebSocket-Key': 'x' } }, 'headers.Sec-WebSocket-Key', /./],
    ['a token that is written', { bearer: 'abc' }, 'bearer', /is a secret/],
    ['an authority without TLS', { websocket: 'ws://e.com', ca: 'ca.pem' }, 'ca', /no effect on ws/],
    ['metadata', { websocket: 'ws://169.254.169.254/' }, 'websocket', /metadata service/],
  ]
  it.each(cases)('%s', (_reason, keys, path, message) => {
    const [issue] =
      websocketConfig.schema.safeParse({ websocket: 'wss://chat.example.com', ...keys }).error?.issues ?? []
    expect(issue?.path.join('.')).toBe(path)
    expect(issue?.message).toMatch(message)
  })

  it('name the host that a probe connects to', () => {
    const spec = websocketConfig.schema.parse({ websocket: 'wss://chat.example.com/live' })
    expect(websocketConfig.hosts?.(spec)).toEqual(['chat.example.com'])
  })
})
