import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { serveNames } from '../dns/server.ts'
import { overLimit, seenBy, someIo, timeoutFor } from '../records.ts'
import { closedTarget, tcpTarget } from '../targets.ts'

it('is up when the connection opens, which it then closes', async () => {
  let closed = 0
  const target = await tcpTarget((socket) => void socket.resume().on('close', () => closed++))
  const seen = await seenBy({ tcp: target })
  expect(seen.outcome).toBe('up')
  expect(seen.fault).toBeUndefined()
  expect(Object.keys(seen.phases ?? {})).toEqual(['connect'])
  expect(seen.latencyMs).toBeGreaterThan(0)
  await expect.poll(() => closed).toBe(1)
})

describe('an answer', () => {
  const redis = (socket: Socket) =>
    void socket.on('data', (got) => socket.write(got.toString() === 'PING\r\n' ? '+PONG\r\n' : '-ERR\r\n'))

  it('to what is sent, with values of the environment', async () => {
    const target = await tcpTarget(redis)
    const seen = await seenBy({ tcp: target, send: `\${WORD}\r\n`, expect: '+PONG' }, someIo({ WORD: 'PING' }))
    expect(seen.outcome).toBe('up')
    expect(Object.keys(seen.phases ?? {})).toEqual(['connect', 'firstByte', 'download'])
  })

  it('may be a greeting, and come in pieces', async () => {
    const target = await tcpTarget((socket) => {
      socket.write('220 mail.exa')
      setTimeout(() => socket.write('mple 烽火'), 20)
    })
    expect(await seenBy({ tcp: target, expect: 'mail.example 烽火' })).toMatchObject({ outcome: 'up' })
  })

  it('may be the banner of SSH, behind lines that come before it (RFC 4253, section 4.2)', async () => {
    let said = ''
    const target = await tcpTarget((socket) => {
      socket.on('data', (chunk) => (said += chunk)).write('Authorized use only.\r\nSSH-2.0-OpenSSH_9.2p1 Debian-2\r\n')
    })
    expect(await seenBy({ tcp: target, expect: 'SSH-2.0-' })).toMatchObject({ outcome: 'up' })
    expect(said).toBe('')
  })

  const bad: [reason: string, onSocket: (socket: Socket) => void, keys: object, fault: Fact][] = [
    [
      'another one, and the end',
      (socket) => socket.end('no'),
      { expect: 'yes' },
      fact('answer-lacks', { text: 'yes', isCut: false }),
    ],
    [
      'another one, and silence',
      redis,
      { send: 'PUNG\r\n', expect: '+PONG' },
      fact('answer-lacks-in-time', { text: '+PONG', limitMs: 1000 }),
    ],
    ['silence', () => {}, { expect: 'yes' }, fact('timeout', { limitMs: 500, waitingFor: 'firstByte' })],
    ['an end without a word', (socket) => socket.end(), { expect: 'yes' }, fact('closed-without-response')],
    ['a reset', (socket) => socket.resetAndDestroy(), { expect: 'yes' }, fact('connection-reset')],
    ['a flood', flood, { expect: 'yes' }, fact('answer-lacks', { text: 'yes', isCut: true })],
    [
      'a line that is expected',
      (socket) => socket.end('no'),
      { expect: 'a\r\n' },
      fact('answer-lacks', { text: 'a\r\n', isCut: false }),
    ],
  ]
  it.each(bad)('%s is down', async (_reason, onSocket, keys, fault) => {
    const target = await tcpTarget((socket) => {
      socket.on('error', () => {})
      onSocket(socket)
    })
    const seen = await seenBy({ tcp: target, ...keys }, someIo(), timeoutFor(fault))
    expect(seen).toMatchObject({ outcome: 'down', fault })
  })

  function flood(socket: Socket): void {
    socket.write('n'.repeat(200_000))
  }
})

describe('a connection that does not open', () => {
  it.each([
    ['nobody listens', async () => (await closedTarget()).slice('http://'.length), fact('connection-refused')],
    ['no such host', async () => 'nowhere.example:1', fact('dns-failed', { why: 'no-such-host' })],
    [
      'a metadata address behind a name',
      async () => 'sly.example:80',
      fact('metadata-refused', { address: '169.254.169.254' }),
    ],
  ])('%s', async (_reason, target, fault) => {
    await serveNames({ 'sly.example': ['169.254.169.254'] })
    expect(await seenBy({ tcp: await target() })).toMatchObject({ outcome: 'down', fault })
  })

  it.each([
    'gw.example',
    'gw.example:70000',
    ':80',
    'http://gw.example:80',
  ])('to %s is a mistake of ours', async (text) => {
    const seen = await seenBy(
      { tcp: `\${GW}:1` },
      someIo({ GW: text.replace(/:\d+$/, '').concat(text.endsWith('70000') ? ':7' : '::') }),
    )
    expect(seen).toEqual({ outcome: 'unknown', fault: fact('target-unusable') })
  })
})

describe('its time', () => {
  it.each([
    [{ degraded: '20ms' }, 'degraded', overLimit(20)],
    [{ down: '20ms', degraded: '10ms' }, 'down', overLimit(20)],
    [{ degraded: '2s', down: '3s' }, 'up', undefined],
  ])('%j is %s', async (keys, outcome, fault) => {
    const target = await tcpTarget((socket) => void setTimeout(() => socket.write('hello'), 60))
    const seen = await seenBy({ tcp: target, expect: 'hello', ...keys })
    expect([seen.outcome, seen.fault]).toEqual([outcome, fault])
  })
})
