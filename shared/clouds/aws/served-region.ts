import { type LightTableOptions, tableCall } from './light-table.ts'

/** Makes what reads which region serves a name, by the regions table; undefined where that says nothing. Rejects when DynamoDB does. */
export function servedRegion(table: LightTableOptions): (name: string) => Promise<string | undefined> {
  const call = tableCall(table)
  return async (name) => {
    const { Item } = await call('GetItem', { Key: { connectRegion: { S: name } }, ProjectionExpression: 'lexRegion' })
    const served = Object(Object(Item).lexRegion).S
    return typeof served === 'string' ? served : undefined
  }
}
