import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { afterEach, expect, it } from 'vitest'
import { sqsClient } from '../../../shared/clouds/aws/clients.ts'
import { dynamoDb } from '../../../shared/clouds/aws/dynamodb.ts'
import { LITTLE_PATIENCE, PATIENCE, type Patience } from '../../../shared/clouds/aws/patience.ts'

const closes: (() => void)[] = []
afterEach(() => {
  for (const close of closes.splice(0)) close()
})

/** A service that never answers its first requests, and then does. */
async function hanging(requests: number): Promise<{ url: string; asked: () => number }> {
  let asked = 0
  const server = createServer((request, response) => {
    request.resume()
    asked += 1
    if (asked > requests) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closes.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
}

const impatient: Patience = { connectMs: 1_000, tryMs: 150, tries: 3 }
const env = { AWS_REGION: 'ap-southeast-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' }

const clients = {
  DynamoDB: (url: string) => {
    const dynamodb = dynamoDb({ ...env, AWS_ENDPOINT_URL_DYNAMODB: url }, { patience: impatient })
    return dynamodb('GetItem', { TableName: 't', Key: { pk: { S: 'a' } } })
  },
  SQS: (url: string) => {
    const client = sqsClient({ ...env, AWS_ENDPOINT_URL_SQS: url }, impatient)
    closes.push(() => client.destroy())
    return client.send(new GetQueueAttributesCommand({ QueueUrl: `${url}/0/q` }))
  },
}

it.each(Object.entries(clients))('a request to %s that hangs is lost, and made once more', async (_, ask) => {
  const service = await hanging(1)
  await ask(service.url)

  expect(service.asked()).toBe(2)
})

it.each(Object.entries(clients))('%s that never answers is given up', async (_, ask) => {
  const service = await hanging(Number.POSITIVE_INFINITY)

  await expect(ask(service.url)).rejects.toThrow(/timeout|timed out|no answer in time/i)
  expect(service.asked()).toBe(3)
})

it('a service that takes no connection is given up after a second, so that the next try begins early', async () => {
  const { url } = await hanging(0)
  const client = sqsClient({ ...env, AWS_ENDPOINT_URL_SQS: url })
  closes.push(() => client.destroy())
  await client.send(new GetQueueAttributesCommand({ QueueUrl: `${url}/0/q` }))
  const handler = client.config.requestHandler as unknown as { httpHandlerConfigs(): object }

  expect(handler.httpHandlerConfigs()).toMatchObject({ connectionTimeout: 1_000, requestTimeout: 2_000 })
})

/** A client connects and asks that often, and pauses between: the SDK's longest pauses are 100 ms, then 200 ms. */
const longestMs = ({ tryMs, tries }: Patience) => tries * tryMs + 300

it.each([
  {
    fn: 'acknowledge, which has 8 s, of which 3.5 s are for saying that it failed',
    patience: LITTLE_PATIENCE,
    ms: 3_500,
  },
  { fn: 'page, which has 15 s', patience: PATIENCE, ms: 7_500 },
])('one request takes no more than its part of $fn', ({ patience, ms }) => {
  expect(longestMs(patience)).toBeLessThan(ms)
})
