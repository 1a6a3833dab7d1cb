import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { beforeAll, describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
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

const DAY_MS = 86_400_000
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

describe('STARTTLS of a mail server', () => {
  /** Answers each line with the next reply; what comes after the last is TLS. */
  function mailServer(replies: string[], said: string[] = []) {
    return tcpTarget((socket) => {
      socket.on('error', () => {})
      const [greeting = '', ...others] = replies
      socket.write(greeting)
      const hear = (line: Buffer) => {
        said.push(line.toString())
        const reply = others.shift()
        if (reply !== undefined) socket.write(reply)
        if (others.length > 0) return
        socket.off('data', hear)
        const secured = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(shows('good')) })
        secured.on('error', () => {})
      }
      socket.on('data', hear)
    })
  }
  const fine = [
    '220-mail.example\r\n220 ready\r\n',
    '250-mail.example\r\n250-STARTTLS\r\n250 8BITMIME\r\n',
    '220 go\r\n',
  ]

  it('is followed by the same consensus', async () => {
    const said: string[] = []
    const keys = { tls: await mailServer(fine, said), starttls: 'smtp', degraded: '21d' }
    const seen = await seenBy(keys, daysBefore(10.5))
    expect(seen).toMatchObject({
      outcome: 'degraded',
      fault: fact('certificate-expires', { inMs: 907200000, limitMs: 1814400000 }),
    })
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'firstByte', 'tls'])
    expect(said).toEqual(['EHLO fenghuo.invalid\r\n', 'STARTTLS\r\n'])
  })

  const bad: [reason: string, replies: string[], fault: Fact][] = [
    ['a server that refuses', ['554 go away\r\n'], fact('mail-server-says', { said: '554 go away' })],
    ['one that knows no EHLO', ['220 hi\r\n', '502 what?\r\n'], fact('mail-server-says', { said: '502 what?' })],
    ['one without STARTTLS', ['220 hi\r\n', '250-mail\r\n250 PIPELINING\r\n'], fact('starttls-not-offered')],
    [
      'one that cannot now',
      ['220 hi\r\n', '250 STARTTLS\r\n', '454 later\r\n'],
      fact('mail-server-says', { said: '454 later' }),
    ],
    ['one that is none', ['SSH-2.0-OpenSSH_9.2\r\n'], fact('not-a-mail-server')],
    ['one that never ends', [`220-${'x'.repeat(20_000)}`], fact('not-a-mail-server')],
    ['one that is silent', [''], fact('timeout', { limitMs: 500, waitingFor: 'firstByte' })],
  ]
  it.each(bad)('%s is down', async (_reason, replies, fault) => {
    const target = await tcpTarget((socket) => {
      socket.on('error', () => {})
      const rest = [...replies]
      socket.write(rest.shift() ?? '')
      socket.on('data', () => socket.write(rest.shift() ?? ''))
    })
    const seen = await seenBy({ tls: target, starttls: 'smtp' }, someIo(), timeoutFor(fault))
    expect(seen).toMatchObject({ outcome: 'down', fault })
  })

  it('that is granted and not kept ends in time, and ends the connection', async () => {
    let closed = 0
    const target = await tcpTarget((socket) => {
      const rest = [...fine]
      socket.on('error', () => {}).on('close', () => closed++)
      socket.write(rest.shift() ?? '')
      socket.on('data', () => socket.write(rest.shift() ?? ''))
    })
    const fault = fact('timeout', { limitMs: 1000, waitingFor: 'tls' })
    const seen = await seenBy({ tls: target, starttls: 'smtp' }, someIo(), timeoutFor(fault))
    expect(seen).toMatchObject({ outcome: 'down', fault })
    await expect.poll(() => closed).toBe(1)
  })

  it('that ends after the greeting is down', async () => {
    const target = await tcpTarget((socket) => void socket.end())
    const fault = fact('closed-without-response')
    expect(await seenBy({ tls: target, starttls: 'smtp' })).toMatchObject({ outcome: 'down', fault })
  })
})
