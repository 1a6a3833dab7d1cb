import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { parse } from 'yaml'
import { localCredentials } from '../../local/resources.ts'
import { startTableServer, untilActive } from '../../local/tables.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import type { DynamoDb } from '../../shared/clouds/aws/dynamodb-actions.ts'

/** A server that speaks DynamoDB's protocol: Amazon's own DynamoDB Local at `DYNAMODB_LOCAL_URL`, else dynalite. */
export interface Stores {
  /** The vendor's own, by which what we wrote is seen as others see it. */
  client: DynamoDBClient
  dynamodb: DynamoDb
  endpoint: string
  /** Makes a table with the keys and indexes that are deployed, and gives its name. */
  create(table: 'ContactsTable' | 'IncidentsTable' | 'ChecksTable' | 'RegionsTable'): Promise<string>
  stop(): Promise<void>
}

const definitions = parse(readFileSync(new URL('../../infrastructure/tables.yml', import.meta.url), 'utf8'), {
  logLevel: 'error',
}) as {
  Resources: Record<string, { Properties: CreateTableCommandInput }>
}

export const credentials = localCredentials
const region = 'ap-southeast-1'
const asEnv = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }

export async function startStores(): Promise<Stores> {
  const local = process.env.DYNAMODB_LOCAL_URL
  const server = local ? undefined : await startTableServer({ port: 0 })
  const endpoint = local ?? server?.endpoint ?? ''
  const client = new DynamoDBClient({ endpoint, region, credentials })
  const env = { AWS_REGION: region, AWS_ENDPOINT_URL_DYNAMODB: endpoint, ...asEnv }
  return {
    client,
    dynamodb: dynamoDb(env),
    endpoint,
    async create(table) {
      const TableName = `${table}-${randomUUID()}`
      const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } =
        definitions.Resources[table]?.Properties ?? {}
      const indexes = GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes }
      await client.send(new CreateTableCommand({ TableName, AttributeDefinitions, KeySchema, BillingMode, ...indexes }))
      await untilActive(client, TableName)
      return TableName
    },
    async stop() {
      client.destroy()
      await server?.stop()
    },
  }
}
