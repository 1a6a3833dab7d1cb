import { expect, it } from 'vitest'
import type { Malformation } from '../../../shared/checks/http/irregularity.ts'
import { http } from '../../../shared/checks/http/run.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { httpCheck, someIo } from '../records.ts'
import { closedTarget, httpTarget, rawTarget } from '../targets.ts'
import { itHasItsOwnWords } from './bad-target.ts'

const malformed = (how: Malformation) => fact('response-malformed', { how })

const says = (bytes: string | Buffer) => () => rawTarget((socket) => void socket.end(bytes))

itHasItsOwnWords([
  {
    reason: 'nobody listens',
    target: closedTarget,
    outcome: 'down',
    fault: fact('connection-refused'),
  },
  {
    reason: 'a reset',
    target: () => rawTarget((socket) => void socket.resetAndDestroy()),
    outcome: 'down',
    fault: fact('connection-reset'),
  },
  {
    reason: 'an end without a word',
    target: () => rawTarget((socket) => void socket.end()),
    outcome: 'down',
    fault: fact('closed-without-response'),
  },
  {
    reason: 'an accepted connection that stays silent',
    target: () => rawTarget(() => {}),
    timeoutMs: 500,
    outcome: 'down',
    fault: fact('timeout', { limitMs: 500, waitingFor: 'firstByte' }),
  },
  {
    reason: 'headers that never end',
    target: () =>
      rawTarget((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        const timer = setInterval(() => socket.write('X-More: 1\r\n'), 10)
        socket.on('close', () => clearInterval(timer))
      }),
    timeoutMs: 500,
    outcome: 'down',
    fault: fact('timeout', { limitMs: 500, waitingFor: 'firstByte' }),
  },
  {
    reason: 'a body that drips for ever',
    target: () =>
      httpTarget((_request, response) => {
        const timer = setInterval(() => response.write('.'), 10)
        response.on('close', () => clearInterval(timer))
      }),
    timeoutMs: 1_000,
    outcome: 'down',
    fault: fact('timeout', { limitMs: 1000, waitingFor: 'download' }),
  },
  {
    reason: 'a body that ends early',
    target: says('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this'),
    outcome: 'down',
    fault: fact('body-cut-short'),
  },
  {
    reason: 'something that is not HTTP',
    target: says('SSH-2.0-OpenSSH_9.2\r\n'),
    outcome: 'down',
    fault: malformed('not-http'),
  },
  {
    reason: 'a malformed header',
    target: says('HTTP/1.1 200 OK\r\nBad Header\r\n\r\n'),
    outcome: 'down',
    fault: malformed('header-line'),
  },
  {
    reason: 'two lengths',
    target: says('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
    outcome: 'down',
    fault: malformed('length'),
  },
  {
    reason: 'headers without measure',
    target: says(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(300_000)}\r\n\r\n`),
    outcome: 'down',
    fault: fact('headers-too-large'),
  },
  {
    reason: 'a malformed chunk',
    target: says('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n'),
    outcome: 'down',
    fault: malformed('chunk'),
  },
  {
    reason: 'an upgrade that nobody asked for',
    target: says('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'),
    outcome: 'down',
    fault: fact('http-status', { status: 101, expected: [[200, 299]] }),
  },
])

it('is cut short with the run, which says nothing about the target', async () => {
  const url = await rawTarget(() => {})
  const end = new AbortController()
  setTimeout(() => end.abort(), 50)
  const seen = await http.run(httpCheck({ http: url }), { ...someIo(), signal: end.signal }, Date.now() + 2_000)
  expect(seen).toMatchObject({ outcome: 'unknown', fault: fact('cut-short') })
})

it('leaves no connection open behind it', async () => {
  let closed = 0
  const url = await rawTarget((socket) => void socket.on('close', () => closed++))
  await http.run(httpCheck({ http: url }), someIo(), Date.now() + 300)
  await expect.poll(() => closed).toBe(1)
})
