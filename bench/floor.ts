import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { pollQueue } from '../local/pollers.ts'
import { createQueues } from '../local/queues.ts'
import type { Queue } from '../local/resources.ts'
import { createTables } from '../local/tables.ts'
import { sqsClient } from '../shared/clouds/aws/clients.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import { credentialsOf } from '../shared/clouds/aws/sigv4.ts'

/** What no path of two stages can be faster than. */
export interface Floor {
  /** Once through: a message, a consistent read and a conditional write, a second message, a conditional write. Gives ms. */
  pass(): Promise<number>
  stop(): Promise<void>
}

const table = {
  name: 'floor',
  keys: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
  attributes: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
  indexes: [],
}
const queueSettings = { visibilitySeconds: 40, retentionSeconds: 3600 }

/** The floor on the same queue and table servers, with the same clients, received in the same way as the path's messages. */
export async function startFloor(env: Env): Promise<Floor> {
  const sqs = sqsClient(env)
  const dynamodb = new DynamoDBClient({
    region: env.AWS_REGION ?? '',
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    credentials: credentialsOf(env),
    cacheMiddleware: true,
  })
  const queues = await createQueues(sqs, {
    first: { name: 'floor-first', ...queueSettings },
    second: { name: 'floor-second', ...queueSettings },
  })
  await createTables(dynamodb, { floor: table })
  const { first, second } = queues
  if (first === undefined || second === undefined) throw new Error('the queues of the floor were not made')

  let count = 0
  let passed: (at: number) => void = () => {}
  const send = (queue: Queue, MessageBody: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody }))

  const read = (id: string) =>
    dynamodb.send(new GetItemCommand({ TableName: table.name, Key: { pk: { S: id } }, ConsistentRead: true }))
  const write = (id: string, version: number) =>
    dynamodb.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { pk: { S: id }, version: { N: String(version) } },
        ...(version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :before',
              ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
            }),
      }),
    )

  const poll = (queue: Queue, handle: (id: string) => Promise<unknown>) =>
    pollQueue({
      sqs,
      queue,
      region: env.AWS_REGION ?? '',
      batchSize: 10,
      partialFailures: false,
      invoke: async (event) => {
        const { Records } = event as { Records: { body: string }[] }
        await Promise.all(Records.map(({ body }) => handle(body)))
      },
      onError: (error) => {
        throw error
      },
    })
  const pollers = [
    poll(first, async (id) => {
      await read(id)
      await write(id, 1)
      await send(second, id)
    }),
    poll(second, async (id) => {
      await write(id, 2)
      passed(performance.now())
    }),
  ]

  return {
    async pass() {
      count += 1
      const done = new Promise<number>((resolve) => {
        passed = resolve
      })
      const start = performance.now()
      await send(first, String(count))
      return (await done) - start
    },
    async stop() {
      await Promise.all(pollers.map((poller) => poller.stop()))
      sqs.destroy()
      dynamodb.destroy()
    },
  }
}
