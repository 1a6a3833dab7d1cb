import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { httpTarget } from '../targets.ts'
import { run, text } from './run.ts'

describe('redirects', () => {
  /** `/3` leads to `/2`, that to `/1`, that to `/0`, which answers. */
  const countdown = () =>
    httpTarget((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) response.end('arrived')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })

  it('are followed up to the limit', async () => {
    const url = await countdown()
    expect(await run({ http: `${url}/5`, contains: 'arrived' })).toMatchObject({ outcome: 'up' })
    expect(await run({ http: `${url}/6` })).toMatchObject({
      outcome: 'down',
      fault: fact('redirects-over', { max: 5 }),
    })
    expect(await run({ http: `${url}/6`, redirects: 6 })).toMatchObject({ outcome: 'up' })
  })

  it('are the answer when none may be followed, or when their status is expected', async () => {
    const url = await countdown()
    expect(await run({ http: `${url}/1`, redirects: 0 })).toMatchObject({
      outcome: 'down',
      fault: fact('http-status', { status: 302, expected: [[200, 299]] }),
    })
    expect(await run({ http: `${url}/1`, status: [200, 302], contains: 'arrived' })).toMatchObject({ outcome: 'down' })
    expect(await run({ http: `${url}/1`, status: 302 })).toMatchObject({ outcome: 'up' })
  })

  it('may lead to a path in UTF-8', async () => {
    const url = await httpTarget((request, response) => {
      if (request.url === `/${encodeURIComponent('健康')}`) response.end()
      else response.writeHead(301, { location: Buffer.from('/健康').toString('latin1') }).end()
    })
    expect(await run({ http: url })).toMatchObject({ outcome: 'up' })
  })

  const methods: [status: number, method: string, next: string, body: string][] = [
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'hello'],
    [308, 'PUT', 'PUT', 'hello'],
  ]
  it.each(methods)('%i turns %s into %s', async (status, method, next, body) => {
    let got: unknown
    const url = await httpTarget(async (request, response) => {
      if (request.url === '/') return void response.writeHead(status, { location: '/next' }).end()
      got = [request.method, await text(request), request.headers['content-type']]
      response.end()
    })
    await run({ http: url, method, body: 'hello', headers: { 'Content-Type': 'text/plain' } })
    expect(got).toEqual([next, body, next === 'GET' ? undefined : 'text/plain'])
  })

  it('take no secret and no credentials to another origin', async () => {
    let got: Record<string, unknown> = {}
    const other = await httpTarget((request, response) => {
      got = request.headers
      response.end()
    })
    const url = await httpTarget((_request, response) => void response.writeHead(302, { location: other }).end())
    const headers = {
      Authorization: 'Basic abc',
      Cookie: 'a=b',
      'X-Key': `\${KEY}`,
      'X-Plain': 'yes',
      Host: 'pay.example',
    }
    expect(await run({ http: url, headers }, { KEY: 's3cret' })).toMatchObject({ outcome: 'up' })
    const host = other.slice('http://'.length)
    expect(got).toEqual({ 'user-agent': 'fenghuo', accept: '*/*', 'x-plain': 'yes', host, connection: 'close' })
  })

  it('keep them on the same origin', async () => {
    let got: unknown
    const url = await httpTarget((request, response) => {
      if (request.url === '/') return void response.writeHead(302, { location: '/in' }).end()
      got = request.headers['x-key']
      response.end()
    })
    await run({ http: url, headers: { 'X-Key': `\${KEY}` } }, { KEY: 's3cret' })
    expect(got).toBe('s3cret')
  })

  it('do not take a secret body to another origin', async () => {
    const other = await httpTarget(() => expect.unreachable('the other origin was asked'))
    const url = await httpTarget((_request, response) => void response.writeHead(307, { location: other }).end())
    const seen = await run({ http: url, method: 'POST', body: `\${KEY}` }, { KEY: 's3cret' })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('redirect-of-secret') })
  })
})
