import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { requestOf } from '../../services/ingest/web.ts'
import { urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { reportPost } from '../../shared/delivery/report-post.ts'
import { reportSender } from '../../shared/delivery/report-sender.ts'
import { takePostedReport } from '../../shared/engine/ingest/take-posted-report.ts'
import { signedReport } from '../../shared/ingest/report-signature.ts'

const GZ = 'tencent/ap-guangzhou'
const HZ = 'aliyun/cn-hangzhou'
const secrets = { [GZ]: ['guangzhou-new', 'guangzhou-old'], [HZ]: ['hangzhou'] }
const report = (vantage = GZ) => JSON.stringify({ v: 1, kind: 'report', vantage, runner: {}, observations: [] })

/** `ingest` with its queue; `at` is its clock. */
function ingest() {
  const way = {
    at: Date.now(),
    queue: [] as string[],
    logged: [] as Record<string, unknown>[],
    isDown: false,
    waitS: 0,
  }
  const take = (method: string, headers: Record<string, string>, body: string, base64 = false) => {
    const event = {
      rawPath: '/reports',
      headers,
      requestContext: { http: { method } },
      body: base64 ? Buffer.from(body).toString('base64') : body,
      isBase64Encoded: base64,
    }
    return takePostedReport(requestOf(urlRequestOf(event)), {
      reportKeys: secrets,
      now: () => way.at,
      waitOf: () => way.waitS,
      send: async (messages) => {
        if (way.isDown) throw new Error('the queue is out of reach')
        way.queue.push(...messages)
      },
      log: (entry) => way.logged.push(entry),
    })
  }
  return { way, take }
}

describe('a posted report', () => {
  it.each([
    ['the secret that is signed with', 'guangzhou-new', false],
    ['the one before, until everybody has the new one', 'guangzhou-old', false],
    ['the same, in base64 as function URLs hand over what they take for bytes', 'guangzhou-new', true],
  ])('is taken as it is by %s', async (_reason, secret, base64) => {
    const { way, take } = ingest()
    const text = `${report()} `
    expect(await take('POST', signedReport(GZ, text, secret, way.at), text, base64)).toMatchObject({ status: 200 })
    expect(way.queue).toEqual([text])
  })

  type Signed = ReturnType<typeof signedReport>
  it.each<[reason: string, status: number, headers: (at: number) => Signed, body?: string]>([
    ['is not signed', 401, () => ({})],
    ['is signed with another vantage’s secret', 401, (at) => signedReport(GZ, report(), 'hangzhou', at)],
    [
      'says in its header to be of another vantage',
      401,
      (at) => ({ ...signedReport(HZ, report(), 'hangzhou', at), 'x-fenghuo-vantage': GZ }),
    ],
    ['is of a vantage that nobody knows', 401, (at) => signedReport('aws/eu-west-1', report(), 'guangzhou-new', at)],
    ['is of a vantage named as what every object has', 401, (at) => signedReport('constructor', report(), 'x', at)],
    ['was signed six minutes ago: a replay', 401, (at) => signedReport(GZ, report(), 'guangzhou-new', at - 360_000)],
    ['was signed in the future', 401, (at) => signedReport(GZ, report(), 'guangzhou-new', at + 360_000)],
    [
      'was signed at no time',
      401,
      (at) => ({ ...signedReport(GZ, report(), 'guangzhou-new', at), 'x-fenghuo-time': '1e9' }),
    ],
    [
      'has a later time than was signed',
      401,
      (at) => ({
        ...signedReport(GZ, report(), 'guangzhou-new', at - 360_000),
        'x-fenghuo-time': String(Math.floor(at / 1_000)),
      }),
    ],
    ['has another body than was signed', 401, (at) => signedReport(GZ, report(), 'guangzhou-new', at), `${report()} `],
    [
      'says to be of vantage B and is signed by A',
      403,
      (at) => signedReport(GZ, report(HZ), 'guangzhou-new', at),
      report(HZ),
    ],
    [
      'is an alert, which a vantage may not send',
      400,
      (at) => signedReport(GZ, '{"v":1,"kind":"alerts","alerts":[]}', 'guangzhou-new', at),
      '{"v":1,"kind":"alerts","alerts":[]}',
    ],
    ['is no JSON', 400, (at) => signedReport(GZ, 'no', 'guangzhou-new', at), 'no'],
    [
      'is larger than the queue takes',
      413,
      (at) => signedReport(GZ, 'x'.repeat(1_000_001), 'guangzhou-new', at),
      'x'.repeat(1_000_001),
    ],
  ])('that %s is answered with %d', async (_reason, status, headers, body = report()) => {
    const { way, take } = ingest()
    expect(await take('POST', headers(way.at), body)).toMatchObject({ status })
    expect(way.queue).toEqual([])
  })

  it('is put off while the queue is out of reach, and while its vantage sends too many', async () => {
    const { way, take } = ingest()
    const send = () => take('POST', signedReport(GZ, report(), 'guangzhou-new', way.at), report())
    way.isDown = true
    expect(await send()).toMatchObject({ status: 503, headers: { 'retry-after': '10' } })
    way.waitS = 7
    expect(await send()).toMatchObject({ status: 429, headers: { 'retry-after': '7' } })
  })

  it('comes by POST alone', async () => {
    expect(await ingest().take('GET', {}, '')).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  })
})

/** A server that answers by `ingest`, or otherwise as long as `instead` does. Returns its address. */
async function serve(
  take: ReturnType<typeof ingest>['take'],
  instead: (response: ServerResponse) => boolean = () => false,
) {
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    if (instead(response)) return
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const { status, body } = await take(request.method ?? '', headers, Buffer.concat(chunks).toString())
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a probe that posts its reports', () => {
  const settings = (url: string, secret = 'guangzhou-new') => ({
    url,
    vantage: GZ,
    secret,
    now: Date.now,
    random: () => 0,
  })
  const soon = () => Date.now() + 5_000

  it('is heard, also at the second try', async () => {
    const { way, take } = ingest()
    const failures = [503, 429, 200]
    const url = await serve(take, (response) => {
      const status = failures.shift()
      if (status !== undefined) response.writeHead(status).end('<html>')
      return status !== undefined
    })
    await reportPost(settings(url))(report(), soon())
    expect(way.queue).toEqual([report()])
    expect(failures).toEqual([])
  })

  it('does not insist where it is refused', async () => {
    const { take } = ingest()
    const post = reportPost(settings(await serve(take), 'hangzhou'))
    await expect(post(report(), soon())).rejects.toThrow('the report was refused: HTTP 401')
  })

  it('is kept for later where it is not taken', async () => {
    const { way, take } = ingest()
    const sender = reportSender(reportPost(settings(await serve(take))), Date.now)
    way.at = Date.now() + 600_000
    await expect(sender.deliver([report()], Date.now() + 600)).rejects.toThrow('HTTP 401')
    way.at = Date.now()
    expect(await sender.deliver([], Date.now() + 600)).toBe(1)
    expect(way.queue).toEqual([report()])
  })
})
