import type { DynamoDb } from './dynamodb-actions.ts'

/** Makes what reads which region serves a name, by the regions table; undefined where that says nothing. Rejects when DynamoDB does. */
export function servedRegion(dynamodb: DynamoDb, table: string): (name: string) => Promise<string | undefined> {
  return async (name) => {
    const Key = { connectRegion: { S: name } }
    const { Item } = await dynamodb('GetItem', { TableName: table, Key, ProjectionExpression: 'lexRegion' })
    return Item?.lexRegion?.S
  }
}
