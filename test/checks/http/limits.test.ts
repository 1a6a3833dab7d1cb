import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { overLimit, seenBy } from '../records.ts'
import { httpTarget } from '../targets.ts'

type Case = [reason: string, keys: Record<string, unknown>, outcome: string, fault?: object]

const headers = { 'content-type': 'text/html; charset=utf-8', 'x-cache': 'MISS', 'set-cookie': ['id=s3cret', 'b=c'] }
const body = JSON.stringify({ status: 'ok', queue: 120, name: 'pay' })
const target = () => httpTarget((_request, response) => void response.writeHead(200, headers).end(body))

describe('what makes a target down', () => {
  const cases: Case[] = [
    ['a header that is there', { responseHeaders: { 'Content-Type': 'text/html', 'X-Cache': true } }, 'up'],
    ['a header that should be', { responseHeaders: { Age: true } }, 'down', fact('header-missing', { header: 'age' })],
    [
      'a header that should not be',
      { responseHeaders: { 'X-Cache': false } },
      'down',
      fact('header-unwanted', { header: 'x-cache' }),
    ],
    ['a header that is not, as it should', { responseHeaders: { server: false } }, 'up'],
    [
      'another value',
      { responseHeaders: { 'x-cache': 'HIT' } },
      'down',
      fact('header-lacks', { header: 'x-cache', texts: ['HIT'] }),
    ],
    [
      'a value whose likes are secret',
      { responseHeaders: { 'set-cookie': 'x=' } },
      'down',
      fact('header-lacks', { header: 'set-cookie', texts: ['x='] }),
    ],
    ['one of several values', { responseHeaders: { 'set-cookie': 'b=c' } }, 'up'],
    ['a body within its bounds', { size: { min: body.length, max: body.length } }, 'up'],
    [
      'a body that is too small',
      { size: { min: 500 } },
      'down',
      fact('body-too-small', { bytes: body.length, min: 500 }),
    ],
    [
      'a body that is too large',
      { size: { max: 10 } },
      'down',
      fact('body-too-large', { bytes: body.length, max: 10 }),
    ],
    ['a number within its bounds', { json: { '$.queue': { min: 120, max: 120 } } }, 'up'],
    [
      'a number above them',
      { json: { '$.queue': { max: 100 } } },
      'down',
      fact('json-above', { path: '$.queue', found: 120, max: 100 }),
    ],
    [
      'a number below them',
      { json: { '$.queue': { min: 500 } } },
      'down',
      fact('json-below', { path: '$.queue', found: 120, min: 500 }),
    ],
    [
      'text in its place',
      { json: { '$.name': { max: 5 } } },
      'down',
      fact('json-not-a-number', { path: '$.name', found: 'pay' }),
    ],
    ['nothing in its place', { json: { '$.depth': { max: 5 } } }, 'down', fact('json-missing', { path: '$.depth' })],
  ]
  it.each(cases)('%s', async (_reason, keys, outcome, fault) => {
    const seen = await seenBy({ http: await target(), ...keys })
    expect([seen.outcome, seen.fault]).toEqual([outcome, fault])
  })

  it('the size of a body is that of its text, not of what was sent', async () => {
    const zipped = gzipSync('a'.repeat(10_000))
    const url = await httpTarget((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(zipped)
    })
    expect(await seenBy({ http: url, size: { min: 10_000, max: 10_000 } })).toMatchObject({ outcome: 'up' })
  })

  it('a body over 1 MiB is more than any size, and enough for each', async () => {
    const url = await httpTarget((_request, response) => void response.end(Buffer.alloc(1_500_000)))
    const large = await seenBy({ http: url, size: { max: 1_000_000 } })
    expect(large).toMatchObject({ outcome: 'down', fault: fact('body-over-limit', { max: 1000000 }) })
    expect(await seenBy({ http: url, size: { min: 1_000_000 } })).toMatchObject({ outcome: 'up' })
  })
})

describe('what makes it degraded', () => {
  const cases: Case[] = [
    [
      'a status that is not the best',
      { status: [200, 429], degraded: { status: 204 } },
      'degraded',
      fact('http-status', { status: 200, expected: [[204, 204]] }),
    ],
    [
      'a header',
      { degraded: { responseHeaders: { 'X-Cache': 'HIT' } } },
      'degraded',
      fact('header-lacks', { header: 'x-cache', texts: ['HIT'] }),
    ],
    [
      'a size',
      { degraded: { size: { max: 10 } } },
      'degraded',
      fact('body-too-large', { bytes: body.length, max: 10 }),
    ],
    ['a text', { degraded: { contains: 'fine' } }, 'degraded', fact('body-lacks', { text: 'fine', isCut: false })],
    [
      'a pattern',
      { degraded: { matches: '^ok' } },
      'degraded',
      fact('body-mismatch', { pattern: '^ok', isCut: false }),
    ],
    [
      'a value',
      { degraded: { json: { '$.status': 'best' } } },
      'degraded',
      fact('json-differs', { path: '$.status', found: 'ok', expected: 'best' }),
    ],
    [
      'a number that is not down yet',
      { json: { '$.queue': { max: 1000 } }, degraded: { json: { '$.queue': { max: 100 } } } },
      'degraded',
      fact('json-above', { path: '$.queue', found: 120, max: 100 }),
    ],
    [
      'what is down is not only degraded',
      { json: { '$.queue': { max: 110 } }, degraded: { json: { '$.queue': { max: 100 } } } },
      'down',
      fact('json-above', { path: '$.queue', found: 120, max: 110 }),
    ],
    ['nothing, when all holds', { degraded: { status: 200, latency: '10s', json: { '$.queue': { max: 200 } } } }, 'up'],
  ]
  it.each(cases)('%s', async (_reason, keys, outcome, fault) => {
    const seen = await seenBy({ http: await target(), ...keys })
    expect([seen.outcome, seen.fault]).toEqual([outcome, fault])
  })
})

describe('time', () => {
  const slow = () =>
    httpTarget(async (_request, response) => {
      await wait(60)
      response.writeHead(200).write('begin')
      await wait(100)
      response.end()
    })
  const cases: Case[] = [
    ['in all, as the short form', { down: '30ms' }, 'down', overLimit(30)],
    ['in all', { degraded: { latency: '30ms' } }, 'degraded', overLimit(30)],
    ['of the first byte', { degraded: { firstByte: '20ms' } }, 'degraded', overLimit(20, 'firstByte')],
    ['of the download', { down: { download: '10ms' } }, 'down', overLimit(10, 'download')],
    ['of a phase that did not happen', { down: { tls: '1ms', dns: '1ms' } }, 'up'],
    ['down comes before degraded', { degraded: '10ms', down: '30ms' }, 'down', overLimit(30)],
    ['within all limits', { degraded: '5s', down: { latency: '8s', connect: '5s', firstByte: '5s' } }, 'up'],
  ]
  it.each(cases)('%s', async (_reason, keys, outcome, fault) => {
    const seen = await seenBy({ http: await slow(), ...keys })
    expect([seen.outcome, seen.fault]).toEqual([outcome, fault])
  })
})
