import { recordsOf } from '../evaluation/record.ts'
import { vantageShape } from '../evaluation/vantage.ts'
import type { VantageRecords } from '../evaluation/vantages.ts'
import type { StoreIo } from './io.ts'
import { vantageKey } from './keys.ts'
import { statesIn } from './shape.ts'

/** Reads the states of all probe functions of these vantages, with their records unpacked. */
export async function readVantages(
  names: Iterable<string>,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<VantageRecords[]> {
  const rows = await Promise.all([...new Set(names)].map((vantage) => io.checks.query(vantageKey(vantage, '').pk, '')))
  const states = statesIn(rows.flat(), vantageShape, io.checks, io.log)
  return states.map(({ state }) => ({ state, records: recordsOf(state) }))
}
