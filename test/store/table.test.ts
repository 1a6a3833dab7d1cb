import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DynamoDb } from '../../shared/clouds/aws/dynamodb-actions.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import type { Row, Table } from '../../shared/store/table.ts'
import { MemoryTable } from './memory-table.ts'
import { type Stores, startStores } from './stores.ts'

let stores: Stores
let dynamo: Table

beforeAll(async () => {
  stores = await startStores()
  dynamo = dynamoTable(stores.dynamodb, await stores.create('IncidentsTable'))
})

afterAll(() => stores.stop())

const memory = new MemoryTable()

// What the simulation relies on in memory holds for the real protocol as well.
describe.each([
  { name: 'DynamoDB', open: () => dynamo },
  { name: 'memory', open: () => memory },
])('a table: $name', ({ open }) => {
  const row = (pk: string, changes: Partial<Row> = {}): Row & { version: number } => ({
    pk,
    sk: 'state',
    version: 1,
    v: 2,
    state: '{"text":"收银台 🔥"}',
    ...changes,
  })

  it.each([
    ['packed', Buffer.from('x'.repeat(50)).toString('base64')],
    ['a text that is base64 by chance', 'true'],
    ['nearly base64', 'YWI'],
    ['base64 with bits that nothing has', 'YWJjZB=='],
    ['empty', ''],
  ])('gives back a state that is %s as it was', async (_what, state) => {
    await open().put([row('packed', { state })])
    expect((await open().get({ pk: 'packed', sk: 'state' }))?.state).toBe(state)
  })

  it('gives back what was put, numbers as numbers, and nothing that was not', async () => {
    const full = row('full', { outbox: '[]', dueAt: 12, listed: 'shown', openedAt: 34, expiresAt: 56 })
    await open().put([full])

    expect(await open().get({ pk: 'full', sk: 'state' })).toEqual(full)
    expect(await open().get({ pk: 'full', sk: 'other' })).toBeUndefined()
  })

  it('gives the newest of a stretch of a partition, the last first, and no more than it is asked for', async () => {
    const of = (sk: string) => row('days', { sk })
    await open().put([...['a#1', 'a#2', 'a#3', 'a#4', 'b#2'].map(of), row('elsewhere', { sk: 'a#3' })])
    const newest = async (from: string, until: string, limit: number) =>
      (await open().newest('days', from, until, limit)).map(({ sk }) => sk)

    expect(await newest('a#2', 'a#4', 9)).toEqual(['a#4', 'a#3', 'a#2'])
    expect(await newest('a#', 'a#4', 2)).toEqual(['a#4', 'a#3'])
    expect(await newest('c', 'd', 9)).toEqual([])
  })

  it('takes a first version only where there is none', async () => {
    expect(await open().putIfVersion(row('first'), 0)).toBe(true)
    expect(await open().putIfVersion(row('first', { state: 'other' }), 0)).toBe(false)
    expect((await open().get(row('first')))?.state).toBe('{"text":"收银台 🔥"}')
  })

  it('takes a further version only from who has read the present one', async () => {
    await open().putIfVersion(row('next'), 0)

    expect(await open().putIfVersion(row('next', { version: 2 }), 1)).toBe(true)
    expect(await open().putIfVersion(row('next', { version: 2 }), 1)).toBe(false)
    expect(await open().putIfVersion(row('absent', { version: 2 }), 1)).toBe(false)
  })

  it('lets one of many win', async () => {
    const tries = Array.from({ length: 8 }, (_, index) => open().putIfVersion(row('race', { state: `${index}` }), 0))

    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  })

  it('replaces the whole item: what the new one lacks is gone, from the indexes too', async () => {
    await open().putIfVersion(row('whole', { dueAt: 5, listed: 'whole', openedAt: 1, expiresAt: 7 }), 0)
    await open().putIfVersion(row('whole', { version: 2 }), 1)

    expect(await open().get(row('whole'))).toEqual(row('whole', { version: 2 }))
    expect((await open().due(10, 100)).map(({ pk }) => pk)).not.toContain('whole')
    expect(await open().listed('whole', 10)).toEqual([])
  })

  it('reads many at once, more than one request takes, and leaves out what is not there', async () => {
    const rows = Array.from({ length: 130 }, (_, index) => row(`many-${index}`))
    await open().put(rows)
    const keys = [...rows.map(({ pk, sk }) => ({ pk, sk })), { pk: 'nobody', sk: 'state' }]

    const read = await open().getMany(keys)
    expect(read.map(({ pk }) => pk).toSorted()).toEqual(rows.map(({ pk }) => pk).toSorted())
    expect(await open().getMany([])).toEqual([])
  })

  it('reads a partition in order, all of it or by prefix, whatever its size', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => ({
      pk: 'lines',
      sk: `t#${String(index).padStart(3, '0')}`,
      state: 'x'.repeat(30_000),
    }))
    await open().put(lines.toReversed())
    await open().put([{ pk: 'lines', sk: 'state' }])

    expect((await open().query('lines', 't#')).map(({ sk }) => sk)).toEqual(lines.map(({ sk }) => sk))
    expect((await open().query('lines', 't#00')).map(({ sk }) => sk)).toHaveLength(10)
    expect(await open().query('lines', '')).toHaveLength(61)
    expect(await open().query('nobody', '')).toEqual([])
  })

  it('counts, each once, and no further than the limit', async () => {
    const key = { pk: 'rate#calls', sk: '1' }
    const counts = await Promise.all(Array.from({ length: 5 }, () => open().count(key, { limit: 3, expiresAt: 99 })))

    expect(counts.filter((count) => count !== undefined).toSorted()).toEqual([1, 2, 3])
    await open().put([{ pk: 'rate#robot', sk: '1', count: 2 }])
    expect(await open().count({ pk: 'rate#robot', sk: '1' }, { limit: 3 })).toBe(3)
    expect(await open().count({ pk: 'rate#robot', sk: '1' }, { limit: 3 })).toBeUndefined()
    expect(await open().count({ pk: 'counter', sk: 'x' }, {})).toBe(1)
    expect(await open().count({ pk: 'counter', sk: 'x' }, {})).toBe(2)
  })

  it('sweeps what is due, the most overdue first, no more than asked for', async () => {
    const due = (pk: string, dueAt: number) => row(pk, { dueAt })
    await open().put([due('late', 2_000), due('later', 1_000), due('now', 3_000), due('soon', 3_001), row('never')])
    const swept = await open().due(3_000, 100)
    const names = swept.map(({ pk }) => pk).filter((pk) => ['late', 'later', 'now', 'soon', 'never'].includes(pk))

    expect(names).toEqual(['later', 'late', 'now'])
    expect(swept.find(({ pk }) => pk === 'late')).toMatchObject({ sk: 'state', dueAt: 2_000 })
    expect(await open().due(3_000, 2)).toHaveLength(2)
  })

  it('sweeps an effect that is due at once', async () => {
    await open().put([row('zero', { dueAt: 0 })])

    expect((await open().due(1, 100)).map(({ pk }) => pk)).toContain('zero')
  })

  it('lists by name, newest first, no more than asked for', async () => {
    const listed = (pk: string, openedAt: number) => row(pk, { listed: 'open', openedAt })
    await open().put([listed('old', 1), listed('new', 3), listed('middle', 2)])

    expect((await open().listed('open', 10)).map(({ pk }) => pk)).toEqual(['new', 'middle', 'old'])
    expect((await open().listed('open', 2)).map(({ state }) => state)).toEqual([row('').state, row('').state])
    expect((await open().listed('open', 10, 2)).map(({ pk }) => pk)).toEqual(['middle', 'old'])
    expect(await open().listed('resolved', 10)).toEqual([])
  })

  it('refuses to read the same item twice in one request', async () => {
    await expect(open().getMany([row('twice'), row('twice')])).rejects.toThrow('duplicates')
  })
})

it('many items are read as they are, or for half the price as they were a moment ago', async () => {
  const asked: unknown[] = []
  const spied: typeof stores.dynamodb = (action, input) => {
    asked.push(Object.values((input as { RequestItems: object }).RequestItems)[0])
    return stores.dynamodb(action, input)
  }
  const table = dynamoTable(spied, dynamo.name)
  await table.getMany([{ pk: 'a', sk: 'b' }])
  await table.getMany([{ pk: 'a', sk: 'b' }], { consistent: false })
  const Keys = [{ pk: { S: 'a' }, sk: { S: 'b' } }]
  expect(asked).toEqual([{ Keys, ConsistentRead: true }, { Keys }])
})

it('what is packed is kept as bytes, and read where an earlier release kept its text', async () => {
  const state = Buffer.from('x'.repeat(50)).toString('base64')
  const Key = { pk: { S: 'packed' }, sk: { S: 'state' } }
  await dynamo.put([{ pk: 'packed', sk: 'state', state }])
  const { Item } = await stores.dynamodb('GetItem', { TableName: dynamo.name, Key })
  expect(Item?.state).toEqual({ B: state })
  await stores.dynamodb('PutItem', { TableName: dynamo.name, Item: { ...Key, state: { S: state } } })
  expect((await dynamo.get({ pk: 'packed', sk: 'state' }))?.state).toBe(state)
})

describe('trouble', () => {
  it('that is no conflict is told as it is', async () => {
    const missing = dynamoTable(stores.dynamodb, 'no-such-table')

    await expect(missing.putIfVersion({ pk: 'a', sk: 'b', version: 1 }, 0)).rejects.toThrow()
    await expect(missing.count({ pk: 'a', sk: 'b' }, { limit: 1 })).rejects.toThrow()
    await expect(missing.get({ pk: 'a', sk: 'b' })).rejects.toThrow()
  })

  it('of a table that does not keep up ends after a bounded number of requests', async () => {
    let requests = 0
    const never: DynamoDb = async (_, input) => {
      requests++
      const RequestItems = 'RequestItems' in input ? input.RequestItems : {}
      return { UnprocessedKeys: RequestItems, UnprocessedItems: RequestItems }
    }
    const pauses: number[] = []
    const slow = dynamoTable(never, 'slow', async (ms) => void pauses.push(ms))

    await expect(slow.getMany([{ pk: 'a', sk: 'b' }])).rejects.toThrow('slow does not keep up with reading')
    await expect(
      slow.put([
        { pk: 'a', sk: 'b' },
        { pk: 'a', sk: 'c' },
      ]),
    ).rejects.toThrow('slow does not keep up with writing')
    expect(requests).toBe(14)
    const growing = [25, 50, 100, 200, 400, 800]
    expect(pauses).toEqual([...growing, ...growing])
  })
})
