import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { isAnswerable, readSwaps, type Swap } from '../../shared/store/swaps.ts'

/** So long an answer is shown, ms. */
const ANSWERED_MS = 2 * DAY_MS

/** What was asked for and may be accepted yet, and what was answered lately, the newest first. Rejects when the table does. */
export async function shownSwaps(io: Pick<EngineIo, 'incidents' | 'log' | 'now'>): Promise<Swap[]> {
  const now = io.now()
  return (await readSwaps(io)).filter((swap) => isAnswerable(swap, now) || (swap.answered?.at ?? 0) > now - ANSWERED_MS)
}
