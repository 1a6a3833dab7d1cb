import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
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
 * Starts dynalite on the loopback address with its tables kept under `dataDir` (in memory without), for whoever signs with `credentials`.
 * It never expires an item: TTL attributes are ignored.
 */
export async function startTableServer(options: {
  dataDir?: string
  port: number
  /** Default: the local stack's own. */
  credentials?: typeof localCredentials
}): Promise<Embedded> {
  const server = dynalite({ ...(options.dataDir !== undefined && { path: options.dataDir }), createTableMs: 0 })
  guardAws(server, { ...(options.credentials ?? localCredentials), service: 'dynamodb' })
  const pending = new Set<ServerResponse>()
  // A response whose asker has gone is closed before it is ended, and dynalite reads on for it.
  server.on('request', (_, response: ServerResponse) => {
    for (const one of pending) if (one.writableEnded) pending.delete(one)
    pending.add(response)
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(options.port, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => close(server, pending) }
}

/** How often, and for how long, what is being answered is waited for at the end. */
const LOOK_MS = 5
const LOOKS = 400

/** dynalite would go on reading from a store that is closed, which ends the process: what it is answering is answered first. */
async function close(server: Server, pending: Set<ServerResponse>): Promise<void> {
  const closed = new Promise<void>((done, failed) => {
    server.close((error) => (error ? failed(error) : done()))
  })
  for (let looks = 0; looks < LOOKS && [...pending].some((one) => !one.writableEnded); looks++) await wait(LOOK_MS)
  server.closeAllConnections()
  await closed
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
