import { describe, expect, test } from 'vitest'
import { post } from '../../shared/channels/post.ts'
import { answering, errorWith, ioWith, throwing } from './io.ts'

const request = {
  url: 'https://vendor.example/send?key=secret',
  body: { text: 'x' },
  vendor: 'Vendor',
  read: (answer: unknown) => ((answer as { ok?: boolean })?.ok ? ({ status: 'sent' } as const) : undefined),
}

describe('an error instead of an answer', () => {
  test.each([
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', 'retry', 'nobody listens'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND vendor.example', 'retry', 'no such name'],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN vendor.example', 'retry', 'no name server'],
    ['EHOSTUNREACH', 'connect EHOSTUNREACH', 'retry', 'no way there'],
    ['UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error', 'retry', 'not connected in time'],
    ['ETIMEDOUT', 'connect ETIMEDOUT 192.0.2.1:443', 'retry', 'not connected in time'],
    [
      'ECONNRESET',
      'Client network socket disconnected before secure TLS connection was established',
      'retry',
      'lost before the request could go out',
    ],
    ['CERT_HAS_EXPIRED', 'certificate has expired', 'failed', 'no better at the next try'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'failed', 'no better at the next try'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames", 'failed', 'another host'],
    ['ECONNRESET', 'read ECONNRESET', 'unknown', 'the vendor may have acted'],
    ['UND_ERR_SOCKET', 'other side closed', 'unknown', 'the vendor may have acted'],
    ['UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error', 'unknown', 'the vendor may have acted'],
    ['EPIPE', 'write EPIPE', 'unknown', 'some of it went out'],
  ])('%s (%s) is %s: %s', async (code, message, status) => {
    const delivery = await post(request, throwing(errorWith(code, message)))
    expect(delivery.status).toBe(status)
    expect(JSON.stringify(delivery)).not.toContain('secret')
  })

  test('both addresses of a name refuse', async () => {
    const both = new AggregateError([errorWith('ECONNREFUSED'), errorWith('ECONNREFUSED')])
    expect(await post(request, throwing(both))).toMatchObject({ status: 'retry' })
  })

  test('no time left before it began: nothing was sent', async () => {
    const io = ioWith({}, { signal: AbortSignal.abort(), fetch: () => Promise.reject(new Error('must not be called')) })
    expect(await post(request, io)).toMatchObject({ status: 'retry' })
  })
})

describe('an answer', () => {
  test.each<[number, unknown, Record<string, string>, object, string]>([
    [200, { ok: true }, {}, { status: 'sent' }, 'the vendor says so'],
    [200, { ok: false }, {}, { status: 'unknown' }, 'none of its answers'],
    [200, null, {}, { status: 'unknown' }, 'none of its answers'],
    [429, {}, {}, { status: 'retry', afterMs: 5_000 }, 'too many'],
    [429, {}, { 'retry-after': '30' }, { status: 'retry', afterMs: 30_000 }, 'it says when'],
    [503, {}, { 'retry-after': '86400' }, { status: 'retry', afterMs: 600_000 }, 'not tomorrow'],
    [500, { ok: true }, {}, { status: 'unknown' }, 'it may have acted'],
    [504, {}, {}, { status: 'unknown' }, 'the proxy gave up, the vendor may not have'],
    [302, {}, { location: 'https://elsewhere.example' }, { status: 'failed' }, 'no redirect is followed'],
    [403, { ok: true }, {}, { status: 'failed' }, 'refused'],
  ])('HTTP %i %o %o is %o: %s', async (status, body, headers, delivery) => {
    expect(await post(request, answering(body, status, headers))).toMatchObject(delivery)
  })
})
