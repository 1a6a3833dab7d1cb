import { createHash } from 'node:crypto'
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import { jsonIn } from '../../contracts/json-in.ts'
import type { Bilingual } from '../../contracts/words.ts'
import { directoryFromRow, directoryVersions } from '../../oncall/directory.ts'
import type { Directory } from '../../oncall/plan.ts'

/** A row as it was read. What is broken in it is left out and named. */
export interface ReadRow {
  directory: Directory
  problems: Bilingual[]
  /** Stands for what was written; absent in a row of the seed design. */
  revision?: string
}

/** The contacts table: key `projectName` alone, as in the seed design, whose own rows are read as well. */
export interface ContactsTable {
  /** A project's row; undefined when there is none. */
  read(project: string): Promise<ReadRow | undefined>
  /**
   * Writes a project's directory; with `over`, what was read (`none`: there was no row), only if nobody has written since. Resolves with
   * whether it was written.
   */
  write(project: string, directory: Directory, over?: ReadRow | 'none'): Promise<boolean>
}

/** Attributes of our own rows that hold JSON. A seed row has one plain phone number per attribute instead. */
const ours = ['contacts', 'schedules', 'overrides', 'made', 'calendars'] as const
type Ours = Record<(typeof ours)[number], unknown>

/** The contacts table of this name: a row for each project. Reads are consistent; all reject when DynamoDB does. */
export function contactsTable(client: DynamoDBClient, name: string): ContactsTable {
  return {
    async read(project) {
      const Key = { projectName: { S: project } }
      const { Item } = await client.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }))
      const revision = Item?.revision?.S
      return Item && { ...directoryFromRow(parsed(Item)), ...(revision !== undefined && { revision }) }
    },
    async write(project, directory, over) {
      const Item = itemOf(project, directory)
      try {
        await client.send(new PutItemCommand({ TableName: name, Item, ...(over && unchanged(over)) }))
        return true
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false
        throw error
      }
    },
  }
}

function itemOf(project: string, { contacts, schedules, overrides: all, calendars = {} }: Directory) {
  const [made, overrides] = [true, false].map((wanted) => all.filter((each) => (each.made !== undefined) === wanted))
  const written: Ours = { contacts, schedules, overrides, made, calendars }
  const revision = createHash('sha256').update(JSON.stringify(written)).digest('base64url')
  const Item: Record<string, AttributeValue> = {
    projectName: { S: project },
    v: { N: String(directoryVersions.current) },
    revision: { S: revision },
  }
  for (const key of ours) Item[key] = { S: JSON.stringify(written[key]) }
  return Item
}

function unchanged(over: ReadRow | 'none') {
  if (over === 'none') return { ConditionExpression: 'attribute_not_exists(projectName)' }
  if (over.revision === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' }
  return { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': { S: over.revision } } }
}

function parsed(item: Record<string, AttributeValue>): Record<string, unknown> {
  const row: Record<string, unknown> = Object.fromEntries(Object.entries(item).map(([key, value]) => [key, value.S]))
  if (item.contacts === undefined) return row
  row.v = item.v?.N === undefined ? undefined : Number(item.v.N)
  // Undefined for what is no JSON: whoever reads the row names it.
  for (const key of ours) row[key] = jsonIn(item[key]?.S ?? '{}')
  return row
}
