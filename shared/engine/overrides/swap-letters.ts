import type { LetterContent } from '../../contracts/letter.ts'
import { readSwap } from '../../store/swaps.ts'
import type { EngineIo } from '../io.ts'

/** A letter is on the queue before what it tells is written: it is looked at again after so long, ms, until that has had its time. */
export const FIRST_LOOK_MS = 3_000
const NEXT_LOOK_MS = 5_000
const WRITTEN_MS = 60_000

/** Whoever began to accept has to finish, or take it back: so often, ms, it is looked whether they have. */
const HALF_LOOK_MS = 300_000

/**
 * How long a letter waits before it says what is so: 0, now. `never`: it was not written, for who was to do so has died or was refused, or
 * has been overtaken. Of those that several have put on the queue the one that is written goes out.
 */
export async function untilTrueMs(
  content: LetterContent,
  io: Pick<EngineIo, 'incidents' | 'now'>,
): Promise<number | 'never'> {
  if (content.code === 'sign-in' || content.swap === undefined) return 0
  const { id, at, letter } = content.swap
  const swap = await readSwap(id, io)
  const wanted = content.code === 'swap-asked' ? 'asked' : content.accepted ? 'accepted' : 'declined'
  if (swap?.state === wanted && swap.letter === letter) return 0
  const isOpen = swap === undefined || swap.state === 'asked'
  if (isOpen && swap?.accepting?.letter === letter) return io.now() < at + WRITTEN_MS ? NEXT_LOOK_MS : HALF_LOOK_MS
  return isOpen && io.now() < at + WRITTEN_MS ? NEXT_LOOK_MS : 'never'
}
