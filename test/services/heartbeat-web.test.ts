import { beforeEach, describe, expect, it } from 'vitest'
import { answerHeartbeat } from '../../services/heartbeat/web.ts'
import { heartbeatKey, heartbeatUrl } from '../../shared/checks/heartbeat/key.ts'
import { urlRequest } from '../../shared/clouds/aws/function-url.ts'
import { heartbeat } from '../../shared/contracts/heartbeat.ts'

const now = Date.parse('2026-11-22T02:13:00+08:00')
const key = heartbeatKey('data/nightly', 'secret')

let sent: unknown[]
let logged: unknown[]
let send: (message: string) => Promise<void>
beforeEach(() => {
  sent = []
  logged = []
  send = async (message) => void sent.push(heartbeat.parse(JSON.parse(message)))
})

/** A job asks for an address of the function. */
function ask(address: string, { method = 'GET', body }: { method?: string; body?: string | Buffer } = {}) {
  const { pathname, search } = new URL(address, 'https://x.lambda-url.example')
  const request = urlRequest.parse({
    rawPath: pathname,
    rawQueryString: search.slice(1),
    requestContext: { http: { method } },
    ...(typeof body === 'string' && { body }),
    ...(Buffer.isBuffer(body) && { body: body.toString('base64'), isBase64Encoded: true }),
  })
  const checks = new Set(['data/nightly', 'data/weekly'])
  return answerHeartbeat(request, {
    secret: 'secret',
    checks,
    now: () => now,
    send: (message) => send(message),
    log: (line) => void logged.push(line),
  })
}

const report = { v: 1, kind: 'heartbeat', check: 'data/nightly', at: now, status: 'ok' }

describe('a job', () => {
  it.each(['GET', 'HEAD', 'POST'])('reports by %s', async (method) => {
    const { statusCode, body } = await ask(heartbeatUrl('https://x.example/', 'data/nightly', 'secret'), { method })
    expect({ statusCode, body, sent }).toEqual({ statusCode: 202, body: 'taken\n', sent: [report] })
  })

  it.each([
    ['ok', 'ok'],
    ['0', 'ok'],
    ['1', 'fail'],
    ['255', 'fail'],
    ['fail', 'fail'],
  ])('with the status %s: %s', async (given, status) => {
    expect((await ask(`/heartbeat/data/nightly?key=${key}&status=${given}`)).statusCode).toBe(202)
    expect(sent).toEqual([{ ...report, status }])
  })

  it.each<[reason: string, body: string | Buffer, detail: string | undefined]>([
    ['a sentence', 'disk full', 'disk full'],
    ['a log: its last line', 'one\ntwo\r\n  three\u001b[0m \n\n', 'three [0m'],
    ['bytes', Buffer.from('磁盘已满'), '磁盘已满'],
    ['nothing that says anything', ' \n\t\n', undefined],
    ['far too much', `${'a'.repeat(3_000_000)}\n${'b'.repeat(900)}`, `${'b'.repeat(499)}…`],
  ])('is told with what it posts: %s', async (_reason, body, detail) => {
    const { statusCode } = await ask(`/heartbeat/data/nightly?key=${key}&status=1`, { method: 'POST', body })
    expect(statusCode).toBe(202)
    expect(sent).toEqual([{ ...report, status: 'fail', ...(detail && { detail }) }])
  })

  it('that reports twice is two reports, which do no harm', async () => {
    for (const _ of [1, 2]) await ask(`/heartbeat/data/nightly?key=${key}`)
    expect(sent).toEqual([report, report])
  })

  it('is told to try again when the queue has not taken it', async () => {
    send = async () => {
      throw new Error('SQS not reached (tries: 3): no answer in time')
    }
    const { statusCode, headers } = await ask(`/heartbeat/data/nightly?key=${key}`)
    expect({ statusCode, after: headers['retry-after'] }).toEqual({ statusCode: 503, after: '10' })
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

describe('nobody else', () => {
  it.each([
    ['no key', '/heartbeat/data/nightly', 403],
    ['an empty key', '/heartbeat/data/nightly?key=', 403],
    ['another check`s key', `/heartbeat/data/weekly?key=${key}`, 403],
    ['a key that is cut', `/heartbeat/data/nightly?key=${key.slice(0, -1)}`, 403],
    ['a key of another secret', `/heartbeat/data/nightly?key=${heartbeatKey('data/nightly', 'other')}`, 403],
    ['wide characters for a key', `/heartbeat/data/nightly?key=${'烽'.repeat(32)}`, 403],
    ['a check that is not there, and no key', '/heartbeat/data/none', 403],
    ['a check that is gone, with its key', `/heartbeat/data/old?key=${heartbeatKey('data/old', 'secret')}`, 404],
    ['another path', '/ack', 404],
    ['a path too long', `/heartbeat/data/nightly/fail?key=${key}`, 404],
    ['a status that is none', `/heartbeat/data/nightly?key=${key}&status=256`, 400],
    ['a status in words', `/heartbeat/data/nightly?key=${key}&status=good`, 400],
  ])('with %s', async (_reason, address, status) => {
    expect((await ask(address)).statusCode).toBe(status)
    expect({ sent, logged }).toEqual({ sent: [], logged: [] })
  })

  it.each(['PUT', 'DELETE', 'OPTIONS'])('by %s', async (method) => {
    const { statusCode, headers } = await ask(`/heartbeat/data/nightly?key=${key}`, { method })
    expect({ statusCode, allow: headers.allow }).toEqual({ statusCode: 405, allow: 'GET, HEAD, POST' })
    expect(sent).toEqual([])
  })
})

it('a key is plain in an address, and long', () => {
  expect(key).toMatch(/^[A-Za-z0-9_-]{32}$/)
})
