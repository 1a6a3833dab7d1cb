import { beforeEach, describe, expect, it } from 'vitest'
import { answerHeartbeat } from '../../services/heartbeat/web.ts'
import { heartbeatKey, heartbeatUrl } from '../../shared/checks/heartbeat/key.ts'
import { urlRequest } from '../../shared/clouds/aws/function-url.ts'
import { heartbeat } from '../../shared/contracts/heartbeat.ts'

const now = Date.parse('2026-11-22T02:13:00+08:00')
const key = heartbeatKey('data/nightly', 'secret')

let sent: unknown[]
let send: (message: string) => Promise<void>
beforeEach(() => {
  sent = []
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
    log: () => {},
  })
}

const report = { v: 1, kind: 'heartbeat', check: 'data/nightly', at: now, status: 'ok' }

describe('a job', () => {
  it.each(['GET', 'HEAD', 'POST'])('reports by %s', async (method) => {
    const { statusCode, body } = await ask(heartbeatUrl('https://x.example/', 'data/nightly', 'secret'), { method })
    expect({ statusCode, body, sent }).toEqual({ statusCode: 202, body: 'taken\n', sent: [report] })
  })

  it('says in the address how it ended, and posts the words', async () => {
    const body = Buffer.from('磁盘已满')
    expect((await ask(`/heartbeat/data/nightly?key=${key}&status=1`, { method: 'POST', body })).statusCode).toBe(202)
    expect(sent).toEqual([{ ...report, status: 'fail', detail: '磁盘已满' }])
  })

  it('is told when to try again', async () => {
    send = async () => {
      throw new Error('SQS not reached')
    }
    const { statusCode, headers } = await ask(`/heartbeat/data/nightly?key=${key}`)
    expect({ statusCode, after: headers['retry-after'] }).toEqual({ statusCode: 503, after: '10' })
  })
})

describe('nobody else', () => {
  it.each([
    ['no key', '/heartbeat/data/nightly', 403],
    ['a check that is gone, with its key', `/heartbeat/data/old?key=${heartbeatKey('data/old', 'secret')}`, 404],
    ['another path', '/ack', 404],
    ['a path too long', `/heartbeat/data/nightly/fail?key=${key}`, 404],
    ['a status that is none', `/heartbeat/data/nightly?key=${key}&status=256`, 400],
  ])('with %s', async (_reason, address, status) => {
    expect((await ask(address)).statusCode).toBe(status)
    expect(sent).toEqual([])
  })

  it.each(['PUT', 'DELETE', 'OPTIONS'])('by %s', async (method) => {
    const { statusCode, headers } = await ask(`/heartbeat/data/nightly?key=${key}`, { method })
    expect({ statusCode, allow: headers.allow }).toEqual({ statusCode: 405, allow: 'GET, HEAD, POST' })
    expect(sent).toEqual([])
  })
})
