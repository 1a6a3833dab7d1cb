import type { PathEffect, PathSample, PathState } from '../../evaluation/path-state.ts'
import type { Effects } from './table.ts'

/** Mails whoever is to hear when the path itself is in trouble. It needs no part of the path. */
export type TellPath = (effect: PathEffect) => Promise<void>

/** The effects of what watch sees of the path. */
export const pathEffects: Effects<PathEffect, PathState, PathSample, TellPath> = {
  tell: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver(effect, _entry, _state, tell) {
      await tell(effect)
      return { status: 'done' }
    },
  },
}
