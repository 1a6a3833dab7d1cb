import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { serveNames } from '../dns/server.ts'
import { seenBy, someIo, timeoutFor } from '../records.ts'
import { closedTarget, tcpTarget } from '../targets.ts'

it('is up when the connection opens, which it then closes', async () => {
  let closed = 0
  const target = await tcpTarget((socket) => void socket.resume().on('close', () => closed++))
  const seen = await seenBy({ tcp: target })
  expect(seen.outcome).toBe('up')
  expect(seen.detail).toBeUndefined()
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

  const bad: [reason: string, onSocket: (socket: Socket) => void, keys: object, detail: string][] = [
    ['another one, and the end', (socket) => socket.end('no'), { expect: 'yes' }, 'text not found: "yes"'],
    [
      'another one, and silence',
      redis,
      { send: 'PUNG\r\n', expect: '+PONG' },
      'timeout 1.0s (text not found: "+PONG")',
    ],
    ['silence', () => {}, { expect: 'yes' }, 'timeout 0.5s (first byte)'],
    ['an end without a word', (socket) => socket.end(), { expect: 'yes' }, 'connection closed without a response'],
    ['a reset', (socket) => socket.resetAndDestroy(), { expect: 'yes' }, 'connection reset'],
    ['a flood', flood, { expect: 'yes' }, 'text not found in the first 64 KiB: "yes"'],
    ['a line that is expected', (socket) => socket.end('no'), { expect: 'a\r\n' }, 'text not found: "a\\r\\n"'],
  ]
  it.each(bad)('%s is down', async (_reason, onSocket, keys, detail) => {
    const target = await tcpTarget((socket) => {
      socket.on('error', () => {})
      onSocket(socket)
    })
    const seen = await seenBy({ tcp: target, ...keys }, someIo(), timeoutFor(detail))
    expect(seen).toMatchObject({ outcome: 'down', detail })
  })

  function flood(socket: Socket): void {
    socket.write('n'.repeat(200_000))
  }
})

describe('a connection that does not open', () => {
  it.each([
    ['nobody listens', async () => (await closedTarget()).slice('http://'.length), 'connection refused'],
    ['no such host', async () => 'nowhere.example:1', 'DNS: no such host'],
    [
      'a metadata address behind a name',
      async () => 'sly.example:80',
      "refused: 169.254.169.254 is a cloud's metadata service",
    ],
  ])('%s', async (_reason, target, detail) => {
    await serveNames({ 'sly.example': ['169.254.169.254'] })
    expect(await seenBy({ tcp: await target() })).toMatchObject({ outcome: 'down', detail })
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
    expect(seen).toEqual({ outcome: 'unknown', detail: 'the configured target is not host:port' })
  })
})

describe('its time', () => {
  it.each([
    [{ degraded: '20ms' }, 'degraded', /^\d+ms, limit 20ms$/],
    [{ down: '20ms', degraded: '10ms' }, 'down', /^\d+ms, limit 20ms$/],
    [{ degraded: '2s', down: '3s' }, 'up', /^$/],
  ])('%j is %s', async (keys, outcome, detail) => {
    const target = await tcpTarget((socket) => void setTimeout(() => socket.write('hello'), 60))
    const seen = await seenBy({ tcp: target, expect: 'hello', ...keys })
    expect(seen.outcome).toBe(outcome)
    expect(seen.detail ?? '').toMatch(detail)
  })
})
