import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import type { Definition } from './definition.ts'
import type { Keep } from './kept.ts'
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
}

/** Starts both servers, or takes those that `env` names in their place; what has started is kept, whatever comes after it. */
export async function startStores(
  dataDir: string,
  { env, region, credentials, keep }: { env: Env; region: string; credentials: typeof localCredentials; keep: Keep },
): Promise<Stores> {
  const queueServer = keep(
    await embed(env.AWS_ENDPOINT_URL_SQS, () =>
      startQueueServer({ dataDir: join(dataDir, 'sqs'), port: 0, region, credentials }),
    ),
  )
  const tableServer = keep(
    await embed(env.AWS_ENDPOINT_URL_DYNAMODB, () =>
      startTableServer({ dataDir: join(dataDir, 'dynamodb'), port: 0, credentials }),
    ),
  )
  const [sqsUrl, dynamodbUrl] = [queueServer.endpoint, tableServer.endpoint]
  const client = { region, credentials }
  const sqs = new SQSClient({ ...client, endpoint: sqsUrl, useQueueUrlAsEndpoint: false })
  const tableMaker = new DynamoDBClient({ ...client, endpoint: dynamodbUrl })
  for (const one of [sqs, tableMaker]) keep({ stop: async () => one.destroy() })
  return {
    sqsUrl,
    dynamodbUrl,
    sqs,
    async make({ queues, tables }) {
      const made = await answering('AWS_ENDPOINT_URL_SQS', sqsUrl, createQueues(sqs, queues))
      await answering('AWS_ENDPOINT_URL_DYNAMODB', dynamodbUrl, createTables(tableMaker, tables))
      return made
    },
  }
}
