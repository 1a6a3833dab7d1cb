import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BatchWriteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { expect, it, onTestFinished } from 'vitest'
import { localCredentials } from '../../local/resources.ts'
import { createTables, startTableServer } from '../../local/tables.ts'

it('the tables are closed only when what is being answered has been read: dynalite would read on from a closed store', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fenghuo-tables-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const server = await startTableServer({ dataDir, port: 0 })
  const region = 'ap-southeast-1'
  const client = new DynamoDBClient({
    endpoint: server.endpoint,
    region,
    credentials: localCredentials,
    maxAttempts: 1,
  })
  onTestFinished(() => client.destroy())
  const keys = [{ AttributeName: 'pk', KeyType: 'HASH' as const }]
  const attributes = [{ AttributeName: 'pk', AttributeType: 'S' as const }]
  await createTables(client, { one: { name: 'one', keys, attributes, indexes: [] } })
  const text = { S: 'x'.repeat(2_000) }
  for (let first = 0; first < 100; first += 25) {
    const one = Array.from({ length: 25 }, (_, index) => ({
      PutRequest: { Item: { pk: { S: `${first + index}` }, text } },
    }))
    await client.send(new BatchWriteItemCommand({ RequestItems: { one } }))
  }

  const asked = Array.from({ length: 20 }, async () => (await client.send(new ScanCommand({ TableName: 'one' }))).Count)
  const answered = Promise.allSettled(asked)
  await asked[0]
  await server.stop()

  // What reads on from a closed store throws where nobody catches it, which fails the run.
  const counts = (await answered).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(new Set(counts)).toEqual(new Set([100]))
})
