import type { DynamoDb } from '../shared/clouds/aws/dynamodb-actions.ts'
import { dynamoTable } from '../shared/clouds/aws/table.ts'
import { writeLog } from '../shared/clouds/aws/write-log.ts'
import type { StoreIo } from '../shared/store/io.ts'

/**
 * The tables as the console reads them, by their names; `tables` are those of the stack, by short name. The page looks every second:
 * what it has to say of an item that nobody can read is logged once.
 */
export function localStore(
  dynamodb: DynamoDb,
  tables: Record<string, string>,
): Pick<StoreIo, 'incidents' | 'checks' | 'log'> {
  const said = new Set<string>()
  return {
    incidents: dynamoTable(dynamodb, tables.incidents ?? ''),
    checks: dynamoTable(dynamodb, tables.checks ?? ''),
    log(entry) {
      const line = JSON.stringify(entry)
      if (said.has(line)) return
      said.add(line)
      writeLog(entry)
    },
  }
}
