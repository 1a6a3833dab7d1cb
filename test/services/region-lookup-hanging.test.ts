import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { wire } from '../../services/region-lookup/aws.ts'
import type { Handler } from '../../shared/clouds/aws/lambda.ts'

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 8_000 }
const asked = { Name: 'ContactFlowEvent', Details: { Parameters: { failover: 'us-east-1' } } }
/** What is left of a caller's second is for the function's own beginning and the way through Connect. */
const WITHIN_MS = 800

/** A table at a socket of its own, which takes every connection and does `answer` with what is asked there. */
async function table(answer: (socket: Socket) => void): Promise<{ url: string; connections: () => number }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', () => answer(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => sockets.size }
}

/** The function as an instance that has just begun has it. */
async function cold(url: string): Promise<Handler> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-region-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify({ language: 'en' }))
  return wire({
    ...{ FENGHUO_CONFIG: file, TABLE_NAME: 'lexDR', AWS_REGION: 'ap-southeast-1' },
    ...{ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_ENDPOINT_URL_DYNAMODB: url },
    ...{ BOTNAME: 'ABCDEFGHIJ', BOT_ALIAS: 'KLMNOPQRST', TEST_METHOD: 'put_session', TEST_USER: 'test' },
    ...{ PRIMARY_REGION: 'us-east-1', SECONDARY_REGION: 'us-west-2' },
  })
}

async function timed(lookUp: Handler): Promise<{ answer: unknown; ms: number }> {
  const from = performance.now()
  return { answer: await lookUp(asked, context), ms: performance.now() - from }
}

const found = JSON.stringify({ Item: { lexRegion: { S: 'us-west-2' } } })
const head = (length: number) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: ${length}\r\n\r\n`

it.each([
  ['never answers', () => {}],
  ['begins to answer, and hangs', (socket: Socket) => void socket.write(head(found.length))],
  [
    'answers a character now and then',
    (socket: Socket) => {
      socket.write(head(found.length))
      let sent = 0
      const drip = setInterval(() => socket.write(found[sent++] ?? ''), 100)
      socket.on('close', () => clearInterval(drip))
    },
  ],
])('a table that takes the connection and %s keeps no caller waiting', { retry: 2 }, async (_, answer) => {
  const { url, connections } = await table(answer)
  const lookUp = await cold(url)
  const first = await timed(lookUp)
  expect(first.answer).toEqual({ statusCode: '200', primaryCode: 'us-east-1', source: 'configuration' })
  expect(first.ms).toBeLessThan(WITHIN_MS)
  expect(connections()).toBe(2)
  expect((await timed(lookUp)).ms).toBeLessThan(50)
})

it('what it said before it hung is what callers are told then', { retry: 2 }, async () => {
  let isHanging = false
  const { url } = await table((socket) => void (isHanging || socket.write(head(found.length) + found)))
  const lookUp = await cold(url)
  expect(await lookUp(asked, context)).toMatchObject({ primaryCode: 'us-west-2', source: 'table' })
  isHanging = true
  await new Promise((resolve) => setTimeout(resolve, 3_050))
  const told = await timed(lookUp)
  expect(told.answer).toEqual({ statusCode: '200', primaryCode: 'us-west-2', source: 'memory' })
  expect(told.ms).toBeLessThan(WITHIN_MS)
})
