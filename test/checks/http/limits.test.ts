import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { seenBy } from '../records.ts'
import { httpTarget } from '../targets.ts'

type Case = [reason: string, keys: Record<string, unknown>, outcome: string, detail?: string | RegExp]

const headers = { 'content-type': 'text/html; charset=utf-8', 'x-cache': 'MISS', 'set-cookie': ['id=s3cret', 'b=c'] }
const body = JSON.stringify({ status: 'ok', queue: 120, name: 'pay' })
const target = () => httpTarget((_request, response) => void response.writeHead(200, headers).end(body))

describe('what makes a target down', () => {
  const cases: Case[] = [
    ['a header that is there', { responseHeaders: { 'Content-Type': 'text/html', 'X-Cache': true } }, 'up'],
    ['a header that should be', { responseHeaders: { Age: true } }, 'down', 'header age is missing'],
    [
      'a header that should not be',
      { responseHeaders: { 'X-Cache': false } },
      'down',
      'header x-cache should not be there',
    ],
    ['a header that is not, as it should', { responseHeaders: { server: false } }, 'up'],
    ['another value', { responseHeaders: { 'x-cache': 'HIT' } }, 'down', 'header x-cache lacks "HIT"'],
    [
      'a value whose likes are secret',
      { responseHeaders: { 'set-cookie': 'x=' } },
      'down',
      'header set-cookie lacks "x="',
    ],
    ['one of several values', { responseHeaders: { 'set-cookie': 'b=c' } }, 'up'],
    ['a body within its bounds', { size: { min: body.length, max: body.length } }, 'up'],
    ['a body that is too small', { size: { min: 500 } }, 'down', `body of ${body.length} bytes, less than 500`],
    ['a body that is too large', { size: { max: 10 } }, 'down', `body of ${body.length} bytes, more than 10`],
    ['a number within its bounds', { json: { '$.queue': { min: 120, max: 120 } } }, 'up'],
    ['a number above them', { json: { '$.queue': { max: 100 } } }, 'down', '$.queue is 120, more than 100'],
    ['a number below them', { json: { '$.queue': { min: 500 } } }, 'down', '$.queue is 120, less than 500'],
    ['text in its place', { json: { '$.name': { max: 5 } } }, 'down', '$.name is "pay", not a number'],
    ['nothing in its place', { json: { '$.depth': { max: 5 } } }, 'down', '$.depth is missing'],
  ]
  it.each(cases)('%s', async (_reason, keys, outcome, detail) => {
    const seen = await seenBy({ http: await target(), ...keys })
    expect([seen.outcome, seen.detail]).toEqual([outcome, detail])
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
    expect(large).toMatchObject({ outcome: 'down', detail: 'body over 1 MiB, more than 1000000 bytes' })
    expect(await seenBy({ http: url, size: { min: 1_000_000 } })).toMatchObject({ outcome: 'up' })
  })
})

describe('what makes it degraded', () => {
  const cases: Case[] = [
    [
      'a status that is not the best',
      { status: [200, 429], degraded: { status: 204 } },
      'degraded',
      'HTTP 200, expected 204',
    ],
    ['a header', { degraded: { responseHeaders: { 'X-Cache': 'HIT' } } }, 'degraded', 'header x-cache lacks "HIT"'],
    ['a size', { degraded: { size: { max: 10 } } }, 'degraded', `body of ${body.length} bytes, more than 10`],
    ['a text', { degraded: { contains: 'fine' } }, 'degraded', 'text not found: "fine"'],
    ['a pattern', { degraded: { matches: '^ok' } }, 'degraded', 'pattern not found: /^ok/'],
    ['a value', { degraded: { json: { '$.status': 'best' } } }, 'degraded', '$.status is "ok", not "best"'],
    [
      'a number that is not down yet',
      { json: { '$.queue': { max: 1000 } }, degraded: { json: { '$.queue': { max: 100 } } } },
      'degraded',
      '$.queue is 120, more than 100',
    ],
    [
      'what is down is not only degraded',
      { json: { '$.queue': { max: 110 } }, degraded: { json: { '$.queue': { max: 100 } } } },
      'down',
      '$.queue is 120, more than 110',
    ],
    ['nothing, when all holds', { degraded: { status: 200, latency: '10s', json: { '$.queue': { max: 200 } } } }, 'up'],
  ]
  it.each(cases)('%s', async (_reason, keys, outcome, detail) => {
    const seen = await seenBy({ http: await target(), ...keys })
    expect([seen.outcome, seen.detail]).toEqual([outcome, detail])
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
    ['in all, as the short form', { down: '30ms' }, 'down', /^\d+ms, limit 30ms$/],
    ['in all', { degraded: { latency: '30ms' } }, 'degraded', /^\d+ms, limit 30ms$/],
    ['of the first byte', { degraded: { firstByte: '20ms' } }, 'degraded', /^first byte \d+ms, limit 20ms$/],
    ['of the download', { down: { download: '10ms' } }, 'down', /^download \d+ms, limit 10ms$/],
    ['of a phase that did not happen', { down: { tls: '1ms', dns: '1ms' } }, 'up', /^$/],
    ['down comes before degraded', { degraded: '10ms', down: '30ms' }, 'down', /^\d+ms, limit 30ms$/],
    ['within all limits', { degraded: '5s', down: { latency: '8s', connect: '5s', firstByte: '5s' } }, 'up', /^$/],
  ]
  it.each(cases)('%s', async (_reason, keys, outcome, detail) => {
    const seen = await seenBy({ http: await slow(), ...keys })
    expect(seen.outcome).toBe(outcome)
    expect(seen.detail ?? '').toMatch(detail ?? '')
  })
})
