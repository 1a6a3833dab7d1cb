import type { Instant } from '../contracts/words.ts'

/** One item of a table. `version` guards it; `dueAt`, `listed` and `openedAt` feed the sparse indexes for sweeps and lists. */
export interface Row {
  pk: string
  sk: string
  version?: number
  /** Who wrote this version and those before it, with blanks: a writer whose answer was lost recognises its own write. */
  writer?: string
  /** The version of the shape of `state` and `outbox`; only a counter has none. */
  v?: number
  /** JSON of the machine's state, or of whatever a plain item holds; some are packed. */
  state?: string
  /** JSON of the undelivered effects. */
  outbox?: string
  /** Of an hour or a day of history: what maintenance lay over, packed. */
  maintained?: string
  /** When watch has to look at the item, if nothing else does before; UTC ms. */
  dueAt?: Instant
  /** Of a counter: how far it has come. */
  count?: number
  listed?: string
  openedAt?: Instant
  /** DynamoDB's TTL: epoch seconds. */
  expiresAt?: number
}

export interface RowKey {
  pk: string
  sk: string
}

/**
 * What the state mechanism needs of a table. Reads are consistent, except `due` and `listed`, which serve sweeps and lists, and `getMany` where
 * that is wanted: half as dear, and perhaps without what was written a moment ago.
 */
export interface Table {
  /** What it is called where it is deployed. */
  readonly name: string
  /**
   * Reads the JSON of a state or an outbox, where there is a shorter way than to parse it each time. Who reads the same text gets the same
   * value, and changes nothing in it.
   */
  parse?(text: string): unknown
  get(key: RowKey): Promise<Row | undefined>
  /** Reads many items in any order; those that do not exist are left out. */
  getMany(keys: RowKey[], options?: { consistent?: boolean }): Promise<Row[]>
  /** All items of a partition whose sort key starts with `prefix`, in order. */
  query(pk: string, prefix: string): Promise<Row[]>
  /** The last items of a partition whose sort keys are from one to another, both included; the last first, `limit` at most. */
  newest(pk: string, from: string, until: string, limit: number): Promise<Row[]>
  /** Writes the whole item if its version is still `expected` (0: there is none yet). False: somebody else was faster. */
  putIfVersion(row: Row & { version: number }, expected: number): Promise<boolean>
  /** Writes items whose keys make a repeat harmless. */
  put(rows: Row[]): Promise<void>
  /** Adds `by`, or one, to a counter and gives the new value, or undefined if it stood at `limit` already. */
  count(key: RowKey, options: { by?: number; limit?: number; expiresAt?: number }): Promise<number | undefined>
  /** Keys and due times of items due at or before `at`, most overdue first; eventually consistent. */
  due(at: Instant, limit: number): Promise<Row[]>
  /** Items listed under a name, newest first, opened at or before `until`; eventually consistent. */
  listed(name: string, limit: number, until?: Instant): Promise<Row[]>
}

/** What the state mechanism needs of a table whose items it keeps. */
export type ItemTable = Pick<Table, 'name' | 'parse' | 'get' | 'putIfVersion'>
