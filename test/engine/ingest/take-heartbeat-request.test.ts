import { beforeEach, describe, expect, it } from 'vitest'
import { heartbeatKey } from '../../../shared/checks/heartbeat/key.ts'
import { heartbeat } from '../../../shared/contracts/heartbeat.ts'
import { type HeartbeatRequest, takeHeartbeatRequest } from '../../../shared/engine/ingest/take-heartbeat-request.ts'

const now = Date.parse('2026-11-22T02:13:00+08:00')
const key = heartbeatKey('data/nightly', 'secret')
const report = { v: 1, kind: 'heartbeat', check: 'data/nightly', at: now, status: 'ok' }

let sent: unknown[]
let logged: unknown[]
let send: (message: string) => Promise<void>
beforeEach(() => {
  sent = []
  logged = []
  send = async (message) => void sent.push(heartbeat.parse(JSON.parse(message)))
})

/** A job asks about the check `data/nightly`, with its key. */
function ask(changes: Partial<HeartbeatRequest> = {}) {
  return takeHeartbeatRequest(
    { check: 'data/nightly', key, body: '', ...changes },
    {
      secret: 'secret',
      checks: new Set(['data/nightly', 'data/weekly']),
      now: () => now,
      send: (message) => send(message),
      log: (line) => void logged.push(line),
    },
  )
}

describe('a job', () => {
  it.each([
    [undefined, 'ok'],
    ['ok', 'ok'],
    ['0', 'ok'],
    ['1', 'fail'],
    ['255', 'fail'],
    ['fail', 'fail'],
  ])('with the status %s: %s', async (given, status) => {
    expect(await ask(given === undefined ? {} : { status: given })).toEqual({ result: 'taken' })
    expect(sent).toEqual([{ ...report, status }])
  })

  it.each<[reason: string, body: string, told: { detail?: string; log?: string }]>([
    ['a sentence', 'disk full\n', { detail: 'disk full' }],
    [
      'a log: its last line, and all of it',
      'one\ntwo\r\n  three\u001b[0m \n\n',
      { detail: 'three [0m', log: 'one\ntwo\n  three [0m' },
    ],
    ['a line that is written over', ' 50 %\r100 %', { detail: '100 %', log: '50 %\n100 %' }],
    ['nothing that says anything', ' \n\t\n', {}],
    [
      'far too much: its end',
      `${'a'.repeat(3_000_000)}\n${'b'.repeat(900)}`,
      { detail: `${'b'.repeat(499)}…`, log: `${'a'.repeat(9_099)}\n${'b'.repeat(900)}` },
    ],
  ])('is told with what it posts: %s', async (_reason, body, told) => {
    expect(await ask({ status: '1', body })).toEqual({ result: 'taken' })
    expect(sent).toEqual([{ ...report, status: 'fail', ...told }])
  })

  it('that reports twice is two reports, which do no harm', async () => {
    for (const _ of [1, 2]) await ask()
    expect(sent).toEqual([report, report])
  })

  it('is told to try again when the queue has not taken it', async () => {
    send = async () => {
      throw new Error('SQS not reached (tries: 3): no answer in time')
    }
    expect(await ask()).toEqual({ result: 'unavailable', retryAfterS: 10 })
    expect(logged).toEqual([
      {
        level: 'error',
        event: 'heartbeat not sent',
        check: 'data/nightly',
        error: 'Error: SQS not reached (tries: 3): no answer in time',
      },
    ])
    expect(JSON.stringify(logged)).not.toContain(key)
  })
})

it.each<[reason: string, changes: Partial<HeartbeatRequest>, result: string]>([
  ['an empty key', { key: '' }, 'wrong-key'],
  ['another check`s key', { check: 'data/weekly' }, 'wrong-key'],
  ['a key that is cut', { key: key.slice(0, -1) }, 'wrong-key'],
  ['a key of another secret', { key: heartbeatKey('data/nightly', 'other') }, 'wrong-key'],
  ['wide characters for a key', { key: '烽'.repeat(32) }, 'wrong-key'],
  ['a check that is not there, and no key', { check: 'data/none', key: '' }, 'wrong-key'],
  ['a check that is gone, with its key', { check: 'data/old', key: heartbeatKey('data/old', 'secret') }, 'not-awaited'],
  ['a status that is none', { status: '256' }, 'wrong-status'],
  ['a status in words', { status: 'good' }, 'wrong-status'],
  ['an empty status', { status: '' }, 'wrong-status'],
])('nobody else, with %s', async (_reason, changes, result) => {
  expect(await ask(changes)).toEqual({ result })
  expect({ sent, logged }).toEqual({ sent: [], logged: [] })
})

it('a key is plain in an address, and long', () => {
  expect(key).toMatch(/^[A-Za-z0-9_-]{32}$/)
})
