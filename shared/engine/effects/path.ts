import type { PathEffect, PathSample, PathState } from '../../evaluation/path-state.ts'
import type { Effects } from './table.ts'

/** How people are told of the path. It needs no part of that. */
export interface TellPath {
  /** Mails whoever is to hear. Rejects when that is not known to be done. */
  tell(effect: PathEffect): Promise<void>
  /** Told of a mail that was not. */
  failed(error: unknown): void
}

/** The effects of what watch sees of the path. */
export const pathEffects: Effects<PathEffect, PathState, PathSample, TellPath> = {
  tell: {
    order: 'beside',
    carriedBy: 'anybody',
    async deliver(effect, _entry, _state, { tell, failed }) {
      try {
        await tell(effect)
        return { status: 'done' }
      } catch (error) {
        failed(error)
        // Each minute tries again, and fails: a watch that only fails now and then sets off no alarm.
        return { status: 'later', afterMs: 0 }
      }
    },
  },
}
