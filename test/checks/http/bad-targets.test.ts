import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { http } from '../../../shared/checks/http/run.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import { serveNames } from '../dns/server.ts'
import { httpCheck, someIo } from '../records.ts'
import { closedTarget, httpsTarget, httpTarget, rawTarget, trustTargets } from '../targets.ts'

beforeAll(trustTargets)

const MIB = 1_048_576

interface BadCase {
  reason: string
  target: () => Promise<string>
  keys?: Record<string, unknown>
  timeoutMs?: number
  env?: Record<string, string>
  outcome: 'up' | 'down' | 'unknown'
  detail: string | RegExp | undefined
}

const says = (bytes: string | Buffer) => () => rawTarget((socket) => void socket.end(bytes))
const redirectTo = (location: string) => () =>
  httpTarget((_request, response) => void response.writeHead(302, { location }).end())

const cases: BadCase[] = [
  {
    reason: 'nobody listens',
    target: closedTarget,
    outcome: 'down',
    detail: 'connection refused',
  },
  {
    reason: 'a reset',
    target: () => rawTarget((socket) => void socket.resetAndDestroy()),
    outcome: 'down',
    detail: 'connection reset',
  },
  {
    reason: 'an end without a word',
    target: () => rawTarget((socket) => void socket.end()),
    outcome: 'down',
    detail: 'connection closed without a response',
  },
  {
    reason: 'an accepted connection that stays silent',
    target: () => rawTarget(() => {}),
    timeoutMs: 500,
    outcome: 'down',
    detail: 'timeout 0.5s (first byte)',
  },
  {
    reason: 'headers that never end',
    target: () =>
      rawTarget((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const timer = setInterval(() => socket.write('X-More: 1\r\n'), 10)
        socket.on('close', () => clearInterval(timer))
      }),
    timeoutMs: 500,
    outcome: 'down',
    detail: 'timeout 0.5s (first byte)',
  },
  {
    reason: 'a body that drips for ever',
    target: () =>
      httpTarget((_request, response) => {
        const timer = setInterval(() => response.write('.'), 10)
        response.on('close', () => clearInterval(timer))
      }),
    timeoutMs: 1_000,
    outcome: 'down',
    detail: 'timeout 1.0s (download)',
  },
  {
    reason: 'a body that ends early',
    target: says('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this'),
    outcome: 'down',
    detail: 'body cut short',
  },
  {
    reason: 'something that is not HTTP',
    target: says('SSH-2.0-OpenSSH_9.2\r\n'),
    outcome: 'down',
    detail: /^malformed HTTP response: /,
  },
  {
    reason: 'a malformed header',
    target: says('HTTP/1.1 200 OK\r\nBad Header\u0001: x\r\n\r\n'),
    outcome: 'down',
    detail: /^malformed HTTP response: /,
  },
  {
    reason: 'two lengths',
    target: says('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
    outcome: 'down',
    detail: /^malformed HTTP response: /,
  },
  {
    reason: 'headers without measure',
    target: says(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
    outcome: 'down',
    detail: 'response headers over 16 KiB',
  },
  {
    reason: 'a malformed chunk',
    target: says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n'),
    outcome: 'down',
    detail: /^malformed HTTP response: /,
  },
  {
    reason: 'an upgrade that nobody asked for',
    target: says('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'),
    outcome: 'down',
    detail: 'HTTP 101, expected 200-299',
  },
  {
    reason: 'an endless body without conditions: the target is up, and we stop reading',
    target: () => httpTarget((_request, response) => void response.end(Buffer.alloc(2 * MIB, 'a'))),
    outcome: 'up',
    detail: 'body over 1 MiB, not read to its end',
  },
  {
    reason: 'a body of just the limit',
    target: () => httpTarget((_request, response) => void response.end(Buffer.alloc(MIB, 'a'))),
    outcome: 'up',
    detail: undefined,
  },
  {
    reason: 'text beyond the limit',
    target: () => httpTarget((_request, response) => void response.end(`${'a'.repeat(MIB)}needle`)),
    keys: { contains: 'needle' },
    outcome: 'down',
    detail: 'text not found in the first 1 MiB: "needle"',
  },
  {
    reason: 'JSON beyond the limit',
    target: () => httpTarget((_request, response) => void response.end(`"${'a'.repeat(MIB)}"`)),
    keys: { json: { '$.status': 'ok' } },
    outcome: 'down',
    detail: 'JSON over 1 MiB',
  },
  {
    reason: 'a gzip bomb: 200 MB in 200 kB',
    target: () =>
      httpTarget((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      }),
    keys: { contains: 'needle' },
    outcome: 'down',
    detail: 'text not found in the first 1 MiB: "needle"',
  },
  {
    reason: 'gzip that is none',
    target: () =>
      httpTarget(
        (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain text'),
      ),
    keys: { contains: 'plain' },
    outcome: 'down',
    detail: 'compressed body damaged',
  },
  {
    reason: 'gzip that ends early',
    target: () =>
      httpTarget((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('plain text').subarray(0, 15))
      }),
    keys: { contains: 'plain' },
    outcome: 'down',
    detail: 'compressed body cut short',
  },
  {
    reason: 'an encoding that nobody knows',
    target: () =>
      httpTarget((_request, response) => void response.writeHead(200, { 'content-encoding': 'aws-chunked' }).end('x')),
    keys: { contains: 'x' },
    outcome: 'down',
    detail: 'content-encoding aws-chunked is not supported',
  },
  {
    reason: 'a redirect to itself',
    target: redirectTo('/'),
    outcome: 'down',
    detail: 'redirect loop',
  },
  {
    reason: 'a redirect in a circle of two',
    target: () =>
      httpTarget((request, response) => {
        response.writeHead(302, { location: request.url === '/' ? '/b' : '/' }).end()
      }),
    outcome: 'down',
    detail: 'redirect loop',
  },
  {
    reason: 'a redirect to another protocol',
    target: redirectTo('ftp://files.example/'),
    outcome: 'down',
    detail: 'redirect to ftp: not followed',
  },
  {
    reason: 'a redirect to nonsense',
    target: redirectTo('http://[::1'),
    outcome: 'down',
    detail: 'redirect to an address that is not a URL',
  },
  {
    reason: "a redirect to a cloud's metadata",
    target: redirectTo('http://169.254.169.254/latest/meta-data/'),
    outcome: 'down',
    detail: "refused: 169.254.169.254 is a cloud's metadata service",
  },
  {
    reason: 'the same in IPv6',
    target: redirectTo('http://[fd00:ec2::254]/'),
    outcome: 'down',
    detail: "refused: fd00:ec2::254 is a cloud's metadata service",
  },
  {
    reason: 'the same in IPv4 within IPv6',
    target: redirectTo('http://[::ffff:169.254.169.254]/'),
    outcome: 'down',
    detail: /^refused: ::ffff:a9fe:a9fe /,
  },
  {
    reason: 'the same as a number',
    target: redirectTo('http://2852039166/'),
    outcome: 'down',
    detail: /^refused: 169\.254\.169\.254 /,
  },
  {
    reason: 'an expired certificate',
    target: () => httpsTarget('expired', unasked),
    outcome: 'down',
    detail: /^certificate expired \d+d ago$/,
  },
  {
    reason: 'a certificate of the future',
    target: () => httpsTarget('not-yet-valid', unasked),
    outcome: 'down',
    detail: 'certificate not valid before Jan  1 00:00:00 2120 GMT',
  },
  {
    reason: 'a certificate for another host',
    target: () => httpsTarget('elsewhere', unasked),
    outcome: 'down',
    detail: 'certificate is for elsewhere.example and 1 more, not 127.0.0.1',
  },
  {
    reason: 'a self-signed certificate',
    target: () => httpsTarget('self-signed', unasked),
    outcome: 'down',
    detail: 'certificate not trusted: self-signed',
  },
  {
    reason: 'https to a server that speaks http',
    target: async () => (await httpTarget(unasked)).replace('http:', 'https:'),
    outcome: 'down',
    detail: 'not a TLS server',
  },
  {
    reason: 'http to a server that speaks https',
    target: async () => (await httpsTarget('good', unasked)).replace('https:', 'http:'),
    outcome: 'down',
    detail: /^(malformed HTTP response: .*|connection closed without a response|connection reset)$/,
  },
  {
    reason: 'a secret that is not set',
    target: () => httpTarget(unasked),
    keys: { headers: { authorization: `Bearer \${PAY_TOKEN} \${PAY_USER}` } },
    outcome: 'unknown',
    detail: "not set in the probe's environment: PAY_TOKEN, PAY_USER",
  },
  {
    reason: 'a secret that no header can carry, which is not told',
    target: () => httpTarget(unasked),
    keys: { headers: { authorization: `\${PAY_TOKEN}` } },
    env: { PAY_TOKEN: 'two\nlines' },
    outcome: 'unknown',
    detail: 'a configured header holds a character that HTTP cannot carry',
  },
]

const bomb = gzipSync(Buffer.alloc(200 * MIB))

function unasked(): void {
  expect.unreachable('the target was sent a request')
}

describe('a bad target has its own words, and harms no other check', () => {
  it.each(cases)('$reason', async ({ target, keys, timeoutMs = 2_000, env, outcome, detail }) => {
    const bad = httpCheck({ http: await target(), ...keys }, { name: 'bad', timeoutMs })
    const goodUrl = await httpTarget((_request, response) => void setTimeout(() => response.end('ok'), 30))
    const good = httpCheck({ http: goodUrl, contains: 'ok' }, { name: 'good' })
    const [seen, beside] = await runChecks([bad, good], someIo(env))
    expect(beside).toMatchObject({ check: 'pay/good', outcome: 'up' })
    expect(seen).toMatchObject({ check: 'pay/bad', outcome })
    if (detail instanceof RegExp) expect(seen?.detail).toMatch(detail)
    else expect(seen?.detail).toBe(detail)
  })
})

describe('names', () => {
  const run = (url: string, timeoutMs = 1_000) => http.run(httpCheck({ http: url }), someIo(), Date.now() + timeoutMs)

  it('that do not exist', async () => {
    await serveNames({})
    expect(await run('http://nowhere.example/')).toMatchObject({ outcome: 'down', detail: 'DNS: no such host' })
  })

  it('whose servers fail', async () => {
    await serveNames({ 'broken.example': 'SERVFAIL' })
    expect(await run('http://broken.example/')).toMatchObject({ outcome: 'down', detail: 'DNS: server failed' })
  })

  it('whose servers are silent', async () => {
    await serveNames({ 'silent.example': 'silence' })
    const seen = await run('http://silent.example/', 100)
    expect(seen).toMatchObject({ outcome: 'down', detail: 'timeout 0.1s (DNS)' })
    expect(Object.keys(seen.phases ?? {})).toEqual(['dns'])
  })

  it("that lead to a cloud's metadata", async () => {
    await serveNames({ 'sly.example': ['100.100.100.200'] })
    const detail = "refused: 100.100.100.200 is a cloud's metadata service"
    expect(await run('http://sly.example/')).toMatchObject({ outcome: 'down', detail })
  })
})

it('tries the next address of a name when one refuses', async () => {
  const url = await httpTarget((_request, response) => void response.end())
  await serveNames({ 'two.example': ['127.0.0.2', '127.0.0.1'] })
  const check = httpCheck({ http: url.replace('127.0.0.1', 'two.example') })
  expect(await http.run(check, someIo(), Date.now() + 5_000)).toMatchObject({ outcome: 'up' })
})

it('reaches metadata addresses for a check that says so', async () => {
  await serveNames({ 'meta.example': ['169.254.169.254'] })
  const check = httpCheck({ http: 'http://meta.example/', allowMetadata: true })
  const seen = await http.run(check, someIo(), Date.now() + 300)
  // On a machine of a cloud something answers there.
  expect(seen.detail ?? '').not.toContain('refused: 169')
  expect(seen.phases).toHaveProperty('connect')
})

it('says how long ago a certificate expired', async () => {
  const url = await httpsTarget('expired', unasked)
  const threeDaysLater = Date.parse('2021-01-04T00:00:00Z')
  const io = { ...someIo(), now: () => threeDaysLater }
  const seen = await http.run(httpCheck({ http: url }), io, threeDaysLater + 2_000)
  expect(seen).toMatchObject({ outcome: 'down', detail: 'certificate expired 3d ago' })
})

it('is cut short with the run, which says nothing about the target', async () => {
  const url = await rawTarget(() => {})
  const end = new AbortController()
  setTimeout(() => end.abort(), 50)
  const seen = await http.run(httpCheck({ http: url }), { ...someIo(), signal: end.signal }, Date.now() + 2_000)
  expect(seen).toMatchObject({ outcome: 'unknown', detail: 'cut short: the run ended' })
})

it('leaves no connection open behind it', async () => {
  let closed = 0
  const url = await rawTarget((socket) => void socket.on('close', () => closed++))
  await http.run(httpCheck({ http: url }), someIo(), Date.now() + 300)
  await expect.poll(() => closed).toBe(1)
})
