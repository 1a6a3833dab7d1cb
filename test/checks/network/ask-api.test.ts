import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { ask, openLines } from '../../../shared/checks/network/ask-api.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { httpsTarget, httpTarget } from '../targets.ts'

async function asking(url: string, method: 'GET' | 'POST' = 'GET') {
  const lines = openLines()
  onTestFinished(() => lines.hangUp())
  return ask({ url: new URL(url), method, headers: {} }, lines, new AbortController().signal)
}

it('reads a compressed answer', async () => {
  const url = await httpTarget((request, response) => {
    expect(request.headers).toMatchObject({ 'accept-encoding': 'gzip', 'user-agent': 'fenghuo' })
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'))
  })
  expect(await asking(url)).toMatchObject({ status: 200, text: '{"a":1}' })
})

it('reads an answer in its own charset', async () => {
  const url = await httpTarget((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=GBK' }).end(Buffer.from('b5e7d0c5', 'hex')),
  )
  expect((await asking(url)).text).toBe('电信')
})

it('reads UTF-8 where the charset is none', async () => {
  const url = await httpTarget((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=martian' }).end('电信'),
  )
  expect((await asking(url)).text).toBe('电信')
})

it.each([
  ['too long', { body: Buffer.alloc(1_048_577) }, fact('api-answer-over-limit')],
  ['a bomb', { encoding: 'gzip', body: gzipSync(Buffer.alloc(5_000_000)) }, fact('api-answer-damaged')],
  ['damaged', { encoding: 'gzip', body: Buffer.from('plain') }, fact('api-answer-damaged')],
  ['compressed otherwise', { encoding: 'br', body: Buffer.from('x') }, fact('api-answer-encoding', { encoding: 'br' })],
  ['cut short', { length: '10', body: Buffer.from('x') }, fact('api-answer-cut-short')],
])('an answer that is %s is an unknown fault', async (_reason, { body, ...headers }, fault) => {
  const named = { encoding: 'content-encoding', length: 'content-length' }
  const url = await httpTarget((_request, response) => {
    for (const [key, value] of Object.entries(headers))
      response.setHeader(named[key as keyof typeof named], value ?? '')
    response.write(body)
    setTimeout(() => response.destroy(), 50)
    if (!('length' in headers)) response.end()
  })
  await expect(asking(url)).rejects.toMatchObject({ fault, outcome: 'unknown' })
})

it('a vendor whose certificate is not trusted is not told anything', async () => {
  let heard = 0
  const url = await httpsTarget('self-signed', (_request, response) => {
    heard++
    response.end()
  })
  await expect(asking(url, 'POST')).rejects.toMatchObject({ fault: { code: 'api-not-reached' } })
  expect(heard).toBe(0)
})
