import { type VerdictState, verdictShape } from '../evaluation/verdict-state.ts'
import type { StoreIo } from './io.ts'
import { verdictKey } from './keys.ts'
import { statesIn } from './shape.ts'

/** The verdicts of checks, for lists. */
export async function readVerdicts(ids: string[], io: Pick<StoreIo, 'checks' | 'log'>): Promise<VerdictState[]> {
  const rows = await io.checks.getMany(ids.map(verdictKey))
  return statesIn(rows, verdictShape, io.checks, io.log).map(({ state }) => state)
}
