import { describe, expect, it } from 'vitest'
import { httpTarget } from '../targets.ts'
import { run, text } from './run.ts'

describe('a request', () => {
  it('is a GET with few headers, over a connection of its own', async () => {
    const ports = new Set<number | undefined>()
    const seen: unknown[] = []
    const url = await httpTarget((request, response) => {
      ports.add(request.socket.remotePort)
      seen.push([request.method, request.url, request.rawHeaders])
      response.end('fine')
    })
    expect(await run({ http: `${url}/healthz?deep=1#top` })).toMatchObject({ outcome: 'up' })
    await run({ http: `${url}/healthz?deep=1` })
    expect(ports.size).toBe(2)
    const host = url.slice('http://'.length)
    const headers = ['user-agent', 'fenghuo', 'accept', '*/*', 'host', host, 'Connection', 'close']
    expect(seen).toEqual([
      ['GET', '/healthz?deep=1', headers],
      ['GET', '/healthz?deep=1', headers],
    ])
  })

  it('has the method, headers and body of the configuration, with values of the environment', async () => {
    let got: unknown
    const url = await httpTarget(async (request, response) => {
      const { authorization, 'content-type': type, host } = request.headers
      got = { method: request.method, url: request.url, authorization, type, host, body: await text(request) }
      response.end()
    })
    const keys = {
      http: `${url}/\${ROUTE}`,
      method: 'POST',
      headers: { Authorization: `Bearer \${TOKEN}`, 'Content-Type': 'application/json', Host: 'pay.example.com' },
      body: `{"key":"\${TOKEN}","who":"烽火"}`,
    }
    expect(await run(keys, { TOKEN: 's3cret', ROUTE: 'pay' })).toMatchObject({ outcome: 'up' })
    expect(got).toEqual({
      method: 'POST',
      url: '/pay',
      authorization: 'Bearer s3cret',
      type: 'application/json',
      host: 'pay.example.com',
      body: '{"key":"s3cret","who":"烽火"}',
    })
  })

  it('turns a user and password in the URL into basic authentication', async () => {
    let got: string | undefined
    const url = await httpTarget((request, response) => {
      got = request.headers.authorization
      response.end()
    })
    await run({ http: url.replace('//', '//probe:p%40ss@') })
    expect(got).toBe(`Basic ${Buffer.from('probe:p@ss').toString('base64')}`)
  })

  it.each(['HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH'])('can be %s', async (method) => {
    let got: string | undefined
    const url = await httpTarget((request, response) => {
      got = request.method
      response.writeHead(204).end()
    })
    expect(await run({ http: url, method })).toMatchObject({ outcome: 'up' })
    expect(got).toBe(method)
  })
})
