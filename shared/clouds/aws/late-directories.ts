import type { Directories } from '../../oncall/owner.ts'
import { readContactsRow } from './contacts-row.ts'
import type { DynamoDb } from './dynamodb-actions.ts'

/** Directories for who seldom needs one: what makes one of a row is loaded when the first is asked for. They reject when DynamoDB does. */
export function lateDirectories(dynamodb: DynamoDb, table: string): Directories {
  return async (project) => {
    const row = await readContactsRow(dynamodb, table, project)
    if (row === undefined) return undefined
    const { directoryFromRow } = await import('../../oncall/directory.ts')
    return directoryFromRow(row.written).directory
  }
}
