import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import type { Definition } from './definition.ts'
import { createQueues, startQueueServer } from './queues.ts'
import type { localCredentials, Queue } from './resources.ts'
import { answering, embed } from './servers.ts'
import { createTables, startTableServer } from './tables.ts'

/** Queues and tables: where they are reached, and who makes them. */
export interface Stores {
  sqsUrl: string
  dynamodbUrl: string
  sqs: SQSClient
  /** Makes what the definition has of both and is not there yet; resolves to the queues, by logical id. */
  make(definition: Pick<Definition, 'queues' | 'tables'>): Promise<Record<string, Queue>>
  stop(): Promise<void>
}

/** Starts both servers, or takes those that `env` names in their place. */
export async function startStores(
  dataDir: string,
  { env, region, credentials }: { env: Env; region: string; credentials: typeof localCredentials },
): Promise<Stores> {
  const [queueServer, tableServer] = await Promise.all([
    embed(env.AWS_ENDPOINT_URL_SQS, () =>
      startQueueServer({ dataDir: join(dataDir, 'sqs'), port: 0, region, credentials }),
    ),
    embed(env.AWS_ENDPOINT_URL_DYNAMODB, () =>
      startTableServer({ dataDir: join(dataDir, 'dynamodb'), port: 0, credentials }),
    ),
  ])
  const [sqsUrl, dynamodbUrl] = [queueServer.endpoint, tableServer.endpoint]
  const client = { region, credentials }
  const sqs = new SQSClient({ ...client, endpoint: sqsUrl, useQueueUrlAsEndpoint: false })
  const tableMaker = new DynamoDBClient({ ...client, endpoint: dynamodbUrl })
  return {
    sqsUrl,
    dynamodbUrl,
    sqs,
    async make({ queues, tables }) {
      const made = await answering('AWS_ENDPOINT_URL_SQS', sqsUrl, createQueues(sqs, queues))
      await answering('AWS_ENDPOINT_URL_DYNAMODB', dynamodbUrl, createTables(tableMaker, tables))
      return made
    },
    async stop() {
      sqs.destroy()
      tableMaker.destroy()
      await tableServer.stop()
      await queueServer.stop()
    },
  }
}
