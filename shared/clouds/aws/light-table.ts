import type { Instant } from '../../contracts/words.ts'
import type { Row, Table } from '../../store/table.ts'
import { callJson, failureOf } from './json-call.ts'
import type { Credentials } from './sigv4.ts'

/** An answer of DynamoDB holds at most so much of a query (API reference, Query). */
const ANSWER_LIMIT_BYTES = 1_100_000

/** Of a row's attributes that are no text. */
const numbers = new Set(['v', 'expiresAt'])

type Item = Record<string, { S?: string; N?: string }>

/** What a function needs of a table that only puts small items there and reads them again: the SDK's client is not worth its weight. */
export type LightTable = Pick<Table, 'name' | 'put' | 'query'>

export interface LightTableOptions {
  name: string
  region: string
  /** Takes the place of DynamoDB's own address. */
  endpoint?: string
  credentials: Credentials
  /** For one request, ms; none is repeated. */
  limitMs: number
  now(): Instant
}

/** Makes what has DynamoDB do one thing with a table, by its action's own input. Rejects for anything but a success. */
export function tableCall({ name, region, endpoint, credentials, limitMs, now }: LightTableOptions) {
  const url = new URL(
    '/',
    endpoint ?? `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`,
  )
  return async (action: 'GetItem' | 'PutItem' | 'Query', input: object): Promise<Record<string, unknown>> => {
    const request = {
      url,
      target: `DynamoDB_20120810.${action}`,
      version: '1.0' as const,
      input: { TableName: name, ...input },
      answerLimitBytes: ANSWER_LIMIT_BYTES,
      limitMs,
    }
    const answer = await callJson(request, { region, service: 'dynamodb' }, credentials, now())
    if (answer.status !== 200) throw new Error(`${name}: ${failureOf(answer).reason}`)
    return answer.body
  }
}

/** A table of DynamoDB, item by item. Rejects for anything but a success. */
export function lightTable(options: LightTableOptions): LightTable {
  const call = tableCall(options)
  return {
    name: options.name,
    async put(rows) {
      await Promise.all(rows.map((row) => call('PutItem', { Item: itemOf(row) })))
    },
    async query(pk, prefix) {
      const { Items } = await call('Query', {
        ConsistentRead: true,
        KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: pk }, ...(prefix === '' ? {} : { ':prefix': { S: prefix } }) },
      })
      return Array.isArray(Items) ? Items.map(rowOf) : []
    },
  }
}

function itemOf(row: Row): Item {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.map(([key, value]) => [key, numbers.has(key) ? { N: String(value) } : { S: String(value) }]),
  )
}

function rowOf(item: Item): Row {
  const entries = Object.entries(item).map(([key, { S, N }]) => [key, N === undefined ? S : Number(N)])
  return Object.fromEntries(entries) as Row
}
