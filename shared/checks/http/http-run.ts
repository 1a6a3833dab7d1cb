import type { CheckIo } from '../kind.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { BodyUse } from './body.ts'
import type { ShownCertificates } from './certificate-condition.ts'
import type { Note } from './note.ts'
import type { HttpSpec } from './spec.ts'

/** One run of a check: what all of its requests have in common. */
export interface HttpRun {
  spec: HttpSpec
  io: CheckIo
  clock: PhaseClock
  /** Ends with the run. */
  scope: AbortSignal
  note: Note
  /** Had for this run, by OAuth 2. */
  token?: string
  /** Absent: no condition is about them. */
  certificates?: ShownCertificates
  /** What to do with the body of the answer that counts. */
  use: BodyUse
}
