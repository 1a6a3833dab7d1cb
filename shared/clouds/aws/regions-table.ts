import type { Shape } from '../../contracts/versions.ts'
import type { Instant } from '../../contracts/words.ts'
import { failoverShape } from '../../evaluation/failover-state.ts'
import { peersShape } from '../../evaluation/peer-state.ts'
import { dutyShape } from '../../incidents/duty/record.ts'
import { stateIn } from '../../store/shape.ts'
import type { ItemTable, Row } from '../../store/table.ts'
import { type DynamoDb, type Item, isConflict } from './dynamodb-actions.ts'

/** The regions table: key `connectRegion` alone and the region that serves in `lexRegion`, as in the seed design, whose table does as well. */
export interface RegionsTable extends ItemTable {
  /** What an item says that nobody has judged yet: one of an older function's. */
  servedBefore(name: string): Promise<string | undefined>
}

const texts = ['writer', 'state', 'outbox'] as const
const numbers = ['version', 'v', 'dueAt'] as const

/** What an item says for whoever reads the table, where it is of something that serves: which region, and since when. */
interface Serving {
  serving: string
  since: Instant
}

/** The regions table of this name, an item for each name that contact flows ask for. Reads are consistent; all reject when DynamoDB does. */
export function failoverTable(dynamodb: DynamoDb, name: string): RegionsTable {
  return regionsTable(dynamodb, name, failoverShape)
}

/** The same for its item of how the other regions are. */
export function peersTable(dynamodb: DynamoDb, name: string): ItemTable {
  return regionsTable(dynamodb, name, peersShape)
}

/** The same for its item of who pages (`store/duty.ts`). */
export function dutyTable(dynamodb: DynamoDb, name: string): ItemTable {
  return regionsTable(dynamodb, name, dutyShape)
}

function regionsTable<S extends object>(dynamodb: DynamoDb, name: string, shape: Shape<S>): RegionsTable {
  const read = async (key: string) => {
    const Key = { connectRegion: { S: key } }
    return (await dynamodb('GetItem', { TableName: name, Key, ConsistentRead: true })).Item
  }
  return {
    name,
    async get({ pk, sk }) {
      const item = await read(pk)
      return item?.version === undefined ? undefined : rowOf(pk, sk, item)
    },
    async putIfVersion(row, expected) {
      const isNew = { ConditionExpression: 'attribute_not_exists(#version)' }
      const isSame = {
        ConditionExpression: '#version = :expected',
        ExpressionAttributeValues: { ':expected': { N: String(expected) } },
      }
      try {
        await dynamodb('PutItem', {
          TableName: name,
          Item: itemOf(row, name, shape),
          ExpressionAttributeNames: { '#version': 'version' },
          ...(expected === 0 ? isNew : isSame),
        })
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    async servedBefore(key) {
      return (await read(key))?.lexRegion?.S
    },
  }
}

function itemOf<S extends object>(row: Row, name: string, shape: Shape<S>): Item {
  const item: Item = { connectRegion: { S: row.pk } }
  const { serving, since }: Partial<Serving> = stateIn(row, shape, { name }) ?? {}
  if (serving !== undefined && since !== undefined) {
    item.lexRegion = { S: serving }
    item.since = { S: new Date(since).toISOString() }
  }
  for (const key of texts) if (row[key] !== undefined) item[key] = { S: row[key] }
  for (const key of numbers) if (row[key] !== undefined) item[key] = { N: String(row[key]) }
  return item
}

function rowOf(pk: string, sk: string, item: Item): Row {
  const row: Row = { pk, sk }
  for (const key of texts) if (item[key]?.S !== undefined) row[key] = item[key].S
  for (const key of numbers) if (item[key]?.N !== undefined) row[key] = Number(item[key].N)
  return row
}
