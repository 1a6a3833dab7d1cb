import type { Row, RowKey } from '../shared/store/table.ts'
import { MemoryTable } from '../test/store/memory-table.ts'

/** What was asked of a table. A write unit is a kilobyte of an item (DynamoDB, "write request units"). */
export interface Asked {
  reads: number
  writes: number
  writeUnits: number
}

/** A table in memory that counts items read and written, as DynamoDB would bill them. */
export class CountingTable extends MemoryTable {
  private asked: Asked = { reads: 0, writes: 0, writeUnits: 0 }

  /** What was asked since the last time. */
  take(): Asked {
    const asked = this.asked
    this.asked = { reads: 0, writes: 0, writeUnits: 0 }
    return asked
  }

  override async get(key: RowKey): Promise<Row | undefined> {
    this.asked.reads += 1
    return super.get(key)
  }

  override async getMany(keys: RowKey[]): Promise<Row[]> {
    this.asked.reads += keys.length
    return super.getMany(keys)
  }

  override async query(pk: string, prefix: string): Promise<Row[]> {
    this.asked.reads += 1
    return super.query(pk, prefix)
  }

  override async newest(pk: string, from: string, until: string, limit: number): Promise<Row[]> {
    this.asked.reads += 1
    return super.newest(pk, from, until, limit)
  }

  override async put(rows: Row[]): Promise<void> {
    for (const row of rows) this.write(row)
    return super.put(rows)
  }

  override async putIfVersion(row: Row & { version: number }, expected: number): Promise<boolean> {
    this.write(row)
    return super.putIfVersion(row, expected)
  }

  private write(row: Row): void {
    this.asked.writes += 1
    this.asked.writeUnits += Math.ceil(Buffer.byteLength(JSON.stringify(row)) / 1024)
  }
}
