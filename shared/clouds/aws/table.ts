import { setTimeout as pause } from 'node:timers/promises'
import type { Row, Table } from '../../store/table.ts'
import { chunks, inRounds } from './batches.ts'
import { type Actions, type DynamoDb, type Item, isConflict } from './dynamodb-actions.ts'
import { below, between, dueUntil, listedAs, type Selection } from './table-queries.ts'
import { toItem, toKey, toRow } from './table-row.ts'

/** BatchGetItem takes 100 keys, BatchWriteItem 25 items (DynamoDB API reference). */
const MAX_BATCH_GET = 100
const MAX_BATCH_WRITE = 25

/** A table of the state mechanism in DynamoDB: hash `pk`, range `sk`, sparse indexes `due` and `open`. */
export function dynamoTable(dynamodb: DynamoDb, name: string, wait: (ms: number) => Promise<void> = pause): Table {
  const query = async (input: Selection & { Limit?: number }, limit: number): Promise<Row[]> => {
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
        await inRounds(some.map(toKey), { tooSlow: `${name} does not keep up with reading`, wait }, async (Keys) => {
          const answer = await dynamodb('BatchGetItem', { RequestItems: { [name]: { Keys, ...how } } })
          rows.push(...(answer.Responses?.[name] ?? []).map(toRow))
          return answer.UnprocessedKeys?.[name]?.Keys
        })
      return rows
    },

    query: (pk, prefix) => query(below(pk, prefix), Number.POSITIVE_INFINITY),
    newest: (pk, from, until, limit) => query({ ...between(pk, from, until), Limit: limit }, limit),
    due: (at, limit) => query({ ...dueUntil(at), Limit: limit }, limit),
    listed: (which, limit, until) => query({ ...listedAs(which, until), Limit: limit }, limit),

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
        await inRounds(writes, { tooSlow: `${name} does not keep up with writing`, wait }, async (left) => {
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
  }
}
