import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Malformation } from '../../../shared/checks/http/irregularity.ts'
import { http } from '../../../shared/checks/http/run.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import { serveNames } from '../dns/server.ts'
import { httpCheck, someIo } from '../records.ts'
import { closedTarget, httpsTarget, httpTarget, rawTarget, trustTargets } from '../targets.ts'

beforeAll(trustTargets)

const MIB = 1_048_576

const malformed = (how: Malformation) => fact('response-malformed', { how })

interface BadCase {
  reason: string
  target: () => Promise<string>
  keys?: Record<string, unknown>
  timeoutMs?: number
  env?: Record<string, string>
  outcome: 'up' | 'down' | 'unknown'
  fault: object | undefined
}

const says = (bytes: string | Buffer) => () => rawTarget((socket) => void socket.end(bytes))
const redirectTo = (location: string) => () =>
  httpTarget((_request, response) => void response.writeHead(302, { location }).end())

const cases: BadCase[] = [
  {
    reason: 'nobody listens',
    target: closedTarget,
    outcome: 'down',
    fault: fact('connection-refused'),
  },
  {
    reason: 'a reset',
    target: () => rawTarget((socket) => void socket.resetAndDestroy()),
    outcome: 'down',
    fault: fact('connection-reset'),
  },
  {
    reason: 'an end without a word',
    target: () => rawTarget((socket) => void socket.end()),
    outcome: 'down',
    fault: fact('closed-without-response'),
  },
  {
    reason: 'an accepted connection that stays silent',
    target: () => rawTarget(() => {}),
    timeoutMs: 500,
    outcome: 'down',
    fault: fact('timeout', { limitMs: 500, waitingFor: 'firstByte' }),
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
    fault: fact('timeout', { limitMs: 500, waitingFor: 'firstByte' }),
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
    fault: fact('timeout', { limitMs: 1000, waitingFor: 'download' }),
  },
  {
    reason: 'a body that ends early',
    target: says('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this'),
    outcome: 'down',
    fault: fact('body-cut-short'),
  },
  {
    reason: 'something that is not HTTP',
    target: says('SSH-2.0-OpenSSH_9.2\r\n'),
    outcome: 'down',
    fault: malformed('not-http'),
  },
  {
    reason: 'a malformed header',
    target: says('HTTP/1.1 200 OK\r\nBad Header\u0001: x\r\n\r\n'),
    outcome: 'down',
    fault: malformed('header-line'),
  },
  {
    reason: 'two lengths',
    target: says('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
    outcome: 'down',
    fault: malformed('length'),
  },
  {
    reason: 'headers without measure',
    target: says(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(300_000)}\r\n\r\n`),
    outcome: 'down',
    fault: fact('headers-too-large'),
  },
  {
    reason: 'a malformed chunk',
    target: says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n'),
    outcome: 'down',
    fault: malformed('chunk'),
  },
  {
    reason: 'an upgrade that nobody asked for',
    target: says('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'),
    outcome: 'down',
    fault: fact('http-status', { status: 101, expected: [[200, 299]] }),
  },
  {
    reason: 'an endless body without conditions: the target is up, and we stop reading',
    target: () => httpTarget((_request, response) => void response.end(Buffer.alloc(2 * MIB, 'a'))),
    outcome: 'up',
    fault: fact('body-not-read'),
  },
  {
    reason: 'a body of just the limit',
    target: () => httpTarget((_request, response) => void response.end(Buffer.alloc(MIB, 'a'))),
    outcome: 'up',
    fault: undefined,
  },
  {
    reason: 'text beyond the limit',
    target: () => httpTarget((_request, response) => void response.end(`${'a'.repeat(MIB)}needle`)),
    keys: { contains: 'needle' },
    outcome: 'down',
    fault: fact('body-lacks', { text: 'needle', isCut: true }),
  },
  {
    reason: 'JSON beyond the limit',
    target: () => httpTarget((_request, response) => void response.end(`"${'a'.repeat(MIB)}"`)),
    keys: { json: { '$.status': 'ok' } },
    outcome: 'down',
    fault: fact('json-too-large'),
  },
  {
    reason: 'a gzip bomb: 200 MB in 200 kB',
    target: () =>
      httpTarget((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      }),
    keys: { contains: 'needle' },
    outcome: 'down',
    fault: fact('body-lacks', { text: 'needle', isCut: true }),
  },
  {
    reason: 'gzip that is none',
    target: () =>
      httpTarget(
        (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain text'),
      ),
    keys: { contains: 'plain' },
    outcome: 'down',
    fault: fact('body-damaged', { how: 'damaged' }),
  },
  {
    reason: 'gzip that ends early',
    target: () =>
      httpTarget((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('plain text').subarray(0, 15))
      }),
    keys: { contains: 'plain' },
    outcome: 'down',
    fault: fact('body-damaged', { how: 'cut-short' }),
  },
  {
    reason: 'an encoding that not every Node decodes',
    target: () =>
      httpTarget((_request, response) => void response.writeHead(200, { 'content-encoding': 'zstd' }).end('x')),
    keys: { contains: 'x' },
    outcome: 'down',
    fault: fact('encoding-unsupported', { encoding: 'zstd' }),
  },
  {
    reason: 'a redirect to itself',
    target: redirectTo('/'),
    outcome: 'down',
    fault: fact('redirect-loop'),
  },
  {
    reason: 'a redirect in a circle of two',
    target: () =>
      httpTarget((request, response) => {
        response.writeHead(302, { location: request.url === '/' ? '/b' : '/' }).end()
      }),
    outcome: 'down',
    fault: fact('redirect-loop'),
  },
  {
    reason: 'a redirect to another protocol',
    target: redirectTo('ftp://files.example/'),
    outcome: 'down',
    fault: fact('redirect-not-followed', { scheme: 'ftp:' }),
  },
  {
    reason: 'a redirect to nonsense',
    target: redirectTo('http://[::1'),
    outcome: 'down',
    fault: fact('redirect-to-no-url'),
  },
  {
    reason: "a redirect to a cloud's metadata",
    target: redirectTo('http://169.254.169.254/latest/meta-data/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: '169.254.169.254' }),
  },
  {
    reason: 'the same in IPv6',
    target: redirectTo('http://[fd00:ec2::254]/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: 'fd00:ec2::254' }),
  },
  {
    reason: 'the same in IPv4 within IPv6',
    target: redirectTo('http://[::ffff:169.254.169.254]/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: '::ffff:a9fe:a9fe' }),
  },
  {
    reason: 'the same as a number',
    target: redirectTo('http://2852039166/'),
    outcome: 'down',
    fault: fact('metadata-refused', { address: '169.254.169.254' }),
  },
  {
    reason: 'an expired certificate',
    target: () => httpsTarget('expired', unasked),
    outcome: 'down',
    fault: { code: 'certificate-expired', args: { agoMs: expect.any(Number) } },
  },
  {
    reason: 'a certificate of the future',
    target: () => httpsTarget('not-yet-valid', unasked),
    outcome: 'down',
    fault: fact('certificate-not-yet-valid', { from: 'Jan  1 00:00:00 2120 GMT' }),
  },
  {
    reason: 'a certificate for another host',
    target: () => httpsTarget('elsewhere', unasked),
    outcome: 'down',
    fault: fact('certificate-of-other', { name: 'elsewhere.example', more: 1, host: '127.0.0.1' }),
  },
  {
    reason: 'a self-signed certificate',
    target: () => httpsTarget('self-signed', unasked),
    outcome: 'down',
    fault: fact('certificate-untrusted', { why: 'self-signed' }),
  },
  {
    reason: 'https to a server that speaks http',
    target: async () => (await httpTarget(unasked)).replace('http:', 'https:'),
    outcome: 'down',
    fault: fact('not-tls'),
  },
  {
    reason: 'http to a server that speaks https',
    target: async () => (await httpsTarget('good', unasked)).replace('https:', 'http:'),
    outcome: 'down',
    fault: expect.objectContaining({
      code: expect.stringMatching(/^(response-malformed|closed-without-response|connection-reset)$/),
    }),
  },
  {
    reason: 'a secret that is not set',
    target: () => httpTarget(unasked),
    keys: { headers: { authorization: `Bearer \${PAY_TOKEN} \${PAY_USER}` } },
    outcome: 'unknown',
    fault: fact('variables-not-set', { names: ['PAY_TOKEN', 'PAY_USER'] }),
  },
  {
    reason: 'a secret that no header can carry, which is not told',
    target: () => httpTarget(unasked),
    keys: { headers: { authorization: `\${PAY_TOKEN}` } },
    env: { PAY_TOKEN: 'two\nlines' },
    outcome: 'unknown',
    fault: fact('header-unusable', { why: 'character' }),
  },
]

const bomb = gzipSync(Buffer.alloc(200 * MIB))

function unasked(): void {
  expect.unreachable('the target was sent a request')
}

describe('a bad target has its own words, and harms no other check', () => {
  it.each(cases)('$reason', async ({ target, keys, timeoutMs = 2_000, env, outcome, fault }) => {
    const bad = httpCheck({ http: await target(), ...keys }, { name: 'bad', timeoutMs })
    const goodUrl = await httpTarget((_request, response) => void setTimeout(() => response.end('ok'), 30))
    const good = httpCheck({ http: goodUrl, contains: 'ok' }, { name: 'good' })
    const [seen, beside] = await runChecks([bad, good], someIo(env))
    expect(beside).toMatchObject({ check: 'pay/good', outcome: 'up' })
    expect(seen).toMatchObject({ check: 'pay/bad', outcome })
    expect(seen?.fault).toEqual(fault)
  })
})

describe('names', () => {
  const run = (url: string, timeoutMs = 1_000) => http.run(httpCheck({ http: url }), someIo(), Date.now() + timeoutMs)

  it('that do not exist', async () => {
    await serveNames({})
    expect(await run('http://nowhere.example/')).toMatchObject({
      outcome: 'down',
      fault: fact('dns-failed', { why: 'no-such-host' }),
    })
  })

  it('whose servers fail', async () => {
    await serveNames({ 'broken.example': 'SERVFAIL' })
    expect(await run('http://broken.example/')).toMatchObject({
      outcome: 'down',
      fault: fact('dns-failed', { why: 'server-failed' }),
    })
  })

  it('whose servers are silent', async () => {
    await serveNames({ 'silent.example': 'silence' })
    const seen = await run('http://silent.example/', 100)
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('timeout', { limitMs: 100, waitingFor: 'dns' }) })
    expect(Object.keys(seen.phases ?? {})).toEqual(['dns'])
  })

  it("that lead to a cloud's metadata", async () => {
    await serveNames({ 'sly.example': ['100.100.100.200'] })
    const fault = fact('metadata-refused', { address: '100.100.100.200' })
    expect(await run('http://sly.example/')).toMatchObject({ outcome: 'down', fault })
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
  expect(seen.fault?.code).not.toBe('metadata-refused')
  expect(seen.phases).toHaveProperty('connect')
})

it('says how long ago a certificate expired', async () => {
  const url = await httpsTarget('expired', unasked)
  const threeDaysLater = Date.parse('2021-01-04T00:00:00Z')
  const io = { ...someIo(), now: () => threeDaysLater }
  const seen = await http.run(httpCheck({ http: url }), io, threeDaysLater + 2_000)
  expect(seen).toMatchObject({ outcome: 'down', fault: fact('certificate-expired', { agoMs: 259200000 }) })
})

it('is cut short with the run, which says nothing about the target', async () => {
  const url = await rawTarget(() => {})
  const end = new AbortController()
  setTimeout(() => end.abort(), 50)
  const seen = await http.run(httpCheck({ http: url }), { ...someIo(), signal: end.signal }, Date.now() + 2_000)
  expect(seen).toMatchObject({ outcome: 'unknown', fault: fact('cut-short') })
})

it('leaves no connection open behind it', async () => {
  let closed = 0
  const url = await rawTarget((socket) => void socket.on('close', () => closed++))
  await http.run(httpCheck({ http: url }), someIo(), Date.now() + 300)
  await expect.poll(() => closed).toBe(1)
})
