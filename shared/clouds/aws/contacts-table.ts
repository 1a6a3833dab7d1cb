import { type AttributeValue, type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { directoryFromRow, directoryVersions } from '../../oncall/directory.ts'
import type { Directory } from '../../oncall/plan.ts'

/** The contacts table: key `projectName` alone, as in the seed design, whose own rows are read as well. */
export interface ContactsTable {
  /** A project's directory; undefined when there is no row. What is broken in a row is left out and named. */
  read(project: string): Promise<{ directory: Directory; problems: string[] } | undefined>
  write(project: string, directory: Directory): Promise<void>
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
      return Item && directoryFromRow(parsed(Item))
    },
    async write(project, directory) {
      const v = { N: String(directoryVersions.current) }
      const Item: Record<string, AttributeValue> = { projectName: { S: project }, v }
      const { contacts, schedules, calendars = {} } = directory
      const [made, overrides] = [true, false].map((wanted) =>
        directory.overrides.filter((each) => (each.made !== undefined) === wanted),
      )
      for (const [key, value] of Object.entries({ contacts, schedules, overrides, made, calendars } satisfies Ours))
        Item[key] = { S: JSON.stringify(value) }
      await client.send(new PutItemCommand({ TableName: name, Item }))
    },
  }
}

function parsed(item: Record<string, AttributeValue>): Record<string, unknown> {
  const row: Record<string, unknown> = Object.fromEntries(Object.entries(item).map(([key, value]) => [key, value.S]))
  if (item.contacts === undefined) return row
  row.v = item.v?.N === undefined ? undefined : Number(item.v.N)
  for (const key of ours) row[key] = readJson(item[key]?.S ?? '{}')
  return row
}

/** Undefined for what is no JSON: whoever reads the row names it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
