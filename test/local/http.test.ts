import { type IncomingHttpHeaders, request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { startDemo } from '../../local/demo.ts'
import { serveFunctionUrl } from '../../local/function-url.ts'
import { json, readJson, refuseForeign, type Served, serveLocally } from '../../local/http.ts'
import type { LocalFunction } from '../../local/invoke.ts'

const servers: Served[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function serve(answer: Parameters<typeof serveLocally>[1]): Promise<Served> {
  const served = await serveLocally(0, answer)
  servers.push(served)
  return served
}

interface Sent {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
}

/** Unlike fetch, this sends any Host and Origin. */
function send(served: Served, { method = 'GET', path = '/', headers = {}, body = '' }: Sent) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((done, failed) => {
    const outgoing = request({ host: '127.0.0.1', port: served.port, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}

describe('who is served', () => {
  it.each([
    { host: '127.0.0.1:4700', status: 200, reason: 'the address itself' },
    { host: 'localhost:4700', status: 200, reason: 'its name' },
    { host: 'LOCALHOST', status: 200, reason: 'its name in capitals, on the usual port' },
    { host: '[::1]:8080', status: 200, reason: 'through a tunnel on another port' },
    { host: 'evil.example:4700', status: 421, reason: 'a name that was pointed at this machine' },
    { host: '127.0.0.1.evil.example', status: 421, reason: 'a name that begins like the address' },
    { host: 'localhost.evil.example:4700', status: 421, reason: 'a name that begins like ours' },
    { host: '192.168.1.7:4700', status: 421, reason: 'an address of the network' },
  ])('$host: $status, $reason', async ({ host, status }) => {
    const served = await serve(async (_, response) => json(response, 200, { ok: true }))
    expect((await send(served, { headers: { host } })).status).toBe(status)
  })

  it.each([
    { origin: undefined, status: 200, reason: 'a program' },
    { origin: 'http://localhost:4700', status: 200, reason: 'the page itself' },
    { origin: 'http://localhost:3000', status: 403, reason: 'a page of another local program' },
    { origin: 'https://evil.example', status: 403, reason: 'a page of the internet' },
    { origin: 'null', status: 403, reason: 'a page that hides where it is from' },
  ])('a change asked for by $origin: $status, $reason', async ({ origin, status }) => {
    const served = await serve(async (incoming, response) => {
      refuseForeign(incoming)
      json(response, 200, {})
    })
    const headers = { host: 'localhost:4700', ...(origin && { origin }) }
    expect((await send(served, { method: 'POST', headers })).status).toBe(status)
  })

  it('rejects when the port is taken', async () => {
    const { port } = await serve(async () => undefined)
    await expect(serveLocally(port, async () => undefined)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('says what is wrong with a body', async () => {
    const served = await serve(async (incoming, response) => json(response, 200, await readJson(incoming)))
    expect(await send(served, { method: 'POST', body: '{"a":' })).toMatchObject({
      status: 400,
      text: '{"error":"the body is not JSON"}',
    })
  })
})

describe('a function URL', () => {
  async function behind(answer: unknown, sent: Sent) {
    const events: unknown[] = []
    const target: LocalFunction = {
      name: 'acknowledge',
      async invoke(event) {
        events.push(event)
        if (answer instanceof Error) throw answer
        return answer
      },
      close: async () => undefined,
    }
    const served = await serve((incoming, response) => serveFunctionUrl(target, incoming, response, 1_790_000_000_000))
    return { answer: await send(served, sent), event: events[0] as Record<string, unknown> }
  }

  it('hands over what Lambda hands over, a form in base64', async () => {
    const { event } = await behind(
      { statusCode: 200 },
      {
        method: 'POST',
        path: '/ack?t=a.b&who=%E6%9E%97&who=x',
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'a=1; b=2', 'user-agent': 'test' },
        body: 'as=lin',
      },
    )
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/ack',
      rawQueryString: 't=a.b&who=%E6%9E%97&who=x',
      queryStringParameters: { t: 'a.b', who: '林,x' },
      cookies: ['a=1', 'b=2'],
      requestContext: { http: { method: 'POST', path: '/ack', sourceIp: '127.0.0.1', userAgent: 'test' } },
      body: Buffer.from('as=lin').toString('base64'),
      isBase64Encoded: true,
    })
    expect(event.headers).not.toHaveProperty('cookie')
  })

  it('hands over JSON as it is, and no body when there is none', async () => {
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    expect((await behind({}, json)).event).toMatchObject({ body: '{}', isBase64Encoded: false })
    expect((await behind({}, {})).event).not.toHaveProperty('body')
  })

  it.each([
    {
      reason: 'status, headers and cookies',
      given: { statusCode: 201, headers: { 'content-type': 'text/html' }, cookies: ['s=1'], body: '<p>' },
      expected: { status: 201, text: '<p>', headers: { 'content-type': 'text/html', 'set-cookie': ['s=1'] } },
    },
    {
      reason: 'base64',
      given: { statusCode: 200, body: 'aGk=', isBase64Encoded: true },
      expected: { status: 200, text: 'hi' },
    },
    {
      reason: 'no statusCode: JSON',
      given: { ok: true },
      expected: { status: 200, text: '{"ok":true}', headers: { 'content-type': 'application/json' } },
    },
    { reason: 'a function that failed', given: new Error('secret detail'), expected: { status: 502 } },
  ])('answers with $reason', async ({ given, expected }) => {
    const { answer } = await behind(given, {})
    expect(answer).toMatchObject(expected)
    expect(answer.text).not.toContain('secret')
  })
})

describe('the demo service', () => {
  it('is well until it is broken, and again when it is mended', async () => {
    const demo = await startDemo()
    servers.push(demo)
    const statuses: number[] = []
    for (const broken of [false, true, false]) {
      demo.broken = broken
      statuses.push((await fetch(`${demo.url}/healthz`)).status)
    }
    expect(statuses).toEqual([200, 503, 200])
  })
})
