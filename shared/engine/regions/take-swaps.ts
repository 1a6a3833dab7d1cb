import { forEachAtMost } from '../../contracts/at-most.ts'
import type { Instant } from '../../contracts/words.ts'
import { changeSwap, isAnswerable, type Swap } from '../../store/swaps.ts'
import type { EngineIo } from '../io.ts'

/** A region, as far as swaps are read of it. */
interface Swapping {
  swaps(): Promise<Swap[]>
}

/** Who accepts has the people of every region changed: that counts, whatever somebody has said elsewhere at that moment. */
const RANKS: Record<Swap['state'], number> = { asked: 0, declined: 2, withdrawn: 2, accepted: 3 }

/** Of what was half accepted there, some is made: who declines it here has to take that back. */
function rankOf({ state, accepting }: Swap): number {
  return state === 'asked' && accepting !== undefined ? 1 : RANKS[state]
}

/**
 * Takes over what people have asked of each other about their turns, and answered, on another region's console: while that region is lost it
 * can be looked up and answered here. Nobody is told once more.
 */
export async function takeSwaps(own: Swapping, other: Swapping, io: EngineIo): Promise<void> {
  const [ours, theirs] = await Promise.all([own.swaps(), other.swaps()])
  const known = new Map(ours.map((swap) => [swap.id, swap]))
  const news = theirs.filter((swap) => isNews(swap, known.get(swap.id), io.now()))
  await forEachAtMost(news, async (swap) => {
    await changeSwap(swap.id, (now) => (isNews(swap, now, io.now()) ? copied(swap) : undefined), io)
  })
}

/** Nobody who only looks here finishes what was half accepted there: there it may have been declined by now. */
function copied({ accepting, ...swap }: Swap): Swap {
  return accepting === undefined ? swap : { ...swap, accepting: { ...accepting, isStopped: true } }
}

function isNews(theirs: Swap, ours: Swap | undefined, now: Instant): boolean {
  // Somebody answers it there at this moment.
  if (theirs.state === 'asked' && (theirs.busyUntil ?? 0) > now) return false
  if (ours === undefined) return isAnswerable(theirs, now)
  // An answer from before ours was asked is one to an earlier ask of the same.
  const isEarlier = theirs.answered !== undefined && theirs.answered.at < ours.at
  return !isEarlier && rankOf(theirs) > rankOf(ours)
}
