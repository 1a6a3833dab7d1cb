import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dynamoDb } from '../../../shared/clouds/aws/dynamodb.ts'
import { isConflict } from '../../../shared/clouds/aws/dynamodb-actions.ts'
import { serviceAddress } from '../../../shared/clouds/aws/service-address.ts'
import { signatureFault } from '../../simulators/connect/signature.ts'
import type { Failure } from '../../simulators/failures.ts'
import { startVendorServer, type Vendor, type VendorServer } from '../../simulators/server.ts'

const keys = { accessKeyId: 'AKIA', secretAccessKey: 'secret', region: 'ap-southeast-1', service: 'dynamodb' }
const env = {
  AWS_REGION: keys.region,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
}
const question = { TableName: 't', Key: { pk: { S: '收银台 🔥' } }, ConsistentRead: true } as const
const item = { pk: { S: '收银台 🔥' }, version: { N: '3' } }
const patience = { connectMs: 200, tryMs: 300, tries: 3 }

/** One item, for whoever signs. `isWritten` is refused, as by a condition that does not hold. */
const vendor: Vendor = {
  answer(request) {
    const fault = signatureFault(request, keys, Date.now())
    if (fault) return refusal(400, fault.type, fault.message)
    if (request.headers['x-amz-target'] === 'DynamoDB_20120810.PutItem')
      return refusal(400, 'ConditionalCheckFailedException', 'The conditional request failed')
    expect(JSON.parse(request.body.toString())).toEqual(question)
    return { status: 200, body: { Item: item } }
  },
  refuse: (failure) =>
    failure.kind === 'rate-limit'
      ? refusal(400, 'ProvisionedThroughputExceededException', 'slow down')
      : refusal(400, String(failure.code), failure.message ?? 'no'),
}

function refusal(status: number, type: string, message: string) {
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message } }
}

let server: VendorServer
beforeEach(async () => {
  server = await startVendorServer(vendor)
})
afterEach(() => server.close())

const client = (options: Parameters<typeof dynamoDb>[1] = {}) =>
  dynamoDb({ ...env, AWS_ENDPOINT_URL_DYNAMODB: server.url }, { patience, random: () => 0, ...options })

it('asks one signed question, and gives what is answered', async () => {
  expect(await client()('GetItem', question)).toEqual({ Item: item })
  expect(server.requests).toHaveLength(1)
})

it.each<[string, Failure]>([
  ['hangs', { kind: 'timeout' }],
  ['breaks off', { kind: 'reset' }],
  ['meets an error of theirs', { kind: 'http', status: 500 }],
  ['is throttled', { kind: 'rate-limit' }],
  ['is one too many', { kind: 'error', code: 'RequestLimitExceeded' }],
  ['is one too many for a queue', { kind: 'error', code: 'OverLimit' }],
  ['is answered by something in between', { kind: 'garbage' }],
  ['is answered with JSON that is no object', { kind: 'garbage', body: '"maintenance"' }],
])('a request that %s is made again, and never taken for "there is none"', async (_, failure) => {
  server.fail(failure, failure)

  expect(await client()('GetItem', question)).toEqual({ Item: item })
  expect(server.requests).toHaveLength(3)
})

it.each<[string, Failure, RegExp]>([
  ['is silent', { kind: 'timeout' }, /^GetItem at 127.0.0.1:\d+: no answer in time \(tries: 3\)$/],
  ['breaks off', { kind: 'reset' }, /^GetItem at 127.0.0.1:\d+: ECONNRESET \(tries: 3\)$/],
  ['has errors of its own', { kind: 'http', status: 503 }, /^GetItem: /],
  ['throttles', { kind: 'rate-limit' }, /^GetItem: slow down$/],
  ['is hidden by a proxy', { kind: 'garbage' }, /^GetItem: the answer is no JSON$/],
])('who %s for good is given up after three tries, with the reason', async (_, failure, reason) => {
  server.fail(failure, failure, failure, failure)

  await expect(client()('GetItem', question)).rejects.toThrow(reason)
  expect(server.failuresLeft).toBe(1)
})

it.each([
  ['ResourceNotFoundException', 'Requested resource not found'],
  ['ValidationException', 'One or more parameter values were invalid'],
  ['AccessDeniedException', 'User is not authorized to perform: dynamodb:GetItem'],
])('%s is told at once, by its name', async (code, message) => {
  server.fail({ kind: 'error', code, message })

  await expect(client()('GetItem', question)).rejects.toMatchObject({ name: code, message: `GetItem: ${message}` })
  expect(server.requests).toHaveLength(1)
})

it('a condition that does not hold is a conflict, and nothing else is', async () => {
  const refused = await client()('PutItem', { TableName: 't', Item: item }).catch((error: unknown) => error)
  server.fail({ kind: 'error', code: 'ValidationException' })
  const invalid = await client()('GetItem', question).catch((error: unknown) => error)

  expect([refused, invalid].map(isConflict)).toEqual([true, false])
})

it.each([-1, 1])('a clock that is an hour off (%i) is put right by theirs, once for all', async (hours) => {
  const dynamodb = client({ now: () => Date.now() + hours * 3_600_000 })

  expect(await dynamodb('GetItem', question)).toEqual({ Item: item })
  expect(await dynamodb('GetItem', question)).toEqual({ Item: item })
  expect(server.requests).toHaveLength(3)
})

it('a wrong key is no clock: it is told at once', async () => {
  const credentials = () => ({ accessKeyId: keys.accessKeyId, secretAccessKey: 'other' })

  await expect(client({ credentials })('GetItem', question)).rejects.toThrow(/signature we calculated does not match/)
  expect(server.requests).toHaveLength(1)
})

it('credentials that run out are asked for again, and without any nothing is asked', async () => {
  let asked = 0
  const credentials = async () => {
    asked++
    if (asked > 2) throw new Error('sign in first')
    return { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey }
  }
  const dynamodb = client({ credentials })
  await dynamodb('GetItem', question)
  await dynamodb('GetItem', question)

  await expect(dynamodb('GetItem', question)).rejects.toThrow('sign in first')
  expect([asked, server.requests.length]).toEqual([3, 2])
})

it('a connection is kept, and one that the other side has closed meanwhile costs no try', async () => {
  const answers = 'HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 2\r\n\r\n{}'
  let connections = 0
  const closing = createServer((socket) => {
    connections++
    let requests = 0
    socket.on('error', () => {})
    socket.on('data', (data) => {
      if (!data.toString().includes('POST')) return
      requests++
      // The third request on the first connection meets its end.
      if (connections === 1 && requests === 3) socket.resetAndDestroy()
      else socket.write(answers)
    })
  })
  await new Promise<void>((done) => closing.listen(0, '127.0.0.1', done))
  const { port } = closing.address() as { port: number }
  const dynamodb = dynamoDb(
    { ...env, AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}` },
    { patience: { ...patience, tries: 1 } },
  )
  for (let requests = 0; requests < 3; requests++) expect(await dynamodb('GetItem', question)).toEqual({})

  expect(connections).toBe(2)
  closing.close()
})

it.each([
  ['ap-southeast-1', 'https://dynamodb.ap-southeast-1.amazonaws.com'],
  ['cn-north-1', 'https://dynamodb.cn-north-1.amazonaws.com.cn'],
])('in %s it asks %s', (region, address) => {
  expect(serviceAddress('dynamodb', region)).toBe(address)
})

it('without a region it says so', () => {
  expect(() => dynamoDb({})).toThrow('AWS_REGION is not set')
})
