import type { CheckIo } from '../kind.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { BodyUse } from './body.ts'
import type { Note } from './note.ts'
import type { HttpSpec } from './spec.ts'

/** One run of a check: what all of its requests have in common. */
export interface Look {
  spec: HttpSpec
  io: CheckIo
  clock: PhaseClock
  /** Ends with the look. */
  scope: AbortSignal
  note: Note
  /** What to do with the body of the answer that counts. */
  use: BodyUse
}
