import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Directories } from '../../oncall/owner.ts'
import { readContactsRow } from './contacts-row.ts'

/** Directories for who seldom needs one: what makes one of a row is loaded when the first is asked for. They reject when DynamoDB does. */
export function lateDirectories(client: DynamoDBClient, table: string): Directories {
  return async (project) => {
    const row = await readContactsRow(client, table, project)
    if (row === undefined) return undefined
    const { directoryFromRow } = await import('../../oncall/directory.ts')
    return directoryFromRow(row.written).directory
  }
}
