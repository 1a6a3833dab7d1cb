import { jsonIn } from '../../contracts/json-in.ts'
import type { DynamoDb, Item } from './dynamodb-actions.ts'

/** Attributes of our own rows that hold JSON. A seed row has one plain phone number per attribute instead. */
export const jsonAttributes = ['contacts', 'schedules', 'overrides', 'made', 'calendars'] as const

/** A project's row of the contacts table as it is written: its JSON is read, and nothing is checked. */
export interface ContactsRow {
  written: Record<string, unknown>
  /** Stands for what was written; absent in a row of the seed design. */
  revision?: string
}

/** Reads a row consistently; undefined when there is none. Rejects when DynamoDB does. */
export async function readContactsRow(
  dynamodb: DynamoDb,
  table: string,
  project: string,
): Promise<ContactsRow | undefined> {
  const Key = { projectName: { S: project } }
  const { Item } = await dynamodb('GetItem', { TableName: table, Key, ConsistentRead: true })
  const revision = Item?.revision?.S
  return Item && { written: parsed(Item), ...(revision !== undefined && { revision }) }
}

/** What stands for a row, and when it was written, UTC ms: neither, if there is none. A row of the seed design has its own sign. */
export async function readRevision(
  dynamodb: DynamoDb,
  table: string,
  project: string,
): Promise<{ revision?: string; changedAt?: number }> {
  const Key = { projectName: { S: project } }
  const { Item } = await dynamodb('GetItem', {
    TableName: table,
    Key,
    ProjectionExpression: 'projectName, revision, changedAt',
  })
  if (Item === undefined) return {}
  const changedAt = Item.changedAt?.N
  return { revision: Item.revision?.S ?? 'seed', ...(changedAt !== undefined && { changedAt: Number(changedAt) }) }
}

function parsed(item: Item): Record<string, unknown> {
  const row: Record<string, unknown> = Object.fromEntries(Object.entries(item).map(([key, value]) => [key, value.S]))
  if (item.contacts === undefined) return row
  row.v = item.v?.N === undefined ? undefined : Number(item.v.N)
  // Undefined for what is no JSON: whoever reads the row names it.
  for (const key of jsonAttributes) row[key] = jsonIn(item[key]?.S ?? '{}')
  return row
}
