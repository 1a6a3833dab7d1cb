import { unpack } from '../evaluation/record.ts'
import type { VantageState } from '../evaluation/vantage.ts'
import type { VantageRecords } from '../evaluation/vantages.ts'
import type { StoreIo } from './io.ts'
import type { RowKey } from './table.ts'

/** Where the state of a probe function at a vantage is kept. */
export function vantageKey(vantage: string, name: string): RowKey {
  return { pk: `vantage#${vantage}`, sk: name }
}

/** What all functions of these vantages have told. */
export async function readVantages(names: Iterable<string>, io: Pick<StoreIo, 'checks'>): Promise<VantageRecords[]> {
  const rows = await Promise.all([...new Set(names)].map((vantage) => io.checks.query(`vantage#${vantage}`, '')))
  return rows.flat().flatMap((row): VantageRecords[] => {
    if (row.state === undefined) return []
    const state = JSON.parse(row.state) as VantageState
    return [{ state, records: unpack(state.records) }]
  })
}
