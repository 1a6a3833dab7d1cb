import { beforeAll, describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { StartTls } from '../../../shared/checks/tls/starttls/protocols.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { DAY_MS } from '../../../shared/contracts/milliseconds.ts'
import { seenBy, someIo, timeoutFor } from '../records.ts'
import { chainPem, tcpTarget, trustTargets } from '../targets.ts'
import { errorPacket, mysqlServer } from './mysql-server.ts'
import { goSecure, type Manners, startTlsServers } from './starttls-servers.ts'

beforeAll(trustTargets)

const goodUntil = Date.parse('2126-01-01T00:00:00Z')
const daysBefore = (days: number) => ({ ...someIo(), now: () => goodUntil - days * DAY_MS })

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
        goSecure(socket)
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
    ['a server that refuses', ['554 go away\r\n'], fact('server-says', { protocol: 'smtp', said: '554 go away' })],
    [
      'one that knows no EHLO',
      ['220 hi\r\n', '502 what?\r\n'],
      fact('server-says', { protocol: 'smtp', said: '502 what?' }),
    ],
    ['one without STARTTLS', ['220 hi\r\n', '250-mail\r\n250 PIPELINING\r\n'], fact('starttls-not-offered')],
    [
      'one that cannot now',
      ['220 hi\r\n', '250 STARTTLS\r\n', '454 later\r\n'],
      fact('server-says', { protocol: 'smtp', said: '454 later' }),
    ],
    ['one that is none', ['SSH-2.0-OpenSSH_9.2\r\n'], fact('not-this-server', { protocol: 'smtp' })],
    ['one that never ends', [`220-${'x'.repeat(20_000)}`], fact('not-this-server', { protocol: 'smtp' })],
    ['one that is silent', [''], fact('timeout', { limitMs: 200, waitingFor: 'firstByte' })],
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

type Scripted = keyof typeof startTlsServers

describe.each(Object.keys(startTlsServers) as Scripted[])('STARTTLS of %s', (protocol) => {
  const seen = async (manners: Manners) => seenBy({ tls: await startTlsServers[protocol](manners), starttls: protocol })

  it('leads to the certificate', async () => {
    const { outcome, phases, fault } = await seen({})
    expect([outcome, fault?.code]).toEqual(['up', 'certificate-expires'])
    expect(Object.keys(phases ?? {})).toEqual(['connect', 'firstByte', 'tls'])
  })

  it('is missed where it is not offered', async () => {
    expect(await seen({ isPlain: true })).toMatchObject({ outcome: 'down', fault: fact('starttls-not-offered') })
  })

  it('takes nothing that follows the agreement in the clear', async () => {
    const fault = fact('spoke-before-tls')
    expect(await seen({ afterwards: 'a3 OK trust me\r\n' })).toMatchObject({ outcome: 'down', fault })
  })

  it.each([
    '220 ftp.example ready\r\n',
    '\0'.repeat(20_000),
    '0'.repeat(20_000),
  ])('is not for a stranger', async (said) => {
    const target = await tcpTarget((socket) => void socket.on('error', () => {}).write(said))
    const fault = fact('not-this-server', { protocol })
    expect(await seenBy({ tls: target, starttls: protocol })).toMatchObject({ outcome: 'down', fault })
  })
})

describe('a server that will not', () => {
  const startupError = (message: string) => {
    const fields = `SFATAL\0C57P03\0M${message}\0\0`
    return Buffer.concat([Buffer.from([0x45, 0, 0, 0, 4 + fields.length]), Buffer.from(fields)])
  }
  const cases: [protocol: Scripted, refusal: string | Buffer, said: string][] = [
    ['imap', '* BYE Too many connections\r\n', 'BYE Too many connections'],
    ['imap', '* PREAUTH root logged in\r\n', 'PREAUTH root logged in'],
    ['pop3', '-ERR [SYS/TEMP] later\r\n', '-ERR [SYS/TEMP] later'],
    ['postgres', startupError('the database system is starting up'), 'the database system is starting up'],
    [
      'postgres',
      'Ecould not fork new process for connection: Cannot allocate memory\n\0',
      'could not fork new process for connection: Cannot allocate memory',
    ],
    // Busy, with its lengths in four bytes as Active Directory writes them.
    ['ldap', Buffer.from('3084000000100201017884000000070a013304000400', 'hex'), '51 '],
    ['ldap', Buffer.from('30100201017 80b0a013404000404646f776e'.replace(' ', ''), 'hex'), '52 down'],
  ]
  it.each(cases)('%s: %s', async (protocol, refusal, said) => {
    const seen = await seenBy({ tls: await startTlsServers[protocol]({ refusal }), starttls: protocol })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('server-says', { protocol, said }) })
  })
})

describe('STARTTLS of mysql', () => {
  const seen = (target: string) => seenBy({ tls: target, starttls: 'mysql' })

  it.each([{}, { switches: true }] as const)('leaves no broken connection behind: %j', async (behaviour) => {
    const server = await mysqlServer(behaviour)
    for (let look = 0; look < 5; look++)
      expect(await seen(server.target)).toMatchObject({ outcome: 'up', fault: { code: 'certificate-expires' } })
    expect(server.broken()).toBe(0)
  })

  it.each([
    ['its certificate does not hold', {}, { ca: chainPem('root') }, 'certificate-untrusted'],
    ['its TLS is too old', { isOld: true }, { minVersion: '1.3' }, 'tls-too-old'],
  ] as const)('leaves none behind either where %s', async (_reason, behaviour, keys, code) => {
    const server = await mysqlServer(behaviour)
    for (let look = 0; look < 5; look++) {
      const seen = await seenBy({ tls: server.target, starttls: 'mysql', ...keys })
      expect(seen).toMatchObject({ outcome: 'down', fault: { code } })
    }
    expect(server.broken()).toBe(0)
  })

  const bad: [reason: string, behaviour: Parameters<typeof mysqlServer>[0], fault: Fact][] = [
    ['none', { isPlain: true }, fact('starttls-not-offered')],
    [
      'too many',
      { refusal: errorPacket(1040, 'Too many connections') },
      fact('server-says', { protocol: 'mysql', said: '1040 Too many connections' }),
    ],
    [
      'an older protocol',
      { refusal: Buffer.from('\x093.20\0', 'latin1') },
      fact('not-this-server', { protocol: 'mysql' }),
    ],
  ]
  it.each(bad)('%s', async (_reason, behaviour, fault) => {
    expect(await seen((await mysqlServer(behaviour)).target)).toMatchObject({ outcome: 'down', fault })
  })
})

it.each([
  'smtp',
  'imap',
  'pop3',
  'postgres',
  'mysql',
  'ldap',
] as StartTls[])('%s: silence ends in time', async (starttls) => {
  const target = await tcpTarget((socket) => void socket.on('error', () => {}))
  const fault = fact('timeout', { limitMs: 200, waitingFor: 'firstByte' })
  expect(await seenBy({ tls: target, starttls }, someIo(), timeoutFor(fault))).toMatchObject({ outcome: 'down', fault })
})
