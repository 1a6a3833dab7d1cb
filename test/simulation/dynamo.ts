import type {
  Actions,
  AttributeValue,
  DynamoDb,
  Item,
  PutItem,
  Query,
  UpdateItem,
  Write,
} from '../../shared/clouds/aws/dynamodb-actions.ts'
import { AwsRefusal } from '../../shared/clouds/aws/json-service.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import type { RowKey, Table } from '../../shared/store/table.ts'
import { refuseLongKey } from '../store/memory-table.ts'
import { Readings } from '../store/readings.ts'
import { StoredRow } from './stored-row.ts'
import type { World } from './world.ts'

const NAME = 'table'

/** What each index is sorted by, beneath its hash. */
const sortedBy = { due: 'dueAt', open: 'openedAt' } as const

/**
 * In one of so many worlds whoever changes what was read fails; in all of them that would cost as much as parsing it each time. A prime, so
 * that some of every kind are among them: kinds go by 8 and 16.
 */
const WORLDS_OF_FROST = 11

/** An item where it lies: in the order in which items first came, with what it holds as others read it. */
interface Place {
  order: number
  item: Item
  row: StoredRow
}

interface TableOptions {
  world: World
  /** What has expired is deleted at once. */
  forgets: boolean
  /** Told of each item as it is written. */
  wrote(row: StoredRow): void
}

/**
 * The tables as DynamoDB keeps them, reached by the same adapter as in the cloud: it does what the commands say, conditions and
 * consistency included, and refuses what it does not know. What has expired is deleted at once when `forgets`, else never: DynamoDB
 * does it within days (developer guide, "Using time to live").
 */
export class SimulatedTable {
  readonly table: Table
  private readonly partitions = new Map<string, Map<string, Place>>()
  private readonly places = new Map<string, Place>()
  /** What each sparse index has: the items with the attribute that it sorts by. */
  private readonly indexes = { due: new Set<Place>(), open: new Set<Place>() }
  private readonly readings: Readings
  private ordered = 0
  /** How often anything was written. */
  writes = 0
  private readonly world: World
  private readonly forgets: boolean
  private readonly wrote: (row: StoredRow) => void

  constructor({ world, forgets, wrote }: TableOptions) {
    this.world = world
    this.forgets = forgets
    this.wrote = wrote
    this.readings = new Readings(world.seed % WORLDS_OF_FROST === 0)
    const dynamodb: DynamoDb = async (action, input) => this.answers[action](input)
    this.table = { ...dynamoTable(dynamodb, NAME), parse: this.readings.read }
  }

  /** Everything that is there now. */
  rows(): StoredRow[] {
    return Array.from(this.places.values(), ({ row }) => row)
  }

  row(key: RowKey): StoredRow | undefined {
    return this.places.get(keyName(key))?.row
  }

  /** Whether watch would find nothing due here by some moment, UTC ms. */
  isQuietUntil(at: number): boolean {
    return [...this.indexes.due].every(({ item }) => Number(item.dueAt?.N) > at)
  }

  /** Deletes what has expired at some moment, UTC ms. */
  forgetAt(at: number): void {
    for (const { item } of this.places.values()) if (isExpired(item, at)) this.delete(item)
  }

  private readonly answers: { [A in keyof Actions]: (input: Actions[A]['input']) => Actions[A]['answer'] } = {
    GetItem: ({ Key }) => itemIn(this.find(Key)),
    BatchGetItem: ({ RequestItems }) => this.getMany(RequestItems[NAME]?.Keys ?? []),
    PutItem: (input) => this.put(input),
    BatchWriteItem: ({ RequestItems }) => this.putMany(RequestItems[NAME] ?? []),
    UpdateItem: (input) => this.count(input),
    Query: (input) => this.query(input),
  }

  private find(key: Item): Item | undefined {
    const item = this.places.get(nameOf(key))?.item
    if (item === undefined || !this.isForgotten(item)) return item
    this.delete(item)
    return undefined
  }

  private getMany(keys: Item[]): Actions['BatchGetItem']['answer'] {
    refuseTwins(keys, 'BatchGetItem')
    return { Responses: { [NAME]: keys.map((key) => this.find(key)).filter((item) => item !== undefined) } }
  }

  private put(input: PutItem): object {
    this.require(input, this.find(input.Item))
    this.write(input.Item)
    return {}
  }

  private putMany(requests: Write[]): object {
    const items = requests.map(({ PutRequest }) => PutRequest.Item)
    if (items.length > 25) throw new Error('Too many items requested for the BatchWriteItem call')
    refuseTwins(items, 'BatchWriteItem')
    for (const item of items) this.write(item)
    return {}
  }

  private count(input: UpdateItem): Actions['UpdateItem']['answer'] {
    const values = input.ExpressionAttributeValues ?? {}
    const expression = /^ADD #count :by( SET expiresAt = :expires)?$/.exec(input.UpdateExpression)
    if (expression === null) throw new Error(`Unknown update: ${input.UpdateExpression}`)
    const item: Item = { ...(this.find(input.Key) ?? input.Key) }
    this.require(input, item)
    item.count = { N: String(Number(item.count?.N ?? 0) + Number(values[':by']?.N)) }
    if (values[':expires'] !== undefined) item.expiresAt = values[':expires']
    this.write(item)
    return { Attributes: { count: item.count } }
  }

  /** Refuses a write whose condition does not hold for what is there. */
  private require(input: PutItem | UpdateItem, item: Item | undefined): void {
    const { ConditionExpression: condition, ExpressionAttributeValues: values = {} } = input
    if (condition === undefined || holds(condition, item, values)) return
    throw new AwsRefusal('ConditionalCheckFailedException', 'The conditional request failed')
  }

  private query(input: Query): Actions['Query']['answer'] {
    const values = input.ExpressionAttributeValues ?? {}
    const isFound = keyCondition(input.KeyConditionExpression, values)
    const within = input.IndexName ? this.indexes[input.IndexName] : this.partitions.get(text(values[':pk']))
    const found: Place[] = []
    for (const place of within?.values() ?? [])
      if (isFound(place.item) && !this.isForgotten(place.item)) found.push(place)
    const by = input.IndexName ? sortedBy[input.IndexName] : 'sk'
    found.sort((a, b) => compare(a.item[by], b.item[by]) || a.order - b.order)
    if (input.ScanIndexForward === false) found.reverse()
    return { Items: found.slice(0, input.Limit).map(({ item }) => item) }
  }

  private write(item: Item): void {
    this.writes++
    refuseLarge(item)
    const name = nameOf(item)
    const row = new StoredRow(item, this.readings)
    const known = this.places.get(name)
    const place = known ?? { order: this.ordered++, item, row }
    if (known === undefined) this.add(name, place)
    else this.replace(known, item, row)
    this.enter(place)
    this.wrote(row)
  }

  private add(name: string, place: Place): void {
    const { pk, sk } = place.row
    this.places.set(name, place)
    const partition = this.partitions.get(pk)
    if (partition === undefined) this.partitions.set(pk, new Map([[sk, place]]))
    else partition.set(sk, place)
  }

  private replace(place: Place, item: Item, row: StoredRow): void {
    this.forget(place.row)
    place.item = item
    place.row = row
  }

  private enter(place: Place): void {
    for (const index of ['due', 'open'] as const)
      if (place.item[sortedBy[index]] === undefined) this.indexes[index].delete(place)
      else this.indexes[index].add(place)
  }

  private forget({ state, outbox }: StoredRow): void {
    this.readings.forget(state)
    this.readings.forget(outbox)
  }

  private delete(item: Item): void {
    const name = nameOf(item)
    const place = this.places.get(name)
    if (place === undefined) return
    this.forget(place.row)
    for (const index of Object.values(this.indexes)) index.delete(place)
    this.places.delete(name)
    this.partitions.get(text(item.pk))?.delete(text(item.sk))
  }

  private isForgotten(item: Item): boolean {
    return this.forgets && isExpired(item, this.world.now)
  }
}

function itemIn(item: Item | undefined): { Item?: Item } {
  return item === undefined ? {} : { Item: item }
}

/** The conditions of writes that there are. */
function holds(condition: string, item: Item | undefined, values: Item): boolean {
  switch (condition) {
    case 'attribute_not_exists(pk)':
      return item === undefined
    case '#version = :expected':
      return item?.version?.N !== undefined && item.version.N === values[':expected']?.N
    case 'attribute_not_exists(#count) OR #count < :limit':
      return item?.count === undefined || Number(item.count.N) < Number(values[':limit']?.N)
    default:
      throw new Error(`Unknown condition: ${condition}`)
  }
}

/** The key conditions of queries that there are. */
function keyCondition(condition: string, values: Item): (item: Item) => boolean {
  switch (condition) {
    case 'pk = :pk':
      return () => true
    case 'pk = :pk AND begins_with(sk, :prefix)': {
      const prefix = text(values[':prefix'])
      return ({ sk }) => text(sk).startsWith(prefix)
    }
    case 'due = :due AND dueAt <= :at': {
      const due = text(values[':due'])
      const at = Number(values[':at']?.N)
      return (item) => item.due?.S === due && Number(item.dueAt?.N) <= at
    }
    case 'listed = :which': {
      const which = text(values[':which'])
      return ({ listed, openedAt }) => listed?.S === which && openedAt !== undefined
    }
    default:
      throw new Error(`Unknown key condition: ${condition}`)
  }
}

function compare(a: AttributeValue | undefined, b: AttributeValue | undefined): number {
  if (a?.N !== undefined) return Number(a.N) - Number(b?.N)
  return Number(text(a) > text(b)) - Number(text(a) < text(b))
}

function isExpired(item: Item, at: number): boolean {
  return item.expiresAt !== undefined && Number(item.expiresAt.N) * 1000 <= at
}

function refuseTwins(keys: Item[], call: string): void {
  if (new Set(keys.map(nameOf)).size < keys.length)
    throw new Error(`Provided list of item keys contains duplicates (${call})`)
}

/** An item is at most 400 KB (DynamoDB quotas), and nearly all of it is text here. */
function refuseLarge(item: Item): void {
  refuseLongKey({ pk: text(item.pk), sk: text(item.sk) })
  let bytes = 0
  for (const name in item) {
    const { S = '', N = '' } = item[name] as AttributeValue
    bytes += name.length + N.length + Buffer.byteLength(S)
  }
  if (bytes > 400 * 1024) throw new Error(`Item size has exceeded the maximum allowed size: ${text(item.pk)}`)
}

function nameOf(key: Item | undefined): string {
  return keyName({ pk: text(key?.pk), sk: text(key?.sk) })
}

function keyName({ pk, sk }: RowKey): string {
  return `${pk}\n${sk}`
}

function text(value: AttributeValue | undefined): string {
  return value?.S ?? ''
}
