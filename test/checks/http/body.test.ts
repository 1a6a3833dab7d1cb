import { Readable } from 'node:stream'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { receive } from '../../../shared/checks/http/body.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { PhaseClock } from '../../../shared/checks/run/phase-clock.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { httpTarget } from '../targets.ts'
import { run } from './run.ts'

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

it('a body that comes in single bytes is read to its 16,384th part: each takes time that other checks wait for', async () => {
  const body = Readable.from(Array.from({ length: 20_000 }, () => Buffer.from('x')))
  const seen = await receive({ status: 200, headers: {}, body }, { keep: () => body }, new PhaseClock(() => 0))

  expect(seen.isCut).toBe(true)
  expect(seen.body.length).toBe(16_385)
})
