import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { postText } from '../../../shared/clouds/aws/json-call.ts'

it('an answer that breaks off on a kept connection is told, and the call is not made again behind that', async () => {
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    request.resume()
    if (requests === 1) return response.end('{}')
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"a":', () => setTimeout(() => request.socket.resetAndDestroy(), 20))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const post = () => postText(url, {}, '{}', { limitMs: 1_000, answerLimitBytes: 1_000, keepsConnection: true })

  expect(await post()).toMatchObject({ status: 200, isJson: true })
  await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET' })
  await wait(50)
  expect(requests).toBe(2)
  server.close()
})
