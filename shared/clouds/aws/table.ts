import { setTimeout as pause } from 'node:timers/promises'
import type { Row, RowKey, Table } from '../../store/table.ts'
import {
  type Actions,
  type AttributeValue,
  type DynamoDb,
  type Item,
  isConflict,
  type Query,
} from './dynamodb-actions.ts'

/** BatchGetItem takes 100 keys, BatchWriteItem 25 items (DynamoDB API reference). */
const MAX_BATCH_GET = 100
const MAX_BATCH_WRITE = 25

/**
 * A batch is asked for so often, until nothing of it is left unprocessed; before each further time there is a pause, the first this long
 * and each next twice as long (DynamoDB API reference, BatchGetItem: "we strongly recommend that you use an exponential backoff").
 */
const BATCH_ROUNDS = 7
const FIRST_PAUSE_MS = 25

const numbers = new Set(['version', 'v', 'dueAt', 'openedAt', 'expiresAt', 'count'])

/** A table of the state mechanism in DynamoDB: hash `pk`, range `sk`, sparse indexes `due` and `open`. */
export function dynamoTable(dynamodb: DynamoDb, name: string, wait: (ms: number) => Promise<void> = pause): Table {
  /** Has a part of a batch done that gives what it left undone, until all is. */
  const inRounds = async <T>(items: T[], doing: string, ask: (items: T[]) => Promise<T[] | undefined>) => {
    let left = await ask(items)
    for (let round = 1; left !== undefined && left.length > 0; round++) {
      if (round === BATCH_ROUNDS) throw new Error(`${name} does not keep up with ${doing}`)
      await wait(FIRST_PAUSE_MS * 2 ** (round - 1))
      left = await ask(left)
    }
  }

  const query = async (input: Omit<Query, 'TableName'>, limit: number): Promise<Row[]> => {
    const rows: Row[] = []
    let from: Item | undefined
    do {
      const start = from && { ExclusiveStartKey: from }
      const page: Actions['Query']['answer'] = await dynamodb('Query', { ...input, TableName: name, ...start })
      rows.push(...(page.Items ?? []).map(toRow))
      from = page.LastEvaluatedKey
    } while (from !== undefined && rows.length < limit)
    return rows.slice(0, limit)
  }

  return {
    name,

    async get(key) {
      const { Item } = await dynamodb('GetItem', { TableName: name, Key: toKey(key), ConsistentRead: true })
      return Item && toRow(Item)
    },

    async getMany(keys, { consistent = true } = {}) {
      const rows: Row[] = []
      const how = consistent ? ({ ConsistentRead: true } as const) : {}
      for (const some of chunks(keys, MAX_BATCH_GET))
        await inRounds(some.map(toKey), 'reading', async (Keys) => {
          const answer = await dynamodb('BatchGetItem', { RequestItems: { [name]: { Keys, ...how } } })
          rows.push(...(answer.Responses?.[name] ?? []).map(toRow))
          return answer.UnprocessedKeys?.[name]?.Keys
        })
      return rows
    },

    query(pk, prefix) {
      const values: Item = { ':pk': { S: pk } }
      if (prefix !== '') values[':prefix'] = { S: prefix }
      return query(
        {
          ConsistentRead: true,
          KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: values,
        },
        Number.POSITIVE_INFINITY,
      )
    },

    newest(pk, from, until, limit) {
      return query(
        {
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
          ExpressionAttributeValues: { ':pk': { S: pk }, ':from': { S: from }, ':until': { S: until } },
          ScanIndexForward: false,
          Limit: limit,
        },
        limit,
      )
    },

    async putIfVersion(row, expected) {
      try {
        await dynamodb('PutItem', {
          TableName: name,
          Item: toItem(row),
          ConditionExpression: expected === 0 ? 'attribute_not_exists(pk)' : '#version = :expected',
          ...(expected === 0
            ? {}
            : {
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':expected': { N: String(expected) } },
              }),
        })
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },

    async put(rows) {
      const only = rows[0]
      if (rows.length === 1 && only !== undefined) {
        await dynamodb('PutItem', { TableName: name, Item: toItem(only) })
        return
      }
      for (const some of chunks(rows, MAX_BATCH_WRITE)) {
        const writes = some.map((row) => ({ PutRequest: { Item: toItem(row) } }))
        await inRounds(writes, 'writing', async (left) => {
          const answer = await dynamodb('BatchWriteItem', { RequestItems: { [name]: left } })
          return answer.UnprocessedItems?.[name]
        })
      }
    },

    async count(key, { by = 1, limit, expiresAt }) {
      const values: Item = { ':by': { N: String(by) } }
      if (limit !== undefined) values[':limit'] = { N: String(limit) }
      if (expiresAt !== undefined) values[':expires'] = { N: String(expiresAt) }
      try {
        const { Attributes } = await dynamodb('UpdateItem', {
          TableName: name,
          Key: toKey(key),
          UpdateExpression: `ADD #count :by${expiresAt === undefined ? '' : ' SET expiresAt = :expires'}`,
          ...(limit === undefined ? {} : { ConditionExpression: 'attribute_not_exists(#count) OR #count < :limit' }),
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: values,
          ReturnValues: 'UPDATED_NEW',
        })
        return Number(Attributes?.count?.N)
      } catch (error) {
        if (isConflict(error)) return undefined
        throw error
      }
    },

    async due(at, limit) {
      return query(
        {
          IndexName: 'due',
          KeyConditionExpression: 'due = :due AND dueAt <= :at',
          ExpressionAttributeValues: { ':due': { S: 'due' }, ':at': { N: String(at) } },
          Limit: limit,
        },
        limit,
      )
    },

    listed(which, limit, until) {
      const values: Item = { ':which': { S: which } }
      if (until !== undefined) values[':until'] = { N: String(until) }
      return query(
        {
          IndexName: 'open',
          KeyConditionExpression: `listed = :which${until === undefined ? '' : ' AND openedAt <= :until'}`,
          ExpressionAttributeValues: values,
          ScanIndexForward: false,
          Limit: limit,
        },
        limit,
      )
    },
  }
}

/** A row with a due time joins the sparse index of sweeps: all under one hash, sorted by time. */
function toItem(row: Row): Item {
  const item: Item = {}
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue
    item[name] = typeof value === 'number' ? { N: String(value) } : textIn(name, String(value))
  }
  if (item.dueAt !== undefined) item.due = { S: 'due' }
  return item
}

/** A state that is packed is base64: it is kept as bytes, of which there are a quarter less to be paid for, and reads as it was. */
function textIn(name: string, text: string): AttributeValue {
  // JSON begins with what base64 never has: most states are spared to be read as such.
  const isBytes =
    name === 'state' && /^[A-Za-z0-9+/]/.test(text) && Buffer.from(text, 'base64').toString('base64') === text
  return isBytes ? { B: text } : { S: text }
}

function toKey({ pk, sk }: RowKey): Item {
  return { pk: { S: pk }, sk: { S: sk } }
}

function toRow(item: Item): Row {
  const row: Row & Record<string, string | number> = { pk: '', sk: '' }
  for (const name in item) {
    if (name === 'due') continue
    const { S, B, N }: AttributeValue = item[name] ?? {}
    const text = S ?? B ?? N
    if (text !== undefined) row[name] = numbers.has(name) ? Number(text) : text
  }
  return row
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
