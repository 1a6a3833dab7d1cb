import { BilingualError } from '../../contracts/bilingual-error.ts'
import type { Bilingual } from '../../contracts/words.ts'
import type { Override } from '../../oncall/plan.ts'

/** Why an override is not made, or not taken away. */
export type OverrideMistake =
  | 'nothing-applied'
  | 'not-named'
  | 'not-a-time'
  | 'named-twice'
  | 'ends-before-begin'
  | 'over'
  | 'no-time'
  | 'too-long'
  | 'too-many'
  | 'no-turns'
  | 'contradicts'
  | 'unreadable'
  | 'not-theirs'
  | 'changed'
  | 'busy'
  | 'no-such-override'

/** That an override is not made, or not taken away, as whoever wanted it is told. Nothing was written. */
export class OverrideRefusal extends BilingualError {
  readonly code: OverrideMistake
  /** The one that is in its way. */
  readonly other: Override | undefined

  constructor(code: OverrideMistake, words: Bilingual, other?: Override) {
    super(words)
    this.code = code
    this.other = other
  }
}
