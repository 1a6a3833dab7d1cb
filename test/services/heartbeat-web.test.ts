import { beforeEach, describe, expect, it } from 'vitest'
import { answerHeartbeat } from '../../services/heartbeat/web.ts'
import { heartbeatKey, heartbeatUrl, pingKey, pingUrl } from '../../shared/checks/heartbeat/key.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { heartbeat } from '../../shared/contracts/heartbeat.ts'
import type { Language } from '../../shared/contracts/words.ts'

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
function ask(
  address: string,
  { method = 'GET', body, language = 'en' }: { method?: string; body?: string | Buffer; language?: Language } = {},
) {
  const { pathname, search } = new URL(address, 'https://x.lambda-url.example')
  const request = urlRequestOf({
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
    language,
    now: () => now,
    send: (message) => send(message),
    log: (entry) => void logged.push(entry),
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

it.each([
  ['zh', '这不是这项检查的 key：用 bin/fenghuo.js heartbeat 打印'],
  ['en', 'this is not the key of this check: bin/fenghuo.js heartbeat prints it'],
] as const)('what becomes of a request is said in the language of the configuration: %s', async (language, text) => {
  expect(await ask('/heartbeat/data/nightly?key=old', { language })).toMatchObject({
    statusCode: 403,
    body: `${text}\n`,
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

describe('a client of Healthchecks', () => {
  const project = pingKey('data', 'secret')
  const rid = '6A5F0F6D-0000-4c53-8f3f-0b4e4f8e7d7b'

  it.each<[string, string, object]>([
    ['by the key of the check', `/ping/${key}`, {}],
    ['by the key of the project and a name', `/ping/${project}/nightly`, {}],
    ['that fails', `/ping/${project}/nightly/fail`, { status: 'fail' }],
    ['with exit status 0', `/ping/${key}/0`, {}],
    ['with exit status 137', `/ping/${project}/nightly/137`, { status: 'fail' }],
    ['that begins a run', `/ping/${key}/start?rid=${rid}`, { status: 'start', run: rid.toLowerCase() }],
    ['that would make the check', `/ping/${project}/nightly?create=1`, {}],
  ])('pings %s', async (_, address, expected) => {
    const { statusCode, body, headers } = await ask(address)
    expect({ statusCode, body, sent }).toEqual({ statusCode: 200, body: 'OK\n', sent: [{ ...report, ...expected }] })
    expect(headers).toMatchObject({ 'ping-body-limit': '10000', 'access-control-allow-origin': '*' })
  })

  it('posts its log, of which the last line is told and the end kept', async () => {
    const body = `${'x'.repeat(20_000)}\nbackup done, 3 files\n`
    await ask(pingUrl('https://x.example', 'data/nightly', 'secret'), { method: 'POST', body })
    const log = `${'x'.repeat(9_978)}\nbackup done, 3 files`
    expect(sent).toEqual([{ ...report, detail: 'backup done, 3 files', log }])
  })

  it.each<[string, string, number, string]>([
    ['a status beyond all', `/ping/${key}/256`, 400, 'invalid url format'],
    ['a word that is none', `/ping/${key}/ok`, 400, 'invalid url format'],
    ['a name in capitals', `/ping/${project}/Nightly`, 400, 'invalid url format'],
    ['too much behind it', `/ping/${project}/nightly/start/now`, 400, 'invalid url format'],
    ['a run that is no UUID', `/ping/${key}?rid=x`, 400, 'invalid uuid format'],
    ['a name that nobody waits for', `/ping/${project}/new-job`, 404, 'not found'],
    ['a key that nobody has', '/ping/00000000-0000-0000-0000-000000000000', 404, 'not found'],
    ['the key of a project alone', `/ping/${project}`, 404, 'not found'],
    ['a note, which changes nothing', `/ping/${key}/log`, 200, 'OK'],
  ])('is told of %s', async (_, address, statusCode, text) => {
    expect(await ask(address)).toMatchObject({ statusCode, body: `${text}\n` })
    expect(sent).toEqual([])
  })

  it('has a note in our log without what may be a secret', async () => {
    await ask(`/ping/${key}/log`, {
      method: 'POST',
      body: 'to https://ops:hunter2@backup.example, then text 13800000000',
    })
    const text = 'to https://…@backup.example, then text …'
    expect(logged).toEqual([{ level: 'info', event: 'a job says', check: 'data/nightly', text }])
  })

  it('is told to try again as curl understands it', async () => {
    send = async () => {
      throw new Error('SQS not reached')
    }
    expect((await ask(`/ping/${key}`)).statusCode).toBe(503)
  })
})
