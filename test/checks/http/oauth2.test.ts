import type { IncomingMessage } from 'node:http'
import { beforeAll, describe, expect, it } from 'vitest'
import { httpConfig } from '../../../shared/checks/http/config.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { Fact } from '../../../shared/contracts/fact.ts'
import { dnsTarget } from '../dns/target.ts'
import { seenBy, someIo } from '../records.ts'
import {
  chainPem,
  closedTarget,
  httpsTarget,
  httpTarget,
  rawTarget,
  shows,
  showsChain,
  trustTargets,
} from '../targets.ts'

const SECRET = { CLIENT_SECRET: 's3 cret/&' }

/** Somebody who gives tokens, one after the other, and notes what was asked. */
async function tokenService(answer: object = { token_type: 'Bearer', expires_in: 3600 }, status = 200) {
  const asked: { authorization?: string | undefined; body: string }[] = []
  const tokenUrl = await httpTarget(async (request, response) => {
    asked.push({ authorization: request.headers.authorization, body: await textOf(request) })
    response.writeHead(status).end(JSON.stringify({ access_token: `t${asked.length}`, ...answer }))
  })
  return { asked, tokenUrl }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}

/** An API that takes what `takes` says. */
async function api(takes: (token: string | undefined) => boolean) {
  const seen: (string | undefined)[] = []
  const url = await httpTarget((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(takes(request.headers.authorization?.replace('Bearer ', '')) ? 200 : 401).end()
  })
  return { seen, url }
}

const keysFor = (http: string, tokenUrl: string, more: object = {}) => ({
  http,
  oauth2: { tokenUrl, clientId: 'fenghuo', clientSecret: `\${CLIENT_SECRET}`, ...more },
})

beforeAll(trustTargets)

describe('a token by client credentials', () => {
  it('is asked for as RFC 6749 has it, sent as a bearer, and kept until it ends', async () => {
    const { asked, tokenUrl } = await tokenService()
    const { seen, url } = await api(() => true)
    const at = (ms: number) => ({ ...someIo(SECRET), now: () => Date.parse('2026-11-28T00:00:00Z') + ms })
    const keys = keysFor(url, tokenUrl, { scope: 'orders:read', audience: 'api' })
    expect(await seenBy(keys, at(0))).toMatchObject({ outcome: 'up' })
    expect(await seenBy(keys, at(3_500_000))).toMatchObject({ outcome: 'up' })
    expect(await seenBy(keys, at(3_580_000))).toMatchObject({ outcome: 'up' })
    expect(seen).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2'])
    const basic = Buffer.from('fenghuo:s3+cret%2F%26').toString('base64')
    const body = 'grant_type=client_credentials&scope=orders%3Aread&audience=api'
    expect(asked).toEqual([
      { authorization: `Basic ${basic}`, body },
      { authorization: `Basic ${basic}`, body },
    ])
  })

  it('is asked for at a name that the resolver knows, also where the target is an address', async () => {
    const { tokenUrl } = await tokenService()
    const { seen, url } = await api(() => true)
    const resolver = await dnsTarget({ 'A login.example': [Buffer.from([127, 0, 0, 1])] })
    const named = tokenUrl.replace('127.0.0.1', 'login.example')
    const keys = { ...keysFor(url, named), redirects: 0 }
    expect(await seenBy({ ...keys, resolver }, someIo(SECRET))).toMatchObject({ outcome: 'up' })
    expect(seen).toEqual(['Bearer t1'])
    const unknown = fact('dns-failed', { why: 'no-such-host' })
    const elsewhere = { ...keysFor(url, named.replace('login', 'gone')), redirects: 0, resolver }
    expect(await seenBy(elsewhere, someIo(SECRET))).toMatchObject({
      outcome: 'unknown',
      fault: fact('no-token', { why: unknown }),
    })
  })

  it('may be asked for in the body', async () => {
    const { asked, tokenUrl } = await tokenService()
    const { url } = await api(() => true)
    expect(await seenBy(keysFor(url, tokenUrl, { credentialsIn: 'body' }), someIo(SECRET))).toMatchObject({
      outcome: 'up',
    })
    expect(asked).toEqual([{ body: 'grant_type=client_credentials&client_id=fenghuo&client_secret=s3+cret%2F%26' }])
  })

  it('is asked for anew, once, when one that was kept is refused', async () => {
    const { asked, tokenUrl } = await tokenService()
    let valid = 't1'
    const { url } = await api((token) => token === valid)
    const keys = keysFor(url, tokenUrl)
    expect(await seenBy(keys, someIo(SECRET))).toMatchObject({ outcome: 'up' })
    valid = 't2'
    expect(await seenBy(keys, someIo(SECRET))).toMatchObject({ outcome: 'up' })
    valid = 'none'
    const seen = await seenBy(keys, someIo(SECRET))
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('http-status', { status: 401 }) })
    expect(asked).toHaveLength(3)
  })

  it('is not kept when nobody says how long it holds, and goes to no other origin', async () => {
    const { asked, tokenUrl } = await tokenService({})
    const other = await api(() => true)
    const url = await httpTarget((_, response) => void response.writeHead(302, { location: other.url }).end())
    const keys = keysFor(url, tokenUrl)
    await seenBy(keys, someIo(SECRET))
    await seenBy(keys, someIo(SECRET))
    expect(asked).toHaveLength(2)
    expect(other.seen).toEqual([undefined, undefined])
  })

  it('that looks like a reference to the environment stays as it is', async () => {
    const { tokenUrl } = await tokenService({ access_token: `\${CLIENT_SECRET}` })
    const { seen, url } = await api(() => true)
    await seenBy(keysFor(url, tokenUrl), someIo(SECRET))
    expect(seen).toEqual([`Bearer \${CLIENT_SECRET}`])
  })

  it('may come in an answer that is malformed, which is no matter of the target', async () => {
    const answer = '{"access_token":"t1"}'
    const tokenUrl = await rawTarget(
      (socket) => void socket.end(`HTTP/1.1 200 OK\nContent-Length: ${answer.length}\n\n${answer}`),
    )
    const { url } = await api(() => true)
    const seen = await seenBy({ ...keysFor(url, tokenUrl), strict: true }, someIo(SECRET))
    expect([seen.outcome, seen.fault]).toEqual(['up', undefined])
  })

  it('is asked of nobody whose certificate does not hold, though that of the target need not', async () => {
    const { url } = await api(() => true)
    const tokenUrl = await httpsTarget('self-signed', () => expect.unreachable('the secret went out'))
    const keys = { ...keysFor(url, tokenUrl), insecure: true, ca: chainPem('root') }
    const seen = await seenBy(keys, someIo(SECRET))
    const why = fact('certificate-untrusted', { why: 'self-signed' })
    expect([seen.outcome, seen.fault]).toEqual(['unknown', fact('no-token', { why })])
  })

  it.each([
    ['the authority that is named for the target', showsChain()],
    ['a public one', shows('good')],
  ])('is asked of a service whose certificate is by %s', async (_by, shown) => {
    const url = await httpsTarget(showsChain(), (request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer t1' ? 200 : 401).end()
    })
    const tokenUrl = await httpsTarget(shown, (_, response) => void response.end('{"access_token":"t1"}'))
    const seen = await seenBy({ ...keysFor(url, tokenUrl), ca: chainPem('root') }, someIo(SECRET), 4_000)
    expect([seen.outcome, seen.fault]).toEqual(['up', undefined])
  })

  const bad: [reason: string, service: () => Promise<string>, fault: Fact][] = [
    [
      'a client that is not known',
      async () => (await tokenService({ error: 'invalid_client' }, 401)).tokenUrl,
      fact('token-refused', { status: 401, error: 'invalid_client' }),
    ],
    [
      'a service in trouble',
      async () => (await tokenService({}, 503)).tokenUrl,
      fact('token-refused', { status: 503 }),
    ],
    ['no token', async () => (await tokenService({ access_token: 7 })).tokenUrl, fact('token-unreadable')],
    [
      'a token that no header can carry',
      async () => (await tokenService({ access_token: 'a\r\nb' })).tokenUrl,
      fact('token-unreadable'),
    ],
    [
      'another kind of token',
      async () => (await tokenService({ token_type: 'DPoP' })).tokenUrl,
      fact('token-unreadable'),
    ],
    ['a page', () => httpTarget((_, response) => void response.end('<html>')), fact('token-unreadable')],
    ['nobody', closedTarget, fact('no-token', { why: fact('connection-refused') })],
    ['silence', () => rawTarget(() => {}), fact('no-token', { why: fact('timeout', { limitMs: 500 }) })],
  ]
  it.each(bad)('%s: nothing is known of the target', async (_reason, service, fault) => {
    const url = await httpTarget(() => expect.unreachable('the target was asked'))
    const timeoutMs = JSON.stringify(fault).includes('timeout') ? 1_000 : 4_000
    const seen = await seenBy(keysFor(url, await service()), someIo(SECRET), timeoutMs)
    expect([seen.outcome, seen.fault]).toEqual(['unknown', fault])
  })
})

describe('keys', () => {
  it('take no other credentials beside it, and name both hosts', () => {
    const keys = keysFor('https://api.example.com', 'https://login.example.com/token')
    expect(httpConfig.hosts?.(httpConfig.schema.parse(keys))).toEqual(['api.example.com', 'login.example.com'])
    expect(httpConfig.modules?.(httpConfig.schema.parse(keys))).toContain('oauth2')
    const [issue] = httpConfig.schema.safeParse({ ...keys, bearer: `\${TOKEN}` }).error?.issues ?? []
    expect(issue?.path).toEqual(['oauth2'])
  })

  it('may name an authority for the token alone', () => {
    const keys = { ...keysFor('http://api.internal', 'https://login.internal/token'), ca: 'ca.pem', redirects: 0 }
    expect(httpConfig.schema.safeParse(keys).success).toBe(true)
  })
})
