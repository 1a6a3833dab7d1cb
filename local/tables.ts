import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
} from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { guardAws } from './aws-guard.ts'
import type { TableDefinition } from './definition.ts'
import type { Embedded } from './queues.ts'
import { localCredentials } from './resources.ts'

/**
 * Starts dynalite on the loopback address with its tables kept under `dataDir`, for whoever signs with `credentials`. It never
 * expires an item: TTL attributes are ignored.
 */
export async function startTableServer(options: {
  dataDir: string
  port: number
  /** Default: the local stack's own. */
  credentials?: typeof localCredentials
}): Promise<Embedded> {
  const server = dynalite({ path: options.dataDir, createTableMs: 0 })
  guardAws(server, { ...(options.credentials ?? localCredentials), service: 'dynamodb' })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(options.port, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((done, failed) => {
    server.close((error) => (error ? failed(error) : done()))
    server.closeAllConnections()
  })
}

/** Makes the definition's tables where they are missing, and waits until all can be used. */
export async function createTables(dynamodb: DynamoDBClient, tables: Record<string, TableDefinition>): Promise<void> {
  for (const table of Object.values(tables)) {
    try {
      await dynamodb.send(
        new CreateTableCommand({
          TableName: table.name,
          KeySchema: table.keys,
          AttributeDefinitions: table.attributes,
          BillingMode: 'PAY_PER_REQUEST',
          ...(table.indexes.length > 0 && { GlobalSecondaryIndexes: table.indexes }),
        }),
      )
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error
    }
  }
  for (const table of Object.values(tables)) await untilActive(dynamodb, table.name)
}

/** Waits until a table that was just made can be used. Rejects after ten seconds. */
export async function untilActive(dynamodb: DynamoDBClient, name: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: name }))
    if (Table?.TableStatus === 'ACTIVE') return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`the table ${name} does not become active`)
}
