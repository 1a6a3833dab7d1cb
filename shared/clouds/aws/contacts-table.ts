import { createHash } from 'node:crypto'
import { canonicalJson } from '../../contracts/canonical-json.ts'
import type { Bilingual } from '../../contracts/words.ts'
import { directoryFromRow, directoryVersions } from '../../oncall/directory.ts'
import type { Directory, Override } from '../../oncall/plan.ts'
import { jsonAttributes, readContactsRow } from './contacts-row.ts'
import { type DynamoDb, type Item, isConflict } from './dynamodb-actions.ts'

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

type Ours = Record<(typeof jsonAttributes)[number], unknown>

/** The contacts table of this name: a row for each project. Reads are consistent; all reject when DynamoDB does. */
export function contactsTable(dynamodb: DynamoDb, name: string): ContactsTable {
  return {
    async read(project) {
      const row = await readContactsRow(dynamodb, name, project)
      if (row === undefined) return undefined
      const { written, ...revision } = row
      return { ...directoryFromRow(written), ...revision }
    },
    async write(project, directory, over) {
      const Item = itemOf(project, directory)
      try {
        await dynamodb('PutItem', { TableName: name, Item, ...(over && unchanged(over)) })
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
  }
}

function itemOf(project: string, { contacts, schedules, overrides: all, calendars = {} }: Directory) {
  const [made = [], overrides] = [true, false].map((wanted) => all.filter((one) => (one.made !== undefined) === wanted))
  const written: Ours = { contacts, schedules, overrides, made: made.toSorted(byMaking), calendars }
  const revision = createHash('sha256').update(canonicalJson(written)).digest('base64url')
  const item: Item = {
    projectName: { S: project },
    v: { N: String(directoryVersions.current) },
    revision: { S: revision },
    changedAt: { N: String(Date.now()) },
  }
  for (const key of jsonAttributes) item[key] = { S: JSON.stringify(written[key]) }
  return item
}

/** In the order in which they were made, wherever each has come to this region from: all regions have the same row. */
function byMaking({ made: one }: Override, { made: other }: Override): number {
  if (one === undefined || other === undefined) return 0
  return one.at - other.at || (one.id < other.id ? -1 : 1)
}

function unchanged(over: ReadRow | 'none') {
  if (over === 'none') return { ConditionExpression: 'attribute_not_exists(projectName)' }
  if (over.revision === undefined) return { ConditionExpression: 'attribute_not_exists(revision)' }
  return { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': { S: over.revision } } }
}
