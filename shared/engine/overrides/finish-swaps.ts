import { isToFinish, type Swap } from '../../store/swaps.ts'
import type { RegionPeople } from './everywhere.ts'
import { answerSwap, type Swapping } from './swaps.ts'

/**
 * Finishes what somebody has accepted who died of it, in their name: whoever looks at swaps has it done. What was taken back at that moment stays
 * so, and what cannot be finished now stays as it is, which the log says; it never rejects.
 */
export async function finishSwaps<P extends RegionPeople>(
  swaps: Swap[],
  { making, ...swapping }: Swapping<P>,
): Promise<void> {
  const { io } = swapping
  for (const { id, accepting } of swaps.filter((swap) => isToFinish(swap, io.now()))) {
    const by = accepting?.by ?? making.by
    const isStill = (swap: Swap) => swap.accepting?.by === by
    await answerSwap(id, 'accepted', isStill, { ...swapping, making: { ...making, by } }).catch((error: unknown) =>
      io.log({ level: 'warn', event: 'swap not finished', swap: id, error: String(error) }),
    )
  }
}
