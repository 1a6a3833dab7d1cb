import type { Row, RowKey, Table } from '../../shared/store/table.ts'
import { Readings } from './readings.ts'

/** A table in memory, as strict as DynamoDB where the mechanism relies on it. Rows are copied in and out. */
export class MemoryTable implements Table {
  readonly name = 'memory'
  readonly rows = new Map<string, Row & { count?: number }>()
  /** Off: every conditional write succeeds. Only to show that the mechanism needs the condition. */
  checksVersions = true
  private readonly readings = new Readings(true)
  readonly parse = this.readings.read

  async get(key: RowKey): Promise<Row | undefined> {
    const row = this.rows.get(nameOf(key))
    return row && { ...row }
  }

  async getMany(keys: RowKey[], _how?: { consistent?: boolean }): Promise<Row[]> {
    if (new Set(keys.map(nameOf)).size < keys.length)
      throw new Error('Provided list of item keys contains duplicates (BatchGetItem)')
    return keys.flatMap((key) => this.rows.get(nameOf(key)) ?? []).map((row) => ({ ...row }))
  }

  async query(pk: string, prefix: string): Promise<Row[]> {
    return [...this.rows.values()]
      .filter((row) => row.pk === pk && row.sk.startsWith(prefix))
      .sort((a, b) => (a.sk < b.sk ? -1 : 1))
      .map((row) => ({ ...row }))
  }

  async newest(pk: string, from: string, until: string, limit: number): Promise<Row[]> {
    const rows = await this.query(pk, '')
    return rows
      .filter(({ sk }) => sk >= from && sk <= until)
      .toReversed()
      .slice(0, limit)
  }

  async putIfVersion(row: Row & { version: number }, expected: number): Promise<boolean> {
    refuseLarge(row)
    const current = this.rows.get(nameOf(row))?.version ?? 0
    if (this.checksVersions && current !== expected) return false
    this.keep(row)
    return true
  }

  async put(rows: Row[]): Promise<void> {
    if (new Set(rows.map(nameOf)).size < rows.length)
      throw new Error('Provided list of item keys contains duplicates (BatchWriteItem)')
    for (const row of rows) refuseLarge(row)
    for (const row of rows) this.keep(row)
  }

  async count(key: RowKey, { by = 1, limit }: { by?: number; limit?: number }): Promise<number | undefined> {
    const row = this.rows.get(nameOf(key)) ?? { ...key, count: 0 }
    const current = row.count ?? 0
    if (limit !== undefined && current >= limit) return undefined
    this.rows.set(nameOf(key), { ...row, count: current + by })
    return current + by
  }

  async due(at: number, limit: number): Promise<Row[]> {
    return [...this.rows.values()]
      .filter((row) => row.dueAt !== undefined && row.dueAt <= at)
      .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
      .slice(0, limit)
      .map((row) => ({ ...row }))
  }

  async listed(name: string, limit: number, until = Number.POSITIVE_INFINITY): Promise<Row[]> {
    return [...this.rows.values()]
      .filter((row) => row.listed === name && (row.openedAt ?? 0) <= until)
      .sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0))
      .slice(0, limit)
      .map((row) => ({ ...row }))
  }

  private keep(row: Row): void {
    const name = nameOf(row)
    const { state, outbox } = this.rows.get(name) ?? {}
    this.readings.forget(state)
    this.readings.forget(outbox)
    this.rows.set(name, { ...row })
  }
}

/** An item is at most 400 KB (DynamoDB quotas), and all of it is text here. */
function refuseLarge(row: Row): void {
  refuseLongKey(row)
  const bytes = Object.entries(row).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(`${value}`), 0)
  if (bytes > 400 * 1024) throw new Error(`Item size has exceeded the maximum allowed size: ${row.pk}`)
}

/** A partition key has at most 2,048 bytes, and a sort key 1,024 (DynamoDB quotas). */
export function refuseLongKey({ pk, sk }: RowKey): void {
  if (Buffer.byteLength(pk) > 2_048)
    throw new Error('Size of hashkey has exceeded the maximum size limit of 2048 bytes')
  if (Buffer.byteLength(sk) > 1_024)
    throw new Error('Size of rangekey has exceeded the maximum size limit of 1024 bytes')
}

function nameOf({ pk, sk }: RowKey): string {
  return `${pk}\n${sk}`
}
