import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { http } from '../../../shared/checks/http/run.ts'
import type { RunResult } from '../../../shared/checks/kind.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { serveNames } from '../dns/server.ts'
import { httpCheck, overLimit, someIo } from '../records.ts'
import { httpsTarget, httpTarget, trustTargets } from '../targets.ts'

beforeAll(trustTargets)

function run(keys: Record<string, unknown>, env: Record<string, string> = {}): Promise<RunResult> {
  return http.run(httpCheck(keys), someIo(env), Date.now() + 2_000)
}

describe('a request', () => {
  it('is a GET with few headers, over a connection of its own', async () => {
    const ports = new Set<number | undefined>()
    const seen: unknown[] = []
    const url = await httpTarget((request, response) => {
      ports.add(request.socket.remotePort)
      seen.push([request.method, request.url, request.rawHeaders])
      response.end('fine')
    })
    expect(await run({ http: `${url}/healthz?deep=1#top` })).toMatchObject({ outcome: 'up' })
    await run({ http: `${url}/healthz?deep=1` })
    expect(ports.size).toBe(2)
    const host = url.slice('http://'.length)
    const headers = ['user-agent', 'fenghuo', 'accept', '*/*', 'host', host, 'Connection', 'close']
    expect(seen).toEqual([
      ['GET', '/healthz?deep=1', headers],
      ['GET', '/healthz?deep=1', headers],
    ])
  })

  it('has the method, headers and body of the configuration, with values of the environment', async () => {
    let got: unknown
    const url = await httpTarget(async (request, response) => {
      const { authorization, 'content-type': type, host } = request.headers
      got = { method: request.method, url: request.url, authorization, type, host, body: await text(request) }
      response.end()
    })
    const keys = {
      http: `${url}/\${ROUTE}`,
      method: 'POST',
      headers: { Authorization: `Bearer \${TOKEN}`, 'Content-Type': 'application/json', Host: 'pay.example.com' },
      body: `{"key":"\${TOKEN}","who":"烽火"}`,
    }
    expect(await run(keys, { TOKEN: 's3cret', ROUTE: 'pay' })).toMatchObject({ outcome: 'up' })
    expect(got).toEqual({
      method: 'POST',
      url: '/pay',
      authorization: 'Bearer s3cret',
      type: 'application/json',
      host: 'pay.example.com',
      body: '{"key":"s3cret","who":"烽火"}',
    })
  })

  it('turns a user and password in the URL into basic authentication', async () => {
    let got: string | undefined
    const url = await httpTarget((request, response) => {
      got = request.headers.authorization
      response.end()
    })
    await run({ http: url.replace('//', '//probe:p%40ss@') })
    expect(got).toBe(`Basic ${Buffer.from('probe:p@ss').toString('base64')}`)
  })

  it.each(['HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH'])('can be %s', async (method) => {
    let got: string | undefined
    const url = await httpTarget((request, response) => {
      got = request.method
      response.writeHead(204).end()
    })
    expect(await run({ http: url, method })).toMatchObject({ outcome: 'up' })
    expect(got).toBe(method)
  })
})

describe('the expected status', () => {
  const cases: [reason: string, keys: Record<string, unknown>, status: number, outcome: string, fault?: Fact][] = [
    ['200 to 299 by default', {}, 299, 'up'],
    ['an error is not', {}, 502, 'down', fact('http-status', { status: 502 })],
    ['a not found is not', {}, 404, 'down', fact('http-status', { status: 404 })],
    ['one status takes the place of the default', { status: 404 }, 404, 'up'],
    [
      'and 200 is then none',
      { status: 404 },
      200,
      'down',
      fact('http-status', { status: 200, expected: [[404, 404]] }),
    ],
    ['a list', { status: [200, 401] }, 401, 'up'],
    ['a range, its ends included', { status: '400-404' }, 404, 'up'],
    ['a list with a range', { status: [200, '400-404'] }, 405, 'down', fact('http-status', { status: 405 })],
    [
      'a redirect that leads nowhere is a status',
      {},
      302,
      'down',
      fact('http-status', { status: 302, expected: [[200, 299]] }),
    ],
  ]
  it.each(cases)('%s', async (_reason, keys, status, outcome, fault) => {
    const url = await httpTarget((_request, response) => void response.writeHead(status).end())
    const seen = await run({ http: url, ...keys })
    expect([seen.outcome, seen.fault]).toEqual([outcome, fault])
    expect(seen.latencyMs).toBeGreaterThan(0)
  })
})

describe('redirects', () => {
  /** `/3` leads to `/2`, that to `/1`, that to `/0`, which answers. */
  const countdown = () =>
    httpTarget((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('arrived')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })

  it('are followed up to the limit', async () => {
    const url = await countdown()
    expect(await run({ http: `${url}/5`, contains: 'arrived' })).toMatchObject({ outcome: 'up' })
    expect(await run({ http: `${url}/6` })).toMatchObject({
      outcome: 'down',
      fault: fact('redirects-over', { max: 5 }),
    })
    expect(await run({ http: `${url}/6`, redirects: 6 })).toMatchObject({ outcome: 'up' })
  })

  it('are the answer when none may be followed, or when their status is expected', async () => {
    const url = await countdown()
    expect(await run({ http: `${url}/1`, redirects: 0 })).toMatchObject({
      outcome: 'down',
      fault: fact('http-status', { status: 302, expected: [[200, 299]] }),
    })
    expect(await run({ http: `${url}/1`, status: [200, 302], contains: 'arrived' })).toMatchObject({ outcome: 'down' })
    expect(await run({ http: `${url}/1`, status: 302 })).toMatchObject({ outcome: 'up' })
  })

  it('may lead to a path in UTF-8', async () => {
    const url = await httpTarget((request, response) => {
      if (request.url === `/${encodeURIComponent('健康')}`) response.end()
      else response.writeHead(301, { location: Buffer.from('/健康').toString('latin1') }).end()
    })
    expect(await run({ http: url })).toMatchObject({ outcome: 'up' })
  })

  const methods: [status: number, method: string, next: string, body: string][] = [
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'hello'],
    [308, 'PUT', 'PUT', 'hello'],
  ]
  it.each(methods)('%i turns %s into %s', async (status, method, next, body) => {
    let got: unknown
    const url = await httpTarget(async (request, response) => {
      if (request.url === '/') return void response.writeHead(status, { location: '/next' }).end()
      got = [request.method, await text(request), request.headers['content-type']]
      response.end()
    })
    await run({ http: url, method, body: 'hello', headers: { 'Content-Type': 'text/plain' } })
    expect(got).toEqual([next, body, next === 'GET' ? undefined : 'text/plain'])
  })

  it('take no secret and no credentials to another origin', async () => {
    let got: Record<string, unknown> = {}
    const other = await httpTarget((request, response) => {
      got = request.headers
      response.end()
    })
    const url = await httpTarget((_request, response) => void response.writeHead(302, { location: other }).end())
    const headers = {
      Authorization: 'Basic abc',
      Cookie: 'a=b',
      'X-Key': `\${KEY}`,
      'X-Plain': 'yes',
      Host: 'pay.example',
    }
    expect(await run({ http: url, headers }, { KEY: 's3cret' })).toMatchObject({ outcome: 'up' })
    const host = other.slice('http://'.length)
    expect(got).toEqual({ 'user-agent': 'fenghuo', accept: '*/*', 'x-plain': 'yes', host, connection: 'close' })
  })

  it('keep them on the same origin', async () => {
    let got: unknown
    const url = await httpTarget((request, response) => {
      if (request.url === '/') return void response.writeHead(302, { location: '/in' }).end()
      got = request.headers['x-key']
      response.end()
    })
    await run({ http: url, headers: { 'X-Key': `\${KEY}` } }, { KEY: 's3cret' })
    expect(got).toBe('s3cret')
  })

  it('do not take a secret body to another origin', async () => {
    const other = await httpTarget(() => expect.unreachable('the other origin was asked'))
    const url = await httpTarget((_request, response) => void response.writeHead(307, { location: other }).end())
    const seen = await run({ http: url, method: 'POST', body: `\${KEY}` }, { KEY: 's3cret' })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('redirect-of-secret') })
  })
})

describe('conditions on the body', () => {
  const gbk = Buffer.from([0xb7, 0xe9, 0xbb, 0xf0])
  const plain = { 'content-type': 'text/plain' }
  const cases: [string, Record<string, unknown>, Record<string, string>, string | Buffer, Fact | undefined][] = [
    ['text is there', { contains: 'all good' }, plain, 'it is all good', undefined],
    [
      'text is not',
      { contains: 'all good' },
      plain,
      'it is not',
      fact('body-lacks', { text: 'all good', isCut: false }),
    ],
    ['a pattern matches', { matches: '^v\\d+$' }, plain, 'v12', undefined],
    [
      'a pattern does not',
      { matches: '^v\\d+$' },
      plain,
      'w12',
      fact('body-mismatch', { pattern: '^v\\d+$', isCut: false }),
    ],
    ['a charset is decoded', { contains: '烽火' }, { 'content-type': 'text/html; charset="GBK"' }, gbk, undefined],
    [
      'an unknown charset reads as UTF-8',
      { contains: '烽火' },
      { 'content-type': 'a/b; charset=x9' },
      '烽火',
      undefined,
    ],
    ['bytes that are no UTF-8 are read as GBK', { contains: '烽火' }, {}, gbk, undefined],
    ['gzip', { contains: 'zipped' }, { 'content-encoding': 'gzip' }, gzipSync('zipped'), undefined],
    ['deflate', { contains: 'zipped' }, { 'content-encoding': 'deflate' }, deflateSync('zipped'), undefined],
    ['brotli', { contains: 'zipped' }, { 'content-encoding': 'br' }, brotliCompressSync('zipped'), undefined],
    ['a JSON value', { json: { '$.status': 'ok' } }, {}, '{"status":"ok"}', undefined],
    ['several, with lists', { json: { '$.db[0].up': true, '$.n': 3 } }, {}, '{"db":[{"up":true}],"n":3}', undefined],
    [
      'another value',
      { json: { '$.status': 'ok' } },
      {},
      '{"status":"bad"}',
      fact('json-differs', { path: '$.status', found: 'bad', expected: 'ok' }),
    ],
    [
      'another type',
      { json: { '$.n': 3 } },
      {},
      '{"n":"3"}',
      fact('json-differs', { path: '$.n', found: '3', expected: 3 }),
    ],
    [
      'an object in its place',
      { json: { '$.n': 3 } },
      {},
      '{"n":{}}',
      fact('json-differs', { path: '$.n', found: { a: 'object' }, expected: 3 }),
    ],
    ['nothing in its place', { json: { '$.status': 'ok' } }, {}, '[]', fact('json-missing', { path: '$.status' })],
    ['null is a value', { json: { '$.error': null } }, {}, '{"error":null}', undefined],
    [
      'what every object inherits is not',
      { json: { '$.toString': 'ok' } },
      {},
      '{}',
      fact('json-missing', { path: '$.toString' }),
    ],
    ['no JSON', { json: { '$.status': 'ok' } }, {}, '<html>', fact('json-invalid')],
    ['an empty body', { json: { '$.status': 'ok' } }, {}, '', fact('json-invalid', { why: 'empty' })],
    [
      'JSON in another charset',
      { json: { '$.status': 'ok' } },
      {},
      Buffer.from([0x22, 0xb7, 0x22]),
      fact('json-invalid', { why: 'not-utf-8' }),
    ],
    ['JSON with a mark of its byte order', { json: { '$.status': 'ok' } }, {}, '\ufeff{"status":"ok"}', undefined],
  ]
  it.each(cases)('%s', async (_reason, keys, headers, body, fault) => {
    const url = await httpTarget((_request, response) => void response.writeHead(200, headers).end(body))
    const seen = await run({ http: url, ...keys })
    expect([seen.outcome, seen.fault]).toEqual([fault === undefined ? 'up' : 'down', fault])
  })

  it('gives up a pattern that would run for minutes', async () => {
    const url = await httpTarget((_request, response) => void response.end(`${'a'.repeat(40)}!`))
    const seen = await run({ http: url, matches: '^(a+)+$' })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('pattern-too-slow', { pattern: '^(a+)+$' }) })
  })

  it('come after the status: an error page is told as its status', async () => {
    const url = await httpTarget((_request, response) => void response.writeHead(503).end('oops'))
    expect(await run({ http: url, json: { '$.status': 'ok' } })).toMatchObject({
      fault: fact('http-status', { status: 503 }),
    })
  })
})

describe('time', () => {
  it('is told by phases: dns, connect, TLS, first byte, download', async () => {
    await serveNames({ 'pay.example': ['127.0.0.1'] })
    const url = await httpTarget(async (_request, response) => {
      await wait(60)
      response.writeHead(200)
      response.write('begin')
      await wait(120)
      response.end('end')
    })
    const seen = await run({ http: url.replace('127.0.0.1', 'pay.example') })
    expect(seen.outcome).toBe('up')
    const { dns = -1, connect = -1, tls, firstByte = -1, download = -1 } = seen.phases ?? {}
    expect(tls).toBeUndefined()
    for (const phase of [dns, connect]) expect(phase).toBeGreaterThanOrEqual(0)
    // A timer of the target may fire a millisecond early, and a busy machine hears late that the body has begun.
    expect(firstByte).toBeGreaterThanOrEqual(59)
    expect(download).toBeGreaterThan(20)
    expect(firstByte + download).toBeGreaterThanOrEqual(178)
    expect(seen.latencyMs).toBeGreaterThanOrEqual(firstByte + download)
  })

  it('has a TLS phase for https, and no dns phase for an address', async () => {
    const url = await httpsTarget('good', (_request, response) => void response.end('safe'))
    const seen = await run({ http: url, contains: 'safe' })
    expect(seen.outcome).toBe('up')
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'tls', 'firstByte', 'download'])
    expect(seen.phases?.tls).toBeGreaterThan(0)
  })

  it('is summed over redirects', async () => {
    const url = await httpTarget(async (request, response) => {
      await wait(40)
      if (request.url === '/') response.writeHead(302, { location: '/next' }).end()
      else response.end()
    })
    const seen = await run({ http: url })
    expect(seen.phases?.firstByte).toBeGreaterThanOrEqual(78)
  })

  it('over the limit is degraded', async () => {
    const url = await httpTarget((_request, response) => void setTimeout(() => response.end(), 60))
    const slow = await run({ http: url, degraded: '20ms' })
    expect(slow).toMatchObject({ outcome: 'degraded', fault: overLimit(20) })
    const fine = await run({ http: url, degraded: '10s' })
    expect(fine.outcome).toBe('up')
    expect(fine.fault).toBeUndefined()
  })
})

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
