import type { Socket } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { tlsConfig } from '../../../shared/checks/tls/config.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { DAY_MS } from '../../../shared/contracts/milliseconds.ts'
import { seenBy, someIo, timeoutFor } from '../records.ts'
import {
  type Certificate,
  chainPem,
  closedTarget,
  shows,
  showsChain,
  tcpTarget,
  tlsTarget,
  trustTargets,
} from '../targets.ts'

beforeAll(trustTargets)

const goodUntil = Date.parse('2126-01-01T00:00:00Z')

/** The environment on a day before (or after) the good certificate expires. */
const daysBefore = (days: number) => ({ ...someIo(), now: () => goodUntil - days * DAY_MS })

describe('a certificate that holds', () => {
  it('is up, and says how long it goes on', async () => {
    const seen = await seenBy({ tls: await tlsTarget(shows('good')) }, daysBefore(30.5))
    expect(seen).toMatchObject({ outcome: 'up', fault: fact('certificate-expires', { inMs: 2635200000 }) })
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'tls'])
  })

  const limits: [days: number, keys: object, outcome: string, fault: Fact][] = [
    [21.5, { degraded: '21d', down: '3d' }, 'up', fact('certificate-expires', { inMs: 1857600000 })],
    [
      20.9,
      { degraded: '21d', down: '3d' },
      'degraded',
      fact('certificate-expires', { inMs: 1805760000, limitMs: 1814400000 }),
    ],
    [
      2.9,
      { degraded: '21d', down: '3d' },
      'down',
      fact('certificate-expires', { inMs: 250560000, limitMs: 259200000 }),
    ],
    [1.5, { down: '3d' }, 'down', fact('certificate-expires', { inMs: 129600000, limitMs: 259200000 })],
    [0.5, { down: '36h' }, 'down', fact('certificate-expires', { inMs: 43200000, limitMs: 129600000 })],
    [0.5, {}, 'up', fact('certificate-expires', { inMs: 43200000 })],
  ]
  it.each(limits)('%d days before its end with %j it is %s', async (days, keys, outcome, fault) => {
    expect(await seenBy({ tls: await tlsTarget(shows('good')), ...keys }, daysBefore(days))).toMatchObject({
      outcome,
      fault,
    })
  })

  it('holds no longer than its intermediate', async () => {
    const io = { ...someIo(), now: () => Date.parse('2099-12-22T00:00:00Z') }
    const seen = await seenBy({ tls: await tlsTarget(showsChain()), ca: chainPem('root'), degraded: '21d' }, io)
    const fault = fact('certificate-expires', {
      inMs: 864000000,
      limitMs: 1814400000,
      of: 'Fenghuo TEST ONLY intermediate',
    })
    expect(seen).toMatchObject({ outcome: 'degraded', fault })
  })

  it('may be for another name than the host, which is then asked for', async () => {
    let asked = ''
    const target = await tlsTarget(
      showsChain({
        SNICallback(name, go) {
          asked = name
          go(null)
        },
      }),
    )
    expect(await seenBy({ tls: target, ca: chainPem('root'), serverName: 'mail.example' })).toMatchObject({
      outcome: 'up',
    })
    expect(asked).toBe('mail.example')
    const other = await seenBy({ tls: target, ca: chainPem('root'), serverName: 'pay.example' })
    expect(other).toMatchObject({
      outcome: 'down',
      fault: fact('certificate-of-other', { name: 'localhost', more: 2, host: 'pay.example' }),
    })
  })
})

it.each(['X25519', 'P-256', 'X448', 'P-521', 'P-384'])('agrees on a key by %s', async (ecdhCurve) => {
  const target = await tlsTarget({ ...shows('good'), ecdhCurve })
  expect(await seenBy({ tls: target }, daysBefore(30))).toMatchObject({ outcome: 'up' })
})

describe('a handshake that fails', () => {
  const certificates: [Certificate, fault: object][] = [
    ['expired', { code: 'certificate-expired', args: { agoMs: expect.any(Number) } }],
    ['not-yet-valid', { code: 'certificate-not-yet-valid', args: { from: expect.any(String) } }],
    ['elsewhere', fact('certificate-of-other', { name: 'elsewhere.example', more: 1, host: '127.0.0.1' })],
    ['self-signed', fact('certificate-untrusted', { why: 'self-signed' })],
  ]
  it.each(certificates)('%s certificate', async (certificate, fault) => {
    const seen = await seenBy({ tls: await tlsTarget(shows(certificate)) })
    expect(seen.outcome).toBe('down')
    expect(seen.fault).toEqual(fault)
  })

  it('without its intermediate', async () => {
    const [leaf = ''] = chainPem('leaf-and-intermediate').split(/(?<=-----END CERTIFICATE-----\n)/)
    const seen = await seenBy({ tls: await tlsTarget({ cert: leaf, key: chainPem('key') }), ca: chainPem('root') })
    expect(seen).toMatchObject({
      outcome: 'down',
      fault: fact('certificate-untrusted', { why: 'chain-incomplete' }),
    })
  })

  it('with an older TLS than is wanted', async () => {
    const target = await tlsTarget({ ...shows('good'), maxVersion: 'TLSv1.2' })
    expect(await seenBy({ tls: target })).toMatchObject({ outcome: 'up' })
    const seen = await seenBy({ tls: target, minVersion: 1.3 })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('tls-too-old', { least: '1.3', version: '1.2' }) })
  })

  const silent = (socket: Socket) => void socket.on('error', () => {})
  it.each([
    ['nobody listens', async () => (await closedTarget()).slice('http://'.length), fact('connection-refused')],
    ['silence', () => tcpTarget(silent), fact('timeout', { limitMs: 500, waitingFor: 'tls' })],
    ['another protocol', () => tcpTarget((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')), fact('not-tls')],
    [
      'a reset',
      () => tcpTarget((socket) => void socket.once('data', () => socket.resetAndDestroy())),
      fact('connection-reset'),
    ],
  ])('%s', async (_reason, target, fault) => {
    const seen = await seenBy({ tls: await target() }, someIo(), timeoutFor(fault))
    expect(seen).toMatchObject({ outcome: 'down', fault })
  })
})

describe('insecure', () => {
  const cases: [Certificate, keys: object, outcome: string, code: string][] = [
    ['self-signed', {}, 'up', 'certificate-expires'],
    ['elsewhere', {}, 'up', 'certificate-expires'],
    ['expired', {}, 'up', 'certificate-expired'],
    ['expired', { degraded: '21d' }, 'degraded', 'certificate-expired'],
    ['expired', { degraded: '21d', down: '3d' }, 'down', 'certificate-expired'],
  ]
  it.each(cases)('a certificate that is %s, with %j, is %s', async (certificate, keys, outcome, code) => {
    const target = await tlsTarget(shows(certificate), (socket) => void socket.write('+PONG\r\n'))
    const seen = await seenBy({ tls: target, insecure: true, expect: '+PONG', ...keys })
    expect(seen).toMatchObject({ outcome, fault: { code } })
  })

  it('is warned of', () => {
    const spec = tlsConfig.schema.parse({ tls: 'cache.example.com', insecure: true })
    expect(tlsConfig.cautions?.(spec)).toMatchObject([['insecure', {}]])
    expect(tlsConfig.cautions?.(tlsConfig.schema.parse({ tls: 'cache.example.com' }))).toEqual([])
  })
})

describe('what is said once TLS is there', () => {
  /** As Redis answers, inside of TLS. */
  const redis = (socket: Socket) =>
    void socket.on('data', (got) =>
      socket.write(got.toString() === 'PING\r\n' ? '+PONG\r\n' : '-ERR unknown command\r\n'),
    )

  it('is answered, and the certificate is judged as always', async () => {
    const target = await tlsTarget(shows('good'), redis)
    const keys = { tls: target, send: `\${WORD}\r\n`, expect: '+PONG' }
    const seen = await seenBy(keys, { ...daysBefore(30), env: { WORD: 'PING' } })
    expect(seen).toMatchObject({ outcome: 'up', fault: { code: 'certificate-expires' } })
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'tls', 'firstByte', 'download'])
    expect(await seenBy({ ...keys, degraded: '31d' }, { ...daysBefore(30), env: { WORD: 'PING' } })).toMatchObject({
      outcome: 'degraded',
    })
  })

  const bad: [reason: string, onSocket: (socket: Socket) => void, fault: Fact][] = [
    ['another answer', redis, fact('answer-lacks-in-time', { text: '+PONG', limitMs: 500 })],
    ['silence', () => {}, fact('timeout', { limitMs: 500, waitingFor: 'firstByte' })],
    ['an end', (socket) => socket.end(), fact('closed-without-response')],
    ['a flood', (socket) => socket.write('n'.repeat(200_000)), fact('answer-lacks', { text: '+PONG', isCut: true })],
  ]
  it.each(bad)('%s is down', async (_reason, onSocket, fault) => {
    const target = await tlsTarget(shows('good'), onSocket)
    const seen = await seenBy({ tls: target, send: 'PUNG\r\n', expect: '+PONG' }, someIo(), timeoutFor(fault))
    expect(seen).toMatchObject({ outcome: 'down', fault })
  })

  it.each([
    [{}, 'expired'],
    [{ minVersion: 1.3 }, 'good'],
  ] as const)('is not said with %j to one that shows a certificate that is %s', async (keys, certificate) => {
    let heard = ''
    const hear = (socket: Socket) => void socket.on('data', (chunk) => (heard += chunk))
    const target = await tlsTarget({ ...shows(certificate), maxVersion: 'TLSv1.2' }, hear)
    expect(await seenBy({ tls: target, send: 'AUTH secret\r\n', ...keys })).toMatchObject({ outcome: 'down' })
    expect(heard).toBe('')
  })
})
